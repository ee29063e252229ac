using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Trials.Clinical;
using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Experiments;

/// <summary>Where the files of a cohort are.</summary>
public sealed record CohortFiles
{
    /// <summary>Folder of the models.</summary>
    public required string Models { get; init; }

    /// <summary>Name of the disease: <c>diseases/NAME.ant</c> with its table.</summary>
    public required string Disease { get; init; }

    /// <summary>Population file.</summary>
    public required string Population { get; init; }

    /// <summary>Folders of regimens; of two regimens of one name that of the later folder counts.</summary>
    public required IReadOnlyList<string> Regimens { get; init; }

    /// <summary>Parameter tables laid over those of the disease, later ones win (such as a fitted one).</summary>
    public IReadOnlyList<string> MoreTables { get; init; } = [];

    /// <summary>Visit and response protocol of the clinical tables.</summary>
    public string Protocol { get; init; } = "eliana";

    /// <summary>The files of a disease where this repository keeps them.</summary>
    public static CohortFiles InRepository(string root, string disease) => new()
    {
        Models = Path.Combine(root, "models"),
        Disease = disease,
        Population = Path.Combine(root, "models", "experiments", "populations", disease + ".yaml"),
        Regimens = [Path.Combine(root, "studies", "regimens"), Path.Combine(root, "models", "experiments", "regimens")],
    };
}

/// <summary>A disease, its population and its regimens, read and checked: what scenarios run on. Immutable.</summary>
public sealed class CohortModel
{
    private readonly Dictionary<string, Regimen> _regimens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _unusable = new(StringComparer.Ordinal);

    private CohortModel(CohortFiles files, StudyParts parts)
    {
        Files = files;
        Parts = parts;
    }

    /// <summary>Where it was read from.</summary>
    public CohortFiles Files { get; }

    /// <summary>Names of the regimens at hand.</summary>
    public IEnumerable<string> RegimenNames => _regimens.Keys;

    /// <summary>The network and the provenance of its parameters.</summary>
    public LoadedModel Model => Parts.Model;

    internal StudyParts Parts { get; }

    /// <summary>Solver settings; those of the studies.</summary>
    internal SolverSettings Solver { get; } = new(1e-5, 1e-9, 200_000);

    /// <summary>Reads the files. Problems of model, population and clinical tables go to <paramref name="bag"/>; a regimen with problems
    /// can merely not be used.</summary>
    /// <returns>Null if there are errors.</returns>
    public static CohortModel? Load(CohortFiles files, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(bag);
        var antimony = Path.Combine(files.Models, "diseases", files.Disease + ".ant");
        var model = ModelLoader.Load(antimony, [.. ModelTables.Of(antimony, bag), .. files.MoreTables], bag);
        if (model is null) return null;
        var names = new ModelNames(model.Network, model.Parameters);
        var population = PopulationLoader.Load(files.Population, names, bag);
        var clinical = ClinicalProtocol.Load(Path.Combine(files.Models, "clinical"), files.Protocol, bag);
        if (population is null || clinical is null || bag.HasErrors) return null;
        var scaling = SizeScaling.Load(Path.Combine(files.Models, "modules", "size_scaling.csv"), population.SizeFactor, population.ValueNames, bag);
        var drugs = DrugInputs.Load(Path.Combine(files.Models, "therapies", "inputs.csv"), bag);
        if (bag.HasErrors) return null;
        var cohort = new CohortModel(files, new StudyParts(model, population, clinical, scaling, null, null));
        foreach (var folder in files.Regimens.Where(Directory.Exists)) cohort.ReadRegimens(folder, drugs, names);
        return cohort;
    }

    /// <summary>The same without counting: few cells are fractions of cells, and a course is as smooth in the parameters as its equations are.</summary>
    internal CohortModel Uncounted()
    {
        var smooth = new CohortModel(Files, Parts with { Model = Parts.Model with { Counted = [] } });
        foreach (var (name, regimen) in _regimens) smooth._regimens[name] = regimen;
        foreach (var (name, why) in _unusable) smooth._unusable[name] = why;
        return smooth;
    }

    /// <summary>The regimen of this name.</summary>
    internal Regimen? Regimen(string name) => _regimens.GetValueOrDefault(name);

    /// <summary>Why a regimen cannot be used.</summary>
    internal string WhyNot(string regimen) => _unusable.TryGetValue(regimen, out var why) ? why : $"there is no regimen '{regimen}'{Hint(regimen)}";

    /// <summary>Every readout that care by rule looks at.</summary>
    internal IEnumerable<string> CareSignals => _regimens.Values.SelectMany(r => r.Signals);

    private string Hint(string regimen) => Spelling.Nearest(regimen, _regimens.Keys) is { } near ? $"; is '{near}' meant?" : "";

    private void ReadRegimens(string folder, DrugInputs drugs, ModelNames names)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var bag = new DiagnosticBag();
            var regimen = RegimenLoader.Load(file, drugs, Parts.Population, names, bag);
            if (regimen?.Table is not null) _unusable[name] = $"the regimen '{name}' cannot be used: it gives the doses of a table, patient by patient, which only studies do";
            else if (regimen is not null && !bag.HasErrors) _regimens[name] = regimen;
            else _unusable[name] = $"the regimen '{name}' cannot be used: {bag.Items.First(d => d.Severity == Severity.Error).What}";
        }
    }
}
