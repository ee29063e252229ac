using Marrow.Numerics.Statistics;

namespace Marrow.Trials.Experiments;

/// <summary>Draws patients until enough pairs obey a rule.</summary>
internal sealed class PairDrawer(MeasureStore store, int wanted)
{
    /// <summary>Patients tried for each pair wanted, before a group counts as empty; more where a rule is judged by a short course.</summary>
    private const int TriesPerPair = 20, ShortTriesPerPair = 200;

    private const double ShortDays = 60;

    /// <summary>Patients of the population that show where its outer thirds begin.</summary>
    private const int Reference = 200, ReferencePerPair = 3, LeastReference = 24;

    /// <summary>Patients looked at for each one that is simulated, where a rule can be judged by what they are born with.</summary>
    private const int LooksPerTry = 50;

    /// <summary>Patients looked at in one go.</summary>
    private const int Batch = 4096;

    private const double LowerThird = 1.0 / 3, UpperThird = 2.0 / 3;

    /// <summary>The scenario in which a filter is read: that of the pair, watched no longer than the reading takes.</summary>
    public static ScenarioPlan Probe(PairPlan plan, PatientFilter filter)
    {
        var run = filter.InOnRun ? plan.On : plan.Off;
        return run with { Scenario = run.Scenario with { Days = Math.Max(1, filter.Measure.Horizon) } };
    }

    /// <summary>Says what will be measured.</summary>
    public void Register(PairPlan plan, EffectRow row)
    {
        foreach (var filter in plan.Filters) store.Register(Probe(plan, filter), filter.Measure);
        foreach (var run in plan.Singles.Append(plan.On).Append(plan.Off)) store.Register(run, plan.Measure);
        if (plan.Healthy is { } healthy) store.Register(healthy, plan.Measure);
        if (row.Statistic != EffectStatistic.Slope || plan.Measure.Of is not { } along) return;
        store.Register(plan.On, along);
        store.Register(plan.Off, along);
    }

    /// <summary>The pairs of a group: its alternatives share the patients out.</summary>
    public PairSample Draw(IReadOnlyList<PairPlan> group, EffectRow row)
    {
        PairSample? all = null;
        for (var i = 0; i < group.Count; i++)
        {
            var sample = Draw(group[i], row, i, group.Count);
            all = all is null ? sample : PairSample.Join(all, sample);
        }
        return all!;
    }

    private PairSample Draw(PairPlan plan, EffectRow row, int first, int step)
    {
        var needed = (wanted - first + step - 1) / step;
        // What is known at birth is asked first, then what takes least to watch.
        (PatientFilter Filter, Func<double, bool> Holds)[] rules =
            [.. plan.Filters.OrderBy(f => f.Measure.Reading == MeasureReading.Patient ? 0 : f.Measure.Horizon).Select(f => (f, f.Holds ?? Third(plan, f)))];
        var pairs = new List<(int Patient, Measured On, Measured Off)>();
        int next = first, tried = 0, looked = 0;
        var most = needed * (plan.Filters.Any(f => f.Measure.ReadsModel && f.Measure.Horizon <= ShortDays) ? ShortTriesPerPair : TriesPerPair);
        while (pairs.Count < needed && tried < most && looked < most * LooksPerTry)
        {
            var rate = looked == 0 ? 1 : Math.Max(1.0 / TriesPerPair, pairs.Count / (double)looked);
            var size = (int)Math.Min(Batch, Math.Ceiling((needed - pairs.Count) / rate));
            int[] batch = [.. Enumerable.Range(0, size).Select(i => next + (i * step))];
            (next, looked) = (next + (size * step), looked + size);
            var born = rules.TakeWhile(r => r.Filter.Measure.Reading == MeasureReading.Patient).Count();
            foreach (var (filter, holds) in rules[..born]) batch = Obey(plan, filter, holds, batch);
            batch = [.. batch.Take(most - tried)];
            tried += batch.Length;
            foreach (var (filter, holds) in rules[born..]) batch = Obey(plan, filter, holds, batch);
            var on = store.Get(plan.On, plan.Measure, batch);
            var off = store.Get(plan.Off, plan.Measure, batch);
            for (var i = 0; i < batch.Length && pairs.Count < needed; i++)
                if (Counts(row, plan.Measure, on[i], off[i])) pairs.Add((batch[i], on[i], off[i]));
        }
        return Sample(plan, row, pairs) with { Tried = tried };
    }

    /// <summary>Both runs were simulated. Of a share of those with an event, one of them had the event (the one that the statistic reads);
    /// of values at an event, both had it.</summary>
    private static bool Counts(EffectRow row, Measure measure, Measured on, Measured off) => on.Exists && off.Exists && measure.Reading switch
    {
        MeasureReading.AtEvent => !double.IsNaN(on.Value) || (row.Statistic != EffectStatistic.Share && !double.IsNaN(off.Value)),
        MeasureReading.ValueAtEvent => !double.IsNaN(on.Value) && !double.IsNaN(off.Value),
        _ => true,
    };

    private PairSample Sample(PairPlan plan, EffectRow row, List<(int Patient, Measured On, Measured Off)> pairs)
    {
        int[] patients = [.. pairs.Select(p => p.Patient)];
        var along = row.Statistic == EffectStatistic.Slope ? plan.Measure.Of : null;
        return new PairSample
        {
            On = [.. pairs.Select(p => p.On)],
            Off = [.. pairs.Select(p => p.Off)],
            Singles = [.. plan.Singles.Select(s => store.Get(s, plan.Measure, patients))],
            Healthy = plan.Healthy is { } healthy ? store.Get(healthy, plan.Measure, patients) : [],
            Along = along is null ? [] : store.Get(plan.On, along, patients),
            AlongOff = along is null ? [] : store.Get(plan.Off, along, patients),
        };
    }

    private int[] Obey(PairPlan plan, PatientFilter filter, Func<double, bool> holds, int[] patients)
    {
        var probe = Probe(plan, filter);
        var values = store.Known(probe, filter.Measure, patients) ?? [.. store.Get(probe, filter.Measure, patients).Select(v => v.Value)];
        return [.. patients.Where((_, i) => !double.IsNaN(values[i]) && holds(values[i]))];
    }

    /// <summary>High is the upper third of the population, low the lower; in a population that does not vary nobody is either.</summary>
    private Func<double, bool> Third(PairPlan plan, PatientFilter filter)
    {
        var probe = Probe(plan, filter);
        int[] people = [.. Enumerable.Range(0, Math.Clamp(ReferencePerPair * wanted, LeastReference, Reference))];
        double[] values = [.. (store.Known(probe, filter.Measure, people) ?? store.Get(probe, filter.Measure, people).Select(v => v.Value)).Where(v => !double.IsNaN(v))];
        if (values.Length == 0) return _ => false;
        var third = Quantiles.Of(values, LowerThird, UpperThird);
        var high = (filter.Term.Value == "high") == (filter.Term.Operator != "!=");
        return high ? x => x > third[1] : x => x < third[0];
    }
}
