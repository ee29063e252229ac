using System.Collections.Immutable;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Trials.Patients;

namespace Marrow.Trials.Experiments;

/// <summary>The compiled diseases, each with all readouts of the vocabulary; compiled when first asked for.</summary>
internal sealed class Laboratory(string root, Vocabulary vocabulary, DiagnosticBag bag)
{
    private const string Prefix = "MeasuredReadout";

    private readonly Dictionary<string, Bench?> _benches = new(StringComparer.Ordinal);

    /// <summary>Runner of a disease; null if its files have errors.</summary>
    public CohortRunner? Runner(string disease) => Of(disease)?.Runner;

    /// <summary>Name of the column in which a formula is recorded.</summary>
    public Func<string, string> Column(string disease)
    {
        var columns = Of(disease)!.Columns;
        return formula => columns[formula];
    }

    /// <summary>Why a formula of the model cannot be recorded; null if it can.</summary>
    public string? WhyNot(string disease, string formula)
    {
        if (Of(disease) is not { } bench) return $"the model of '{disease}' has errors";
        return bench.Runner.Missing.TryGetValue(bench.Columns[formula], out var why) ? why : null;
    }

    /// <summary>What a scenario names that is not there.</summary>
    public IReadOnlyList<string> Problems(ScenarioPlan plan) =>
        Of(plan.Disease) is { } bench ? [.. bench.Runner.Problems(plan.Scenario), .. plan.Presets.Where(p => PresetFile(plan.Disease, p) is null).Select(p => $"there is no preset '{p}'")]
            : [$"the model of '{plan.Disease}' has errors"];

    /// <summary>Lays presets over the scenario, drops settings that change nothing, and names it.</summary>
    public ScenarioPlan Finish(ScenarioPlan plan, string name, double days)
    {
        var runner = Of(plan.Disease)?.Runner;
        var (defaults, medians) = (runner?.Defaults, runner?.Medians);
        var presets = plan.Presets.Select(p => PresetFile(plan.Disease, p)).OfType<string>().SelectMany(file => Rows(file, medians)).ToArray();
        // A preset is the patient's subtype, so that no other is drawn.
        Setting[] own = plan.Presets.Count > 0 && runner?.HasSubtypes == true ? [new(SubtypeMixture.Value, SettingKind.Set, 0, SettingPhase.Life)] : [];
        var settings = own.Concat(presets).Concat(plan.Scenario.Settings).Where(s => defaults is null || !Idle(s, defaults)).ToArray();
        // A preset of the context may say how long to watch; a measure never needs longer.
        return plan with { Scenario = plan.Scenario with { Name = name, Settings = settings, Days = Math.Max(1, days) }, Presets = plan.Presets };
    }

    /// <summary>The run without a mechanism takes the biology that the run with it took, if growth differs between them.</summary>
    public static ScenarioPlan Matched(ScenarioPlan off, ScenarioPlan on)
    {
        static Setting[] Early(ScenarioPlan p) => [.. p.Scenario.Settings.Where(s => s.Phase != SettingPhase.Start)];
        var early = Early(on);
        return Early(off).SequenceEqual(early) || on.Disease != off.Disease ? off : off with { Scenario = off.Scenario with { DrawAs = early } };
    }

    /// <summary>A switch that is set to what it is anyway, and that does not vary between patients, makes no scenario of its own.</summary>
    private static bool Idle(Setting setting, IReadOnlyDictionary<string, double> defaults) =>
        (setting.Kind == SettingKind.Set && defaults.TryGetValue(setting.Target, out var value) && value == setting.Value)
        || (setting.Kind == SettingKind.Multiply && setting.Value == 1) || (setting.Kind == SettingKind.Add && setting.Value == 0);

    private string? PresetFile(string disease, string preset)
    {
        var file = Path.Combine(root, "models", "diseases", disease, preset + ".csv");
        return File.Exists(file) ? file : null;
    }

    /// <summary>The rows of a preset as settings from the healthy start on.</summary>
    private static IEnumerable<Setting> Rows(string file, IReadOnlyDictionary<string, double>? medians) =>
        SubtypeShift.Of(ParameterTable.Load(file, new DiagnosticBag()), medians ?? ImmutableDictionary<string, double>.Empty)
            .Select(s => new Setting(s.Parameter, s.Multiply ? SettingKind.Multiply : SettingKind.Set, s.Value, SettingPhase.Life));

    private Bench? Of(string disease)
    {
        if (_benches.TryGetValue(disease, out var known)) return known;
        var own = new DiagnosticBag();
        Bench? bench = null;
        var files = CohortFiles.InRepository(root, disease);
        if (vocabulary.ProtocolOf(disease) is { } protocol) files = files with { Protocol = protocol };
        if (CohortModel.Load(files, own) is { } model)
        {
            var names = ReadoutFormulas.Known(model.Model.Network);
            var columns = vocabulary.Formulas(disease).Select((f, i) => (Formula: f, Column: names.Contains(f) ? f : FormattableString.Invariant($"{Prefix}{i}")))
                .ToDictionary(c => c.Formula, c => c.Column, StringComparer.Ordinal);
            bench = new Bench(new CohortRunner(model, columns.ToDictionary(c => c.Value, c => c.Key, StringComparer.Ordinal)), columns);
        }
        bag.AddRange(own.Items);
        return _benches[disease] = bench;
    }

    private sealed record Bench(CohortRunner Runner, IReadOnlyDictionary<string, string> Columns);
}
