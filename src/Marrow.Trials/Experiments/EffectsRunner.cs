using System.Diagnostics;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Onset;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Experiments;

/// <summary>How a table of expected effects is run.</summary>
public sealed record EffectsOptions
{
    /// <summary>Root of the repository: the folder with models/ and studies/.</summary>
    public required string Root { get; init; }

    /// <summary>Pairs for each group. Range: &gt;= 2; the tables ask for 200.</summary>
    public int Pairs { get; init; } = 200;

    /// <summary>Seed of every random number.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; 0 for one a processor.</summary>
    public int Threads { get; init; }

    /// <summary>Folder in which measured patients are kept, so that a run that was stopped goes on; null for none.</summary>
    public string? Journal { get; init; }
}

/// <summary>How far a table has come.</summary>
/// <param name="Done">Rows judged.</param>
/// <param name="Total">Rows.</param>
/// <param name="Row">What has just been finished.</param>
/// <param name="Patients">Patients simulated so far.</param>
public readonly record struct EffectsProgress(int Done, int Total, EffectResult? Row, long Patients);

/// <summary>All checks of a table.</summary>
/// <param name="Rows">One a row, in the order of the table.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Pairs">Pairs asked for.</param>
/// <param name="Simulated">Patients simulated, those taken from a journal left out.</param>
/// <param name="Seconds">Wall-clock time.</param>
public sealed record EffectsResult(IReadOnlyList<EffectResult> Rows, ulong Seed, int Pairs, long Simulated, double Seconds)
{
    /// <summary>Rows with a verdict.</summary>
    public int Count(EffectVerdict verdict) => Rows.Count(r => r.Verdict == verdict);
}

/// <summary>Checks which expected effects of switches and drugs hold: every row of a table is judged on matched pairs of virtual
/// patients. Rows share runs; what cannot be judged waits, with the reason.</summary>
public static class EffectsRunner
{
    /// <summary>Runs rows.</summary>
    /// <param name="rows">The table.</param>
    /// <param name="options">Patients, seed, threads.</param>
    /// <param name="bag">Receives problems of models and vocabulary; if it has errors afterwards, nothing was run.</param>
    /// <param name="progress">Told after every row; may be null.</param>
    /// <param name="cancel">Stops the run.</param>
    public static EffectsResult Run(
        IReadOnlyList<EffectRow> rows, EffectsOptions options, DiagnosticBag bag, IProgress<EffectsProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(bag);
        var clock = Stopwatch.StartNew();
        var vocabulary = Vocabulary.Load(Path.Combine(options.Root, "models", "experiments"), bag);
        if (bag.HasErrors) return new EffectsResult([], options.Seed, options.Pairs, 0, 0);
        var laboratory = new Laboratory(options.Root, vocabulary, bag);
        var planner = new EffectPlanner(vocabulary, laboratory);
        var plans = rows.Select(row => (Row: row, Plan: planner.Plan(row, out var reason), Reason: reason)).ToArray();
        if (bag.HasErrors) return new EffectsResult([], options.Seed, options.Pairs, 0, 0);

        using var store = new MeasureStore(laboratory, options.Seed, options.Threads, options.Journal, InputHashes.OfFolder(options.Root, options.Seed), cancel);
        var drawer = new PairDrawer(store, options.Pairs);
        foreach (var (row, plan, _) in plans)
            foreach (var pair in (plan?.A ?? []).Concat(plan?.B ?? [])) drawer.Register(pair, row);
        var results = new List<EffectResult>();
        var onset = new OnsetEffects(options.Root, options.Pairs, options.Seed, options.Threads);
        foreach (var (row, plan, reason) in plans)
        {
            cancel.ThrowIfCancellationRequested();
            var result = plan is null ? onset.Judge(row) ?? EffectResult.Waiting(row, reason) : Judge(plan, drawer, options);
            results.Add(result);
            progress?.Report(new EffectsProgress(results.Count, rows.Count, result, store.Simulated));
        }
        return new EffectsResult(results, options.Seed, options.Pairs, store.Simulated, clock.Elapsed.TotalSeconds);
    }

    private static EffectResult Judge(EffectPlan plan, PairDrawer drawer, EffectsOptions options)
    {
        var row = plan.Row;
        var measure = plan.A[0].Measure;
        if (!EffectStatistics.IsKnown(row.Statistic)) return EffectResult.Waiting(row, $"the statistic {EffectsTable.NameOf(row.Statistic)} is not computed yet");
        if (row.Statistic == EffectStatistic.HazardRatio && measure.Kind != MeasureKind.Event)
            return EffectResult.Waiting(row, $"a hazard ratio needs an event; {row.Observable} is none");
        var a = drawer.Draw(plan.A, row);
        var b = plan.B is null ? null : drawer.Draw(plan.B, row);
        var pairs = Math.Min(a.Count, b?.Count ?? a.Count);
        if (pairs < options.Pairs)
            return EffectResult.Waiting(row, $"only {pairs} of {options.Pairs} pairs obey the rule, of {a.Tried + (b?.Tried ?? 0)} patients", pairs);
        return EffectResult.Judge(row, measure, EffectStatistics.Estimate(row, measure, a, b, options.Seed), pairs);
    }
}
