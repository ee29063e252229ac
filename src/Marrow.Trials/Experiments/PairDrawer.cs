using Marrow.Numerics.Statistics;

namespace Marrow.Trials.Experiments;

/// <summary>Draws patients until enough pairs obey a rule.</summary>
internal sealed class PairDrawer(MeasureStore store, int wanted)
{
    /// <summary>Patients tried for each pair wanted, before a group counts as empty.</summary>
    public const int TriesPerPair = 20;

    /// <summary>Patients of the population that show where its outer thirds begin.</summary>
    private const int Reference = 200;

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
        if (row.Statistic == EffectStatistic.Slope && plan.Measure.Of is { } along) store.Register(plan.On, along);
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
        var limits = plan.Filters.Select(f => f.Holds ?? Third(plan, f)).ToArray();
        var pairs = new List<(int Patient, Measured On, Measured Off)>();
        int next = first, tried = 0;
        while (pairs.Count < needed && tried < needed * TriesPerPair)
        {
            var rate = tried == 0 ? 1 : Math.Max(1.0 / TriesPerPair, pairs.Count / (double)tried);
            var size = Math.Min((needed * TriesPerPair) - tried, (int)Math.Ceiling((needed - pairs.Count) / rate));
            int[] batch = [.. Enumerable.Range(0, size).Select(i => next + (i * step))];
            (next, tried) = (next + (size * step), tried + size);
            for (var f = 0; f < limits.Length; f++) batch = Obey(plan, plan.Filters[f], limits[f], batch);
            var on = store.Get(plan.On, plan.Measure, batch);
            var off = store.Get(plan.Off, plan.Measure, batch);
            for (var i = 0; i < batch.Length && pairs.Count < needed; i++)
                if (on[i].Exists && off[i].Exists) pairs.Add((batch[i], on[i], off[i]));
        }
        int[] patients = [.. pairs.Select(p => p.Patient)];
        return new PairSample
        {
            On = [.. pairs.Select(p => p.On)],
            Off = [.. pairs.Select(p => p.Off)],
            Singles = [.. plan.Singles.Select(s => store.Get(s, plan.Measure, patients))],
            Healthy = plan.Healthy is { } healthy ? store.Get(healthy, plan.Measure, patients) : [],
            Along = row.Statistic == EffectStatistic.Slope && plan.Measure.Of is { } along ? store.Get(plan.On, along, patients) : [],
        };
    }

    private int[] Obey(PairPlan plan, PatientFilter filter, Func<double, bool> holds, int[] patients)
    {
        var values = store.Get(Probe(plan, filter), filter.Measure, patients);
        return [.. patients.Where((_, i) => !double.IsNaN(values[i].Value) && holds(values[i].Value))];
    }

    /// <summary>High is the upper third of the population, low the lower; in a population that does not vary nobody is either.</summary>
    private Func<double, bool> Third(PairPlan plan, PatientFilter filter)
    {
        double[] values = [.. store.Get(Probe(plan, filter), filter.Measure, [.. Enumerable.Range(0, Reference)]).Select(v => v.Value).Where(v => !double.IsNaN(v))];
        if (values.Length == 0) return _ => false;
        var third = Quantiles.Of(values, LowerThird, UpperThird);
        var high = (filter.Term.Value == "high") == (filter.Term.Operator != "!=");
        return high ? x => x > third[1] : x => x < third[0];
    }
}
