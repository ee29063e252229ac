using Marrow.Networks.Compilation;
using Marrow.Networks.Structure;
using Marrow.Networks.Units;
using Marrow.Trials.Clinical;
using Marrow.Trials.DosingTables;
using Marrow.Trials.Observations;
using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;

namespace Marrow.Trials.Studies;

/// <summary>A study ready to run: the model compiled, and every name replaced by its index. Immutable; shared by all threads.</summary>
internal sealed record PreparedStudy
{
    private const string CellUnit = "G";

    public required Study Study { get; init; }
    public required IStudyModel Model { get; init; }
    public required BiologyTable Biology { get; init; }
    public required EntryPlan Entry { get; init; }
    public required HistoryPlan History { get; init; }
    public required IReadOnlyList<ArmContext> Arms { get; init; }

    /// <summary>Compiles the model and resolves all names.</summary>
    public static PreparedStudy Prepare(Study study)
    {
        RegimenTable[] tables = [.. study.Arms.Select(a => a.Regimen.Table).OfType<RegimenTable>()];
        var network = tables.SelectMany(t => t.Infused).Distinct(StringComparer.Ordinal).Aggregate(study.Parts.Model.Network, TableNames.AddInput);
        var rules = study.Parts.Population.Entry;
        string[] observables =
        [
            .. Readouts.All
                .Concat(Readouts.Optional.Where(o => network.AssignmentRules.Any(r => r.Variable == o) || network.Species.Any(s => s.Id == o)))
                .Concat([rules.ShareObservable, rules.BurdenObservable])
                .Concat(study.Arms.SelectMany(a => a.Regimen.Signals.Concat(a.Crossover?.Signals ?? [])))
                .Concat(study.Observations.Select(o => o.Readout))
                .Concat(tables.SelectMany(t => t.Quantities))
                .Distinct(StringComparer.Ordinal),
        ];
        var compiled = CompiledModel.Compile(network, new CompileOptions { Observables = observables, NonNegativeSpecies = true, Counted = study.Parts.Model.Counted });
        return Resolve(study, new CompiledStudyModel(compiled));
    }

    /// <summary>Resolves all names against a compiled model.</summary>
    public static PreparedStudy Resolve(Study study, IStudyModel model)
    {
        var index = new ModelIndex(model);
        var population = study.Parts.Population;
        return Complete(index, new PreparedStudy
        {
            Study = study,
            Model = model,
            Biology = BiologyOf(study.Parts, model, index),
            Entry = EntryOf(population.Entry, index),
            History = HistoryOf(population.History, index),
            Arms =
            [
                .. study.Arms.Select((arm, number) => new ArmContext(
                    number, model, Treatment(arm.Regimen, index), study.FollowUpMonths * Study.DaysPerMonth, study.Parts.Clinical,
                    index.Observable(Readouts.BlastShare), index.Observable(Readouts.Il6EffectivePgMl))
                {
                    Crossover = arm.Crossover is { } c ? new CrossoverPlan(c, Treatment(c.Regimen, index), c.When is { } when ? index.Condition(when) : null) : null,
                }),
            ],
        });
    }

    /// <summary>Adds what only some studies have: uncertain typical values, parameters that change with time, observations.</summary>
    private static PreparedStudy Complete(ModelIndex index, PreparedStudy prepared)
    {
        var (study, uncertain) = (prepared.Study, prepared.Study.Uncertainty);
        TimeVaryingPlan[] varying = [.. study.Parts.Population.TimeVarying.Select(t => new TimeVaryingPlan(t, index.Parameter(t.Parameter)))];
        var observations = study.Observations.Count == 0 ? null
            : new ObservationPlan(study.Observations, [.. study.Observations.Select(o => index.Observable(o.Readout))], study.Parts.Clinical.Schedule);
        return prepared with
        {
            Biology = prepared.Biology with { Typical = uncertain is null ? null : new TypicalValues(uncertain, [.. uncertain.Values.Select(v => index.Parameter(v.Parameter))]) },
            Arms = [.. prepared.Arms.Select(a => a with { TimeVarying = varying, Observations = observations })],
        };
    }

    /// <summary>The entry rule with indices.</summary>
    internal static EntryPlan EntryOf(EntryRule entry, ModelIndex index) => new(
        entry, index.State(entry.SeedState), index.Event(entry.StopEvent), index.Parameter(entry.StopParameter),
        index.Observable(entry.ShareObservable), index.Observable(entry.BurdenObservable),
        [.. entry.Remember.Select(r => (index.Parameter(r.Parameter), index.State(r.State)))]);

