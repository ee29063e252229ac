using System.Globalization;
using System.Text.RegularExpressions;
using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Experiments;

/// <summary>Short sentences by which contexts, properties and switches change a scenario, separated by semicolons:
/// <c>NAME = 0</c>, <c>NAME *= 2 @life</c>, <c>NAME += 1 @growth</c>, <c>regimen NAME @7</c>, <c>give NAME @7</c> (unless it is given already), <c>no regimen</c>, <c>without DRUG</c>,
/// <c>start healthy|seed|overt|remission</c>, <c>seed STATE CELLS</c>, <c>clone NAME SHARE</c>, <c>induction NAME DAYS</c>, <c>prior</c>, <c>no prior</c>,
/// <c>days N</c>, <c>wait N</c>, <c>site NAME</c>, <c>preset NAME</c>, <c>disease NAME</c>.</summary>
internal sealed partial class ScenarioAction
{
    private const string Known = "NAME = 0, NAME *= 2 @life, NAME += 1 @growth, regimen NAME @7, give NAME @7, no regimen, without DRUG, start KIND, seed STATE CELLS, clone NAME SHARE, "
        + "induction NAME DAYS, prior, no prior, days N, wait N, site NAME, preset NAME, disease NAME";

    private readonly Func<ScenarioPlan, ScenarioPlan> _do;

    private ScenarioAction(Func<ScenarioPlan, ScenarioPlan> act) => _do = act;

    /// <summary>Reads a list of actions; problems are reported at a place.</summary>
    public static IReadOnlyList<ScenarioAction> Read(string text, SourceSpan where, DiagnosticBag bag)
    {
        var actions = new List<ScenarioAction>();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Of(part) is { } act) actions.Add(new ScenarioAction(act));
            else bag.Error(ExperimentCodes.BadAction, $"'{part}' is not an action", where, "", $"one of: {Known}");
        }
        return actions;
    }

    /// <summary>A setting as an action.</summary>
    public static ScenarioAction Set(string target, double value, SettingPhase phase) => new(p => With(p, new Setting(target, SettingKind.Set, value, phase)));

    /// <summary>Does all actions in order.</summary>
    public static ScenarioPlan Apply(IEnumerable<ScenarioAction> actions, ScenarioPlan plan)
    {
        foreach (var action in actions) plan = action._do(plan);
        return plan;
    }

    private static ScenarioPlan With(ScenarioPlan plan, Setting setting) => Changed(plan, s => s with { Settings = [.. s.Settings, setting] });

    private static ScenarioPlan Changed(ScenarioPlan plan, Func<Scenario, Scenario> change) => plan with { Scenario = change(plan.Scenario) };

    private static ScenarioPlan Start(ScenarioPlan plan, Func<ScenarioStart, ScenarioStart> change) => Changed(plan, s => s with { Start = change(s.Start) });

    private static ScenarioPlan Give(ScenarioPlan plan, RegimenUse use, bool once) =>
        once && plan.Scenario.Regimens.Any(r => r.Name == use.Name) ? plan : Changed(plan, s => s with { Regimens = [.. s.Regimens, use] });

    private static Func<ScenarioPlan, ScenarioPlan>? Of(string text)
    {
        if (SettingText().Match(text) is { Success: true } m && Number(m.Groups["value"].Value) is { } value)
        {
            var kind = m.Groups["op"].Value switch { "*=" => SettingKind.Multiply, "+=" => SettingKind.Add, _ => SettingKind.Set };
            var phase = m.Groups["phase"].Success ? Enum.Parse<SettingPhase>(m.Groups["phase"].Value, ignoreCase: true) : SettingPhase.Start;
            return p => With(p, new Setting(m.Groups["name"].Value, kind, value, phase));
        }
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["regimen" or "give", var name] => p => Give(p, new RegimenUse(name), words[0] == "give"),
            ["regimen" or "give", var name, ['@', .. var day]] when Number(day) is { } d => p => Give(p, new RegimenUse(name, d), words[0] == "give"),
            ["no", "regimen"] => p => Changed(p, s => s with { Regimens = [] }),
            ["without", var drug] => p => Changed(p, s => s with { WithoutDrugs = [.. s.WithoutDrugs, drug] }),
            ["start", var kind] when Enum.TryParse<StartKind>(kind, ignoreCase: true, out var k) && !char.IsDigit(kind[0]) => p => Start(p, s => s with { Kind = k }),
            ["seed", var state, var cells] when Number(cells) is { } n => p => Start(p, s => s with { Kind = StartKind.Seed, SeedState = state, SeedCells = n }),
            ["induction", var name, var days] when Number(days) is { } d =>
                p => Start(p, s => s with { Kind = StartKind.Remission, Induction = [.. s.Induction, new RegimenUse(name)], InductionDays = d }),
            ["clone", var name, var share] when Number(share) is >= 0 and <= 1 and { } part => p => With(p, new Setting(name, SettingKind.Clone, part)),
            ["prior"] => p => Start(p, s => s with { PriorTreatment = true }),
            ["no", "prior"] => p => Start(p, s => s with { PriorTreatment = false }),
            ["days", var days] when Number(days) is { } d => p => Changed(p, s => s with { Days = d }),
            ["wait", var days] when Number(days) is >= 0 and { } d => p => Changed(p, s => s with { WaitDays = d }),
            ["site", var site] => p => p with { Site = site },
            ["preset", var preset] => p => p with { Presets = [.. p.Presets, preset] },
            ["disease", var disease] => p => p with { Disease = disease },
            _ => null,
        };
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    [GeneratedRegex(@"^(?<name>[A-Za-z_]\w*)\s*(?<op>=|\*=|\+=)\s*(?<value>[-+0-9.eE]+)\s*(@(?<phase>life|growth|start))?$")]
    private static partial Regex SettingText();
}
