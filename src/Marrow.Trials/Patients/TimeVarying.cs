using Marrow.Trials.DosingTables;
using Marrow.Trials.Regimens;

namespace Marrow.Trials.Patients;

/// <summary>Which way a value is carried between the days on which it is known.</summary>
internal enum Carry
{
    /// <summary>A value holds from its day on, until the next; before the first day the patient's own value holds.</summary>
    Forward,
    /// <summary>A value holds until its day, from the day of the one before on; after the last day the last value holds on.</summary>
    Backward,
}

/// <summary>A value on a day.</summary>
/// <param name="Day">Day on the clock of the arm: since the infusion of cells, or since enrolment.</param>
/// <param name="Value">Value of the parameter, or ratio to the patient's own.</param>
internal readonly record struct DatedValue(double Day, double Value);

/// <summary>A parameter of the model that changes while a patient is treated and followed.</summary>
internal sealed record TimeVaryingRule
{
    public required string Parameter { get; init; }
    public required Carry Carry { get; init; }
    /// <summary>Whether values are ratios to the patient's own value at enrolment.</summary>
    public required bool Ratio { get; init; }
    /// <summary>Values of every patient, by day; empty with a table.</summary>
    public IReadOnlyList<DatedValue> Points { get; init; } = [];
    /// <summary>Values by patient; who is not in the table keeps the own value. Null without a table.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<DatedValue>>? ByPatient { get; init; }
    /// <summary>The table; null without one.</summary>
    public string? TableFile { get; init; }

    /// <summary>In a sentence, for manifests and terminals.</summary>
    public string Statement => (Ratio ? $"{Parameter} changes by ratios" : $"{Parameter} changes")
        + (ByPatient is null ? ", alike in all patients" : $", by the table of {ByPatient.Count} patients")
        + (Carry == Carry.Forward
            ? "; carried forward: each value holds from its day on, and the patient's own before the first"
            : "; carried backward: each value holds until its day, and the last one on");

    /// <summary>Values of a patient, by day.</summary>
    public IReadOnlyList<DatedValue> PointsOf(int patient) => ByPatient is null ? Points : ByPatient.GetValueOrDefault(patient, []);

    /// <summary>The value that holds at a time; null for the patient's own.</summary>
    public static double? At(IReadOnlyList<DatedValue> points, Carry carry, double time)
    {
        if (points.Count == 0) return null;
        if (carry == Carry.Backward)
        {
            foreach (var point in points)
                if (time < TreatmentTimeline.Snap(point.Day)) return point.Value;
            return points[^1].Value;
        }
        double? held = null;
        foreach (var point in points)
            if (TreatmentTimeline.Snap(point.Day) <= time) held = point.Value;
        return held;
    }
}

/// <summary>A rule with the model's index in place of the name.</summary>
internal readonly record struct TimeVaryingPlan(TimeVaryingRule Rule, int Parameter);

/// <summary>Changes a patient's parameters on their days. Unlike treatment it is not cancelled when a patient is lost.</summary>
internal sealed class TimeVaryingCourse
{
    private readonly TreatmentTimeline _timeline = new();

    /// <summary>Time of the next change; infinity if there is none.</summary>
    public double Next => _timeline.Next;

    /// <summary>Sets what holds at the start and plans all later changes.</summary>
    public void Begin(IReadOnlyList<TimeVaryingPlan> plans, int patient, double start, Span<double> parameters)
    {
        foreach (var plan in plans)
            Begin(plan.Parameter, plan.Rule.PointsOf(patient), plan.Rule.Carry, plan.Rule.Ratio ? parameters[plan.Parameter] : 1, start, parameters);
    }

    /// <summary>The same for the covariates of an individual of a dosing table: each value holds from its row on.</summary>
    public void Begin(RegimenTablePlan? plan, DosedSubject? subject, double start, Span<double> parameters)
    {
        for (var c = 0; subject is not null && c < plan?.Covariates.Count; c++)
            if (plan.Covariates[c] >= 0) Begin(plan.Covariates[c], RegimenTable.Points(subject, c), Carry.Forward, 1, start, parameters);
    }

    private void Begin(int parameter, IReadOnlyList<DatedValue> points, Carry carry, double unit, double start, Span<double> parameters)
    {
        if (TimeVaryingRule.At(points, carry, start) is { } held) parameters[parameter] = unit * held;
        foreach (var day in points.Select(p => TreatmentTimeline.Snap(p.Day)).Where(d => d > start))
            _timeline.AddSetting(day, parameter, unit * TimeVaryingRule.At(points, carry, day)!.Value);
    }

    /// <summary>Makes the changes that are due; true if there were any.</summary>
    public bool Apply(double time, Span<double> states, Span<double> parameters) => _timeline.Apply(time, states, parameters);
}
