using Marrow.Networks.Simulation;

namespace Marrow.Trials.DosingTables;

/// <summary>The state of rest under an infusion without beginning (AMT 0 with SS): NONMEM has it run until the time of its row, and end there.</summary>
internal static class SteadyInfusion
{
    /// <summary>Puts an individual into the state of rest (SS 1 and 3), or adds it to its own (SS 2); the infusion has ended.</summary>
    /// <returns>What went wrong, or null.</returns>
    public static string? Establish(
        DosedModel model, DosingRow row, DoseTarget target, DoseTimeline timeline, Span<double> states, Span<double> parameters, CancellationToken cancel)
    {
        var observed = new double[model.Model.Observables.Count];
        model.Model.Evaluate(row.Time, states, parameters, observed);
        var dose = ComingDose.Of(row, target, timeline.Columns, observed);
        if (dose.Problem(row, target, 0, row.Time) is { } problem) return problem;
        if (dose.Lag > 0)
            return FormattableString.Invariant($"the endless infusion of line {row.Where.Line} has the lag {dose.Lag}: when it ends is not defined; try: a table without the lag");
        var under = parameters.ToArray();
        foreach (var other in model.Targets.Values) under[other.Input] = 0;
        double[] start = states.ToArray(), initial = states.ToArray();
        model.Model.InitialStates(under, initial);
        if (row.SteadyState != SteadyDosing.FromPresent) initial.CopyTo(start, 0);
        under[target.Input] = dose.Rate;
        try
        {
            var found = SteadyStates.Find(model.Model, under, start, row.Time, cancel: cancel);
            if (found.DependsOnTime) return FormattableString.Invariant($"the model does not rest under the infusion of line {row.Where.Line}: its rates name time; try: earlier doses instead of SS");
            var adds = row.SteadyState == 2;
            if (!adds) timeline.Clear(parameters);
            for (var i = 0; i < states.Length; i++) states[i] = adds ? states[i] + found.Point.States[i] - initial[i] : found.Point.States[i];
            return null;
        }
        catch (SteadyStateException none)
        {
            return FormattableString.Invariant($"the infusion of line {row.Where.Line} has no steady state: {none.Message}");
        }
    }
}
