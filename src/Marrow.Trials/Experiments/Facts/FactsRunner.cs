using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Statistics;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Experiments.Facts;

/// <summary>Sets published facts beside virtual patients: measures of scenarios through the checks of expected effects, endpoints
/// through the studies that report them.</summary>
public static class FactsRunner
{
    /// <summary>Runs facts.</summary>
    /// <param name="facts">The table.</param>
    /// <param name="options">Patients, seed, threads.</param>
    /// <param name="folder">Folder in which studies are run; a finished run of the same inputs there is taken as it is.</param>
    /// <param name="bag">Receives problems of models, vocabulary and studies; if it has errors afterwards, the results are not complete.</param>
    /// <param name="progress">Told what is done; may be null.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One result a fact, in the order of the table.</returns>
    public static IReadOnlyList<FactResult> Run(
        IReadOnlyList<Fact> facts, EffectsOptions options, string folder, DiagnosticBag bag, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(bag);
        EffectRow[] rows = [.. facts.Select(f => f.Check).OfType<EffectRow>()];
        var told = progress is null ? null : new Progress<EffectsProgress>(p => progress.Report($"{p.Done} of {p.Total} checks"));
        var checks = rows.Length == 0 ? [] : EffectsRunner.Run(rows, options, bag, told, cancel).Rows;
        var byId = checks.ToDictionary(r => r.Row.Id, StringComparer.Ordinal);
        var studies = new Dictionary<string, StudyResult?>(StringComparer.Ordinal);
        StudyResult? Study(string name)
        {
            if (studies.TryGetValue(name, out var known)) return known;
            progress?.Report($"study {name}");
            return studies[name] = RunStudy(name, options, folder, bag, cancel);
        }
        return [.. facts.Select(fact => fact switch
        {
            { Excuse.Length: > 0 } => FactResult.Without(fact, $"excused: {fact.Excuse}"),
            { Study.Length: > 0 } => Endpoint(fact, Study(fact.Study)),
            _ => byId.TryGetValue(fact.Id, out var result) ? Of(fact, result) : FactResult.Without(fact, "not run"),
        })];
    }

    private static FactResult Of(Fact fact, EffectResult result) =>
        double.IsNaN(result.Value) ? FactResult.Without(fact, result.Reason) : new FactResult(fact, result.Value, result.Interval, result.Pairs, "");

    private static StudyResult? RunStudy(string name, EffectsOptions options, string folder, DiagnosticBag bag, CancellationToken cancel)
    {
        var study = StudyLoader.Load(Path.Combine(options.Root, "studies", name + ".yaml"), bag);
        if (study is null || bag.HasErrors) return null;
        var output = Path.Combine(folder, "studies", name);
        var run = new RunOptions { OutputFolder = output, Patients = options.Pairs, Seed = options.Seed, Threads = options.Threads };
        return StudyRunner.Run(study, run, null, cancel);
    }

    private static FactResult Endpoint(Fact fact, StudyResult? study)
    {
        if (study is null) return FactResult.Without(fact, $"study {fact.Study} has errors");
        var row = study.Arms[0].Summary.Endpoints.FirstOrDefault(e => e.Id == fact.Endpoint);
        if (row is null) return FactResult.Without(fact, $"study {fact.Study} has no endpoint '{fact.Endpoint}'");
        if (row.Simulated is not { } value || !double.IsFinite(value)) return FactResult.Without(fact, $"the endpoint '{fact.Endpoint}' is not formed by these patients");
        return new FactResult(fact, value, new Interval(row.Lower ?? double.NaN, row.Upper ?? double.NaN), row.SimulatedN, "");
    }
}
