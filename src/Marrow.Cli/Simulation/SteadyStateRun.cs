using System.Globalization;
using Marrow.Cli.Output;
using Marrow.Networks.Compilation;
using Marrow.Networks.Simulation;
using Marrow.Numerics.SteadyStates;

namespace Marrow.Cli.Simulation;

/// <summary><c>marrow simulate --steady-state</c>: where a model comes to rest, as a table of names and values.</summary>
internal static class SteadyStateRun
{
    private const int MostTerms = 8;

    /// <summary>Finds the steady state that the model approaches, and says how it was found and whether it is stable.</summary>
    internal static ExitCode Run(OutputColumns columns, double time, string? path, TextWriter output, TextWriter error, CancellationToken cancel)
    {
        var model = CompiledModel.Compile(columns.Network, new CompileOptions { Observables = [.. columns.Observables.Distinct()] });
        var parameters = model.DefaultParameters();
        var states = new double[model.States.Count];
        model.InitialStates(parameters, states);
        try
        {
            var found = SteadyStates.Find(model, parameters, states, time, cancel: cancel);
            var observed = new double[model.Observables.Count];
            model.Evaluate(time, [.. found.Point.States], parameters, observed);
            double[] values = [.. columns.Observables.Select(name => observed[model.ObservableIndex(name)])];
            if (path is null) Write(columns.Names, values, output);
            else WholeFile.Write(path, writer => Write(columns.Names, values, writer));
            Explain(found, model, error);
            return ExitCode.Done;
        }
        catch (SteadyStateException problem)
        {
            error.WriteLine($"marrow: {problem.Message}");
            return ExitCode.Unfinished;
        }
    }

    private static void Write(IReadOnlyList<string> names, double[] values, TextWriter writer)
    {
        writer.Write("name,value\n");
        for (var k = 0; k < values.Length; k++) writer.Write($"{names[k]},{TrajectoryTable.Text(values[k])}\n");
    }

    private static void Explain(SteadyState found, CompiledModel model, TextWriter error)
    {
        var point = found.Point;
        error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Steady state {Way(point.Method)}, {point.Steps} steps; the largest rate is {point.Residual:G2}."));
        error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Judgement(point.Stability)}{(point.Eigenvalues.Count > 0 ? $": the first eigenvalue is {Text(point.Eigenvalues[0])}" : "")}."));
        foreach (var law in found.Conserved)
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Conserved: {Sum(law.Terms)} = {law.Total:G6} (amounts)."));
        if (found.DependsOnTime) error.WriteLine("Rates name time: the state rests at the start time only.");
        if (model.System.Events.Count > 0) error.WriteLine("Events take no part in it.");
    }

    /// <summary>A sum of states; of many the first.</summary>
    private static string Sum(IReadOnlyDictionary<string, double> terms)
    {
        var first = terms.Take(MostTerms).Select(t => t.Value == 1 ? t.Key : string.Create(CultureInfo.InvariantCulture, $"{t.Value:G4} {t.Key}"));
        return $"{string.Join(" + ", first)}{(terms.Count > MostTerms ? $" and {terms.Count - MostTerms} more" : "")}";
    }

    private static string Way(EquilibriumMethod method) => method switch
    {
        EquilibriumMethod.Start => "from the start",
        EquilibriumMethod.PseudoTransient => "by steps along the solution that grow to Newton's",
        EquilibriumMethod.DampedNewton => "by Newton's method from the start",
        _ => "by following the solution",
    };

    private static string Judgement(Stability stability) => stability switch
    {
        Stability.Stable => "Stable",
        Stability.StableOscillating => "Stable, approached in swings",
        Stability.Unstable => "Unstable: the model leaves it",
        Stability.UnstableOscillating => "Unstable: the model swings away from it",
        Stability.Unjudged => "Whether it is stable was not computed: too many states act on one another",
        _ => "Neutral: other steady states lie beside it",
    };

    private static string Text(System.Numerics.Complex value) =>
        value.Imaginary == 0 ? value.Real.ToString("G4", CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{value.Real:G4} ± {Math.Abs(value.Imaginary):G4}i");
}
