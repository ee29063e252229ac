namespace Marrow.Trials.Clinical;

/// <summary>Turns days of events into the time-to-event endpoints of the model's view and of each data cut-off.</summary>
/// <remarks>ELIANA's rules. Overall survival: infusion to death, not censored at transplant. Event-free survival: infusion to death, relapse or
/// treatment failure (the last marrow of the response window without remission), censored at transplant in remission, and at new therapy of a
/// patient whose response was never judged. Relapse-free survival: remission to relapse or death, with and without censoring at transplant.</remarks>
internal static class SurvivalViews
{
    /// <summary>Days since infusion that decide the endpoints.</summary>
    internal sealed record Milestones
    {
        public required double End { get; init; }
        public required double? Death { get; init; }
        public required double? Remission { get; init; }
        public required bool Kept { get; init; }
        public required double? Relapse { get; init; }
        public required double? Transplant { get; init; }
        public required double? Failure { get; init; }
        public required double? NewTherapy { get; init; }
        public required double? AplasiaEnd { get; init; }
    }

    /// <summary>All views that include the patient.</summary>
    public static IReadOnlyList<SurvivalView> Of(Subject subject, Milestones m)
    {
        var rules = subject.Protocol.Rules;
        var views = new List<SurvivalView> { View(ClinicalProtocol.ModelView, m, double.PositiveInfinity) };
        var infused = rules.AccrualMonths * subject.Random("accrual").Beta(rules.AccrualAlpha, rules.AccrualBeta);
        var dropout = rules.DropoutPerYear > 0 ? subject.Random("drop-out").Exponential(rules.DropoutPerYear) * Calendar.DaysPerYear : double.PositiveInfinity;
        foreach (var cut in subject.Protocol.Cuts)
        {
            if (infused < cut.CutMonth)
                views.Add(View(cut.Id, m, Math.Min(dropout, (cut.CutMonth - infused) * Calendar.DaysPerMonth)));
        }

        return views;
    }

    private static SurvivalView View(string name, Milestones m, double limit)
    {
        var end = Math.Min(m.End, limit);
        var remission = m.Kept && m.Remission < end ? m.Remission : null;
        return new SurvivalView
        {
            View = name,
            Os = Time(0, m.Death, end),
            Efs = Time(0, EventDay(m), Earliest(end, m.Transplant, m.NewTherapy)),
            Rfs = remission is { } day ? Time(day, Earlier(m.Relapse, m.Death), Earliest(end, m.Transplant)) : null,
            RfsUncensored = remission is { } from ? Time(from, Earlier(m.Relapse, m.Death), end) : null,
            Aplasia = remission is not null ? Time(0, m.AplasiaEnd, Earliest(end, m.Relapse, m.Transplant, m.Death)) : null,
        };
    }

    private static double? EventDay(Milestones m) => m.Remission is null && m.Failure is { } failure ? failure : Earlier(m.Relapse, m.Death);

    private static double? Earlier(double? a, double? b) => a is null ? b : b is null ? a : Math.Min(a.Value, b.Value);

    private static double Earliest(double end, params ReadOnlySpan<double?> others)
    {
        foreach (var other in others)
        {
            if (other < end) end = other.Value;
        }

        return end;
    }

    /// <summary>An event on the day observation ends counts as seen.</summary>
    private static TimeToEvent Time(double start, double? happened, double end) => happened is { } day && day <= end
        ? new TimeToEvent((day - start) / Calendar.DaysPerMonth, true)
        : new TimeToEvent((end - start) / Calendar.DaysPerMonth, false);
}