    /// <summary>How the parameters and the healthy start of a patient are made.</summary>
    internal static BiologyTable BiologyOf(StudyParts parts, IStudyModel model, ModelIndex index)
    {
        var defaults = model.DefaultParameters();
        var parameters = new List<BiologyParameter>();
        for (var i = 0; i < model.Parameters.Count; i++)
        {
            var name = model.Parameters[i];
            var row = parts.Model.Parameters.Find(name);
            var factors = parts.Scaling.Of(name, row is null ? 0 : Cells(row.Unit));
            if (parts.Population.Multiplied.Any(m => m.Parameter == name)) factors = [.. factors, .. parts.Population.Multiplied.Where(m => m.Parameter == name).Select(m => new ScaleFactor(m.Value, 1))];
            if (row?.LogSd is null && factors.Count == 0) continue;
            parameters.Add(new BiologyParameter(
                i, name, defaults[i], row?.LogSd ?? 0, row?.Lower ?? double.NegativeInfinity, row?.Upper ?? double.PositiveInfinity, factors));
        }
        var medians = parameters.Where(p => p.LogSd > 0).ToDictionary(p => p.Name, p => p.Median, StringComparer.Ordinal);
        // A start that is a formula of parameters scales with them; a number does not.
        var starts = parts.Model.Network.Species
            .Where(s => s.Initial is NumberExpression && model.States.Contains(s.Id))
            .Select(s => new ScaledStart(index.State(s.Id), parts.Scaling.Of(s.Id, s.Unit is { } unit ? Cells(unit) : 0)))
            .Where(s => s.Factors.Count > 0);
        return new BiologyTable
        {
            Defaults = defaults,
            Parameters = parameters,
            Constants = [.. parts.Population.Constants.Select(c => new PatientConstant(index.Parameter(c.Parameter), c.Value))],
            Starts = [.. starts],
            Subtypes = [.. parts.Population.Subtypes.Subtypes.Select(s => SubtypeShift.Of(s.Table, medians).Select(x => new PlannedShift(index.Parameter(x.Parameter), x.Multiply, x.Value)).ToArray())],
            Correlated = parts.Population.Correlations.Numbers,
            Cut = parts.Population.Cut,
        };
    }

    private static double Cells(string unit) => Unit.TryParse(unit, null, out var parsed, out _) ? parsed.ExponentOf(CellUnit) : 0;

    /// <summary>The history rule with indices.</summary>
    internal static HistoryPlan HistoryOf(HistoryRule rule, ModelIndex index)
    {
        int Clone(string name) => rule.Clones.Select((c, i) => (c.Clone, i)).First(c => c.Clone == name).i;
        return new HistoryPlan(
            rule,
            [.. rule.Clones.Select(c => new CloneStates(c.Clone, [.. c.States.Select(index.State)]))],
            [.. rule.Shifts.Select(s => (s.Share, Clone(s.From), Clone(s.To)))],
            [
                .. rule.Factors.Select(f => new FactorPlan(
                    f, [.. f.Targets.Where(index.IsState).Select(index.State)], [.. f.Targets.Where(t => !index.IsState(t)).Select(index.Parameter)])),
            ]);
    }

    /// <summary>A regimen with indices.</summary>
    internal static TreatmentPlan Treatment(Regimen regimen, ModelIndex index)
    {
        AmountFactor Factor(string name) => new(index.IsParameter(name) ? index.Parameter(name) : -1, name);
        DosePlan Dose(Dose dose) => new(
            dose, dose.Drug.Mode == InputMode.Bolus ? index.State(dose.Drug.Target) : index.Parameter(dose.Drug.Target),
            dose.Drug.Varies is { } varies ? index.Parameter(varies) : -1, [.. dose.ScaledBy.Select(Factor)]);
        return new TreatmentPlan(
            regimen,
            [
                .. regimen.Doses.Select(d => new PlannedDosePlan(
                    d, Dose(d.Dose), [.. d.Companions.Select(c => new CompanionPlan(c, index.State(c.State), [.. c.ScaledBy.Select(Factor)]))])
                {
                    Rules = [.. d.Rules.Select(r => (r, index.Condition(r.When)))],
                }),
            ],
            [
                .. regimen.Care.Select(c => new CarePlan(
                    c, index.Condition(c.When),
                    [.. c.Treatments.Select(t => t.Doses.Select(d => (Dose(d.Dose), d.Offsets)).ToArray())])),
            ],
            regimen.Preparation?.Bridging is { } bridging ? index.Parameter(bridging.Switch) : -1,
            [.. regimen.Settings.Select(s => (index.Parameter(s.Parameter), s))])
        {
            Table = regimen.Table is { } table ? TableOf(table, index) : null,
        };
    }

    /// <summary>A dosing table with indices.</summary>
    private static RegimenTablePlan TableOf(RegimenTable table, ModelIndex index) => new(
        table,
        table.Inputs.ToDictionary(i => i.Key, i =>
        {
            var (input, drug) = (i.Value, i.Value.Drug);
            var rate = input.IsRate ? input.Target : TableNames.InputOf(input.Target);
            var target = input.Values.Place(input.Name, input.IsRate ? -1 : index.State(input.Target), index.IsParameter(rate) ? index.Parameter(rate) : -1, index.Observable);
            return (target with { Factor = drug?.Factor ?? 1 }, drug?.Varies is { } varies ? index.Parameter(varies) : -1);
        }, StringComparer.Ordinal),
        [.. table.Covariates.Select(c => c is null ? -1 : index.Parameter(c))]);
}

/// <summary>Indices of a model's names. The names were checked when the study was read.</summary>
internal sealed class ModelIndex(IStudyModel model)
{
    private readonly Dictionary<string, int> _states = Index(model.States);
    private readonly Dictionary<string, int> _parameters = Index(model.Parameters);
    private readonly Dictionary<string, int> _observables = Index(model.Observables);
    private readonly Dictionary<string, int> _events = Index(model.Events);

    public int State(string name) => _states[name];

    public int Parameter(string name) => _parameters[name];

    public int Observable(string name) => _observables[name];

    public int Event(string name) => _events[name];

    public ConditionPlan Condition(Condition condition) =>
        new(condition, ClinicalSignals.Has(condition.Signal) ? -1 : Observable(condition.Signal));

    public bool IsState(string name) => _states.ContainsKey(name);

    public bool IsParameter(string name) => _parameters.ContainsKey(name);

    private static Dictionary<string, int> Index(IReadOnlyList<string> names) =>
        names.Select((name, i) => (name, i)).ToDictionary(n => n.name, n => n.i, StringComparer.Ordinal);
}
