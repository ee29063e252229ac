using Marrow.Networks.Diagnostics;
using Marrow.Trials.Experiments;
using Marrow.Trials.Fit;
using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Checks;

/// <summary>Reads any YAML file for its problems. Models that several files need are read once.</summary>
public sealed class StudyFileReader
{
    private readonly Dictionary<string, IReadOnlyList<RegimenHome>> _homes = new(StringComparer.Ordinal);


    /// <summary>Keys by which a file is known; the first kind all of whose keys are there counts.</summary>
    private static readonly (StudyFileKind Kind, string[] Keys)[] Kinds =
    [
        (StudyFileKind.Study, ["arms"]), (StudyFileKind.Fit, ["scenarios", "targets"]), (StudyFileKind.Elasticities, ["scenarios", "outcomes"]),
        (StudyFileKind.Contexts, ["contexts"]), (StudyFileKind.Population, ["covariates"]), (StudyFileKind.Population, ["extends"]), (StudyFileKind.Regimen, ["doses"]), (StudyFileKind.Regimen, ["dosing_table"]),
        (StudyFileKind.Card, ["question", "not_for"]),
        // What is left of a file whose telling key is misspelt or missing.
        (StudyFileKind.Study, ["population"]), (StudyFileKind.Fit, ["scenarios"]), (StudyFileKind.Population, ["entry"]), (StudyFileKind.Regimen, ["preparation"]), (StudyFileKind.Regimen, ["care"]),
    ];

    /// <summary>Recognises a file by its keys; null, with the problem reported, if it is not YAML.</summary>
    public static StudyFileKind KindOf(string path, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(bag);
        if (YamlSource.ReadFile(path, bag) is not { } map) return StudyFileKind.Unknown;
        var known = Kinds.FirstOrDefault(k => k.Keys.All(map.Has)).Kind;
        if (known == StudyFileKind.Unknown)
        {
            bag.Error(StudyCodes.MissingKey, "neither a study (arms), a population (covariates), a regimen (doses), a fit (scenarios, targets), elasticities (scenarios, outcomes), contexts nor a card",
                new SourceSpan(path, 1, 1, 1), "a YAML file is known by its keys", "adding the key that belongs to it");
        }
        return known;
    }

    /// <summary>Reads a file of any kind but a card. A regimen is read within the studies of the folders above that name it, because its
    /// laws use values of their populations; where none does, among the patients of the diseases at hand.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="bag">Collects every problem, those of the files that it names included, and what is sound and hardly meant.</param>
    /// <returns>What it holds, in a few words; empty if it has errors.</returns>
    public string Read(string path, StudyFileKind kind, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(bag);
        switch (kind)
        {
            case StudyFileKind.Study:
                if (StudyLoader.Load(path, bag) is not { } study) return "";
                StudyReview.Check(study, bag);
                return FormattableString.Invariant($"study: {study.Arms.Count} {(study.Arms.Count == 1 ? "arm" : "arms")}, {study.Patients} patients, {study.FollowUpMonths} months");
            case StudyFileKind.Fit:
                return FitLoader.Load(path, bag) is { } fit ? $"fit: {fit.Parameters.Count} parameters, {fit.Targets.Count} targets" : "";
            case StudyFileKind.Elasticities:
                return ElasticityProblem.Load(path, null, bag) is { } problem ? $"elasticities: {problem.Outcomes.Count} outcomes" : "";
            case StudyFileKind.Contexts:
                return $"contexts: {Vocabulary.ReadContexts(path, bag).Count}";
            case StudyFileKind.Population:
                ReadPopulation(path, bag);
                return "population";
            case StudyFileKind.Regimen:
                ReadRegimen(path, bag);
                return "regimen";
            default: return "";
        }
    }

    private static void ReadPopulation(string path, DiagnosticBag bag)
    {
        if (InStudies([path], bag)) return;
        PopulationLoader.Load(path, RegimenHome.ModelNamed(path) is { } model ? new ModelNames(model.Network) : null, bag);
    }

    private void ReadRegimen(string path, DiagnosticBag bag)
    {
        var own = WithTable(path);
        if (InStudies(own, bag)) return;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!_homes.TryGetValue(folder, out var homes)) _homes[folder] = homes = [.. RegimenHome.Above(path)];
        var readings = homes.Select(home => InHome(path, home)).ToList();
        if (readings.Count == 0)
        {
            if (YamlSource.ReadFile(path, bag) is not null)
                bag.Error(StudyCodes.Conflict, "no study names this regimen, and no diseases with patients are at hand", new SourceSpan(path, 1, 1, 1), "its drugs and patients are those of a study", "checking a study that names it");
            return;
        }
        bag.AddRange(readings.MinBy(r => r.Items.Count(d => d.Severity == Severity.Error))!.Items.Where(d => IsOf(d, own)));
    }

    /// <summary>A regimen, and the dosing table that it names.</summary>
    private static string[] WithTable(string path) =>
        YamlSource.ReadFile(path, new DiagnosticBag())?.Map("dosing_table", required: false) is { } section && NamedFile.Of(section, "table") is { Length: > 0 } table ? [path, table] : [path];

    private static DiagnosticBag InHome(string path, RegimenHome home)
    {
        var bag = new DiagnosticBag();
        var regimen = RegimenLoader.Load(path, DrugInputs.Load(home.DrugFile, bag), home.Population, new ModelNames(home.Model.Network), bag);
        if (regimen is not null && !bag.HasErrors) StudyReview.Regimen(regimen, home, double.PositiveInfinity, bag);
        return bag;
    }

    /// <summary>Takes over what the studies that name a file say about it, and about what belongs to it; false if there is none that can be
    /// read.</summary>
    private static bool InStudies(string[] own, DiagnosticBag bag)
    {
        var (path, told) = (own[0], false);
        foreach (var file in StudiesAbove(path))
        {
            var all = new DiagnosticBag();
            if (StudyLoader.Load(file, all) is { } study) StudyReview.Check(study, all);
            else if (!all.Items.Any(d => IsOf(d, own))) continue;
            told = true;
            bag.AddRange(all.Items.Where(d => IsOf(d, own)).Select(d => IsOf(d, [path]) ? d with { Where = d.Where with { File = path } } : d));
        }
        return told;
    }

    private static bool IsOf(Diagnostic problem, string[] files) =>
        problem.Where.File.Length > 0 && Array.Exists(files, f => Path.GetFullPath(problem.Where.File) == Path.GetFullPath(f));

    /// <summary>Studies of the folder of a file, of the one above, and of the folders <c>studies</c> beside those above, that name it.</summary>
    internal static IEnumerable<string> StudiesAbove(string path)
    {
        var name = Path.GetFileName(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        var beside = Ancestors(folder).Select(f => Path.Combine(f, "studies")).Where(Directory.Exists);
        return new[] { folder, Path.GetDirectoryName(folder) }.OfType<string>().Concat(beside).Distinct(StringComparer.Ordinal)
            .SelectMany(f => Directory.EnumerateFiles(f, "*.yaml").Order(StringComparer.Ordinal))
            .Where(file => Path.GetFullPath(file) != Path.GetFullPath(path) && File.ReadAllText(file).Contains(name, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Ancestors(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder)) yield return folder;
    }
}
