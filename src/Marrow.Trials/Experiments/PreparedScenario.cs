using Marrow.Trials.Clinical;
using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Experiments;

/// <summary>A scenario with the model's indices in place of names.</summary>
internal sealed record PreparedScenario
{
    public required Scenario Scenario { get; init; }
    public required Population Population { get; init; }
    public required EntryChanges Entry { get; init; }
    public required IReadOnlyList<ModelChange> AtStart { get; init; }
    public required int SeedState { get; init; }
    public required ArmContext Treatment { get; init; }
    /// <summary>Null where nothing is given before day 0.</summary>
    public ArmContext? Induction { get; init; }
    public required string Key { get; init; }
    /// <summary>The scenario whose entry chooses the draw of biology; null if it is this one.</summary>
    public PreparedScenario? Reference { get; init; }
}

/// <summary>Resolves the names of scenarios.</summary>
internal sealed class ScenarioResolver(CohortModel model, IStudyModel compiled)
{
    private const string Commonest = "Sensitive";

    private readonly ModelIndex _index = new(compiled);
    private readonly Population _population = model.Parts.Population;
    private readonly HashSet<string> _covariates = [.. model.Parts.Population.Covariates.Select(c => c.Name)];

    /// <summary>Everything that a scenario names and that is not there.</summary>
    public IReadOnlyList<string> Problems(Scenario scenario)
    {
        var problems = new List<string>();
        foreach (var setting in scenario.Settings.Concat(scenario.DrawAs ?? []))
        {
            if (setting.Kind == SettingKind.Clone)
            {
                if (Sites(setting.Target).Count == 0) problems.Add($"the model has no clone '{setting.Target}'");
                continue;
            }
            if (_index.IsParameter(setting.Target) || _index.IsState(setting.Target)) continue;
            if (!_covariates.Contains(setting.Target))
                problems.Add($"the model has no parameter or state '{setting.Target}', nor the population such a covariate");
            else if (setting.Kind != SettingKind.Set || setting.Phase != SettingPhase.Life)
                problems.Add($"'{setting.Target}' is a covariate: it can only be set, from the healthy start on");
        }
        foreach (var use in scenario.Regimens.Concat(scenario.Start.Induction).Where(u => model.Regimen(u.Name) is null))
            problems.Add(model.WhyNot(use.Name));
        var drugs = scenario.Regimens.Select(u => model.Regimen(u.Name)).OfType<Regimen>().SelectMany(r => r.Doses).Select(d => d.Dose.Drug.Drug).ToHashSet();
        foreach (var drug in scenario.WithoutDrugs.Where(d => !drugs.Contains(d))) problems.Add($"no regimen of the scenario gives '{drug}'");
        if (scenario.Start.SeedState is { Length: > 0 } seed && !_index.IsState(seed)) problems.Add($"the model has no state '{seed}'");
        if (!(scenario.Days > 0)) problems.Add("the scenario must last longer than 0 days");
        return [.. problems.Distinct()];
    }

    /// <summary>The scenario, ready to run; it must have no <see cref="Problems"/>.</summary>
    public PreparedScenario Prepare(Scenario scenario)
    {
        var induction = scenario.Start.Kind == StartKind.Remission ? Context(scenario.Start.Induction, [], null, scenario.Start.InductionDays) : null;
        var seed = scenario.Start.SeedState is { Length: > 0 } name ? name : _population.Entry.SeedState;
        return new PreparedScenario
        {
            Scenario = scenario,
            Population = Fixed(scenario),
            Entry = new EntryChanges(Changes(scenario, SettingPhase.Life), Changes(scenario, SettingPhase.Growth)),
            AtStart = Changes(scenario, SettingPhase.Start),
            SeedState = _index.State(seed),
            Treatment = Context(scenario.Regimens, scenario.WithoutDrugs, scenario.WaitDays, scenario.Days),
            Induction = induction,
            Key = scenario.StartKey,
            Reference = scenario.DrawAs is { } settings ? Prepare(scenario with { DrawAs = null, Settings = settings }) : null,
        };
    }

    private ArmContext Context(IReadOnlyList<RegimenUse> uses, IReadOnlyList<string> without, double? wait, double days)
    {
        var regimen = RegimenSum.Of([.. uses.Select(u => (model.Regimen(u.Name)!, u.FromDay))], without);
        if (wait is { } set && regimen.Preparation is { } preparation)
            regimen = regimen with { Preparation = preparation with { Wait = new Law { Name = preparation.Wait.Name, Family = LawFamily.Fixed, Location = set } } };
        return new ArmContext(0, compiled, PreparedStudy.Treatment(regimen, _index), days, model.Parts.Clinical,
            _index.Observable(Readouts.BlastShare), _index.Observable(Readouts.Il6EffectivePgMl))
        {
            ManufactureRisk = compiled.Observables.ToList().IndexOf(Readouts.ManufactureFailureRisk),
        };
    }

    private ModelChange[] Changes(Scenario scenario, SettingPhase phase) =>
    [
        .. scenario.Settings.Where(s => s.Phase == phase && s.Kind == SettingKind.Clone)
            .SelectMany(s => Sites(s.Target).Select(site => new ModelChange(true, site.To, 1, s.Value, site.From))),
        .. scenario.Settings.Where(s => s.Phase == phase && (_index.IsParameter(s.Target) || _index.IsState(s.Target))).Select(s =>
        {
            var state = _index.IsState(s.Target);
            var index = state ? _index.State(s.Target) : _index.Parameter(s.Target);
            return s.Kind switch
            {
                SettingKind.Set => new ModelChange(state, index, 0, s.Value),
                SettingKind.Multiply => new ModelChange(state, index, s.Value, 0),
                _ => new ModelChange(state, index, 1, s.Value),
            };
        }),
    ];

    /// <summary>States of a clone, and those of the commonest one at the same sites.</summary>
    private List<(int From, int To)> Sites(string clone) =>
    [
        .. compiled.States.Where(s => s.EndsWith("_" + clone, StringComparison.Ordinal)).Select(s => (From: s[..^clone.Length] + Commonest, To: s))
            .Where(s => _index.IsState(s.From) && s.From != s.To).Select(s => (_index.State(s.From), _index.State(s.To))),
    ];

    /// <summary>The population with the covariates that are set, and without earlier lines where there was no earlier treatment.</summary>
    private Population Fixed(Scenario scenario)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var setting in scenario.Settings.Where(s => _covariates.Contains(s.Target))) values[setting.Target] = setting.Value;
        if (!scenario.Start.PriorTreatment)
        {
            values.TryAdd("PriorLines", 0);
            values.TryAdd("PriorTransplant", 0);
        }
        return _population with
        {
            Covariates = [.. _population.Covariates.Select(c => values.TryGetValue(c.Name, out var v) ? new Law { Name = c.Name, Family = LawFamily.Fixed, Location = v } : c)],
        };
    }
}
