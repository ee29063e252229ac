using Marrow.Trials.Clinical;

namespace Marrow.Trials.Regimens;

/// <summary>A planned dose that is given now.</summary>
/// <param name="Plan">Its entry in the plan.</param>
/// <param name="Number">Which of the entry's doses, from 0.</param>
/// <param name="Amount">Amount, in the drug's dose unit.</param>
internal sealed record DueDose(PlannedDosePlan Plan, int Number, double Amount);

/// <summary>Planned doses that wait until they are due, because a rule may skip, scale, hold, drop or stop them. The first rule that is met
/// decides. A hold puts off everything that is planned from the held dose on, so that the drugs of a cycle stay together.</summary>
internal sealed class WaitingDoses
{
    private readonly List<Waiting> _waiting = [];
    private readonly List<DoseDecision> _decisions = [];

    private sealed class Entry(PlannedDosePlan plan, double prescribed)
    {
        public PlannedDosePlan Plan { get; } = plan;
        public double Prescribed { get; } = prescribed;
        public double Factor { get; set; } = 1;
    }

    private sealed class Waiting(Entry entry, int number, double due)
    {
        public Entry Entry { get; } = entry;
        public int Number { get; } = number;
        public double Due { get; set; } = due;
        public DoseRule? HeldBy { get; set; }
        public double HeldDays { get; set; }
        public double PlannedDay => Entry.Plan.Planned.Days[Number];
        public string Drug => Entry.Plan.Planned.Dose.Drug.Drug;
    }

    /// <summary>When the next dose is due; infinity if none is left.</summary>
    public double NextDue => _waiting.Count == 0 ? double.PositiveInfinity : _waiting.Min(w => w.Due);

    /// <summary>What rules decided, in order of time.</summary>
    public IReadOnlyList<DoseDecision> Decisions => _decisions;

    /// <summary>Adds the doses of an entry.</summary>
    /// <param name="plan">The entry.</param>
    /// <param name="prescribed">Amount of each.</param>
    /// <param name="origin">Time of the plan's day 0.</param>
    public void Add(PlannedDosePlan plan, double prescribed, double origin)
    {
        var entry = new Entry(plan, prescribed);
        _waiting.AddRange(plan.Planned.Days.Select((day, i) => new Waiting(entry, i, TreatmentTimeline.Snap(day + origin))));
    }

    /// <summary>Nothing waits any more.</summary>
    public void Clear() => _waiting.Clear();

    /// <summary>The next dose that is due and that no rule forbids; null if there is none now.</summary>
    public DueDose? Decide(in Sight sight)
    {
        while (Next(sight.Time) is { } dose)
        {
            if (Allowed(dose, sight) is not { } factor) continue;
            _waiting.Remove(dose);
            return new DueDose(dose.Entry.Plan, dose.Number, dose.Entry.Prescribed * factor);
        }
        return null;
    }

    private Waiting? Next(double time) => _waiting.Where(w => w.Due <= time).MinBy(w => w.Due);

    /// <summary>Factor of the amount; null if the dose is not given now.</summary>
    private double? Allowed(Waiting dose, in Sight sight)
    {
        foreach (var (rule, when) in dose.Entry.Plan.Rules)
        {
            if (!Concerns(rule, dose) || !sight.Meets(when)) continue;
            if (rule.Action == DoseAction.Scale) return Scaled(dose, rule, sight.Time);
            Refuse(dose, rule, sight.Time);
            return null;
        }
        // Dosing resumes after a hold at the rule's factor.
        if (dose.HeldBy is { Factor: not 1 } held) dose.Entry.Factor *= held.Factor;
        return dose.Entry.Factor;
    }

    private static bool Concerns(DoseRule rule, Waiting dose) =>
        dose.PlannedDay >= rule.FromDay && dose.PlannedDay <= rule.ToDay && (!rule.OfCycle || dose.Number % dose.Entry.Plan.Planned.PerCycle == 0);

    private double Scaled(Waiting dose, DoseRule rule, double time)
    {
        Note(time, dose, rule.Action);
        var factor = dose.Entry.Factor * rule.Factor;
        if (rule.Lasting) dose.Entry.Factor = factor;
        return factor;
    }

    private void Refuse(Waiting dose, DoseRule rule, double time)
    {
        if (rule.Action == DoseAction.Skip)
        {
            Note(time, dose, DoseAction.Skip);
            _waiting.Remove(dose);
        }
        else if (rule.Action == DoseAction.Drop)
        {
            Note(time, dose, DoseAction.Drop);
            _waiting.RemoveAll(w => w.Entry == dose.Entry);
        }
        else if (rule.Action == DoseAction.Stop || dose.HeldDays + rule.Every > rule.AtMost)
        {
            Note(time, dose, DoseAction.Stop);
            _waiting.Clear();
        }
        else
        {
            if (dose.HeldBy is null) Note(time, dose, DoseAction.Hold);
            dose.HeldBy = rule;
            dose.HeldDays += rule.Every;
            var from = dose.Due;
            foreach (var later in _waiting.Where(w => w.Due >= from)) later.Due = TreatmentTimeline.Snap(later.Due + rule.Every);
        }
    }

    private void Note(double time, Waiting dose, DoseAction action) => _decisions.Add(new DoseDecision(time, dose.Drug, action.ToString().ToLowerInvariant()));
}
