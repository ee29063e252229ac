using CsvHelper;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Networks.Structure;
using Marrow.Trials.Clinical;
using Marrow.Trials.Experiments;
using Marrow.Trials.Experiments.Facts;
using Marrow.Trials.Fit;
using Marrow.Trials.Onset;
using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Checks;

/// <summary>A kind of table: known by the columns of its first line.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Columns">Columns that it must have.</param>
/// <param name="Holds">What it holds, in a sentence.</param>
/// <param name="Read">Reads a table for its problems.</param>
public sealed record TableKind(string Name, IReadOnlyList<string> Columns, string Holds, Action<string, DiagnosticBag> Read)
{
    /// <summary>Names in capitals are other programs', which do not tell case.</summary>
    internal StringComparer ByCase => Columns.All(c => c.All(char.IsAsciiLetterUpper)) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}

/// <summary>Every kind of table that Marrow reads.</summary>
public static class TableKinds
{
    /// <summary>A table is of the kind with the largest share of whose columns it has, if it has this share.</summary>
    private const double EnoughColumns = 0.6;

    private static readonly string[] ClinicalFiles = ["assays.csv", "mrd.csv", "crs.csv", "toxicity.csv", "hazards.csv", "mortality.csv", "salvage.csv", "graft.csv", "cll.csv", "size.csv", "growth.csv"];

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<TableKind> All { get; } =
    [
        new("parameter table", ParameterTable.Columns, "Numbers of a model, each with unit, range, spread between patients and provenance.", (path, bag) => ParameterTable.Load(path, bag)),
        new("list of tables", ["table", "holds"], "The tables that the models of a folder share, in the order in which they are laid over one another.", (path, bag) => ModelTables.Common(path, bag)),
        new("counted populations", ["group", "species", "below", "above", "note"], "Species that are counted while they are few, and from which number on they are not.", ReadCounted),
        new("drugs", DrugInputs.Columns, "How each drug enters the model: target, mode, unit of its doses, factor.", (path, bag) => DrugInputs.Load(path, bag)),
        new("dosing table", ["ID", "TIME", "AMT", "EVID"], "Doses, covariates and observations of individuals, in the style of NONMEM: see dosing-tables.md.", ReadDosing),
        new("largest doses", LargestDoses.Columns, "The largest dose of a day that a label or a trial gives, by which `marrow check` finds slips.", (path, bag) => LargestDoses.Load(path, bag)),
        new("size scaling", SizeScaling.Columns, "How parameters follow size and age of a patient, where it is not by their unit.", ReadScaling),
        new("subtypes", ["subtype", "table", "kind", "source", "note"], "Subtypes of a disease: a table of parameters and shares of patients each.", ReadSubtypes),
        new("values", ValueTable.Columns, "Numbers of a clinical rule, assay, hazard, or of onset; which rows a table needs, its reader says.", ReadValues),
        new("growth", SizeTables.GrowthColumns, "Weight and height by sex and age (LMS).", ReadValues),
        new("residual disease", MrdAssay.Columns, "Assays of residual disease: cells looked at, and from which share they are positive.", ReadValues),
        new("visits", VisitSchedule.Columns, "Visits of a protocol.", ReadValues),
        new("data cut-offs", DataCut.Columns, "Data cut-offs of a protocol.", ReadValues),
        new("series", KineticsSeries.Columns, "Readouts that reports show over time.", ReadValues),
        new("published figures", PublishedColumns, "Figures of a trial that stand beside the simulated ones.", ReadPublished),
        new("published curves", Endpoints.PublishedCurves.Columns, "Survival curves of a trial, read off its figures, by arm.", (path, bag) => Endpoints.PublishedCurves.Load(path, [], bag)),
        new("targets of a fit", TargetTable.Columns, "Published figures that a fit aims at: see fit.md.", ReadTargets),
        new("expected effects", EffectsTable.Columns, "Expected effects of switches and drugs, judged by `marrow effects`.", (path, bag) => EffectsTable.Load(path, bag)),
        new("facts", FactTable.Columns, "Published facts beside virtual patients, judged by `marrow facts`.", (path, bag) => FactTable.Load(path, bag)),
        new("observables", Vocabulary.ObservableColumns, "What the observables of expected effects are in the model.", ReadVocabulary),
        new("properties", Vocabulary.PropertyColumns, "What the properties of subgroups are in the model.", ReadVocabulary),
        new("switches", Vocabulary.SwitchColumns, "What on and off of a switch of expected effects are.", ReadVocabulary),
        new("alternatives", ["switch", "alternative", "do", "note"], "What makes an alternative of a disputed effect true.", ReadVocabulary),
        new("needs", ["need", "available", "note"], "What checks of effects may need, and whether it is there.", ReadVocabulary),
        new("diseases", ["disease", "file", "protocol", "note"], "Names of diseases in tables of effects, and their files.", ReadVocabulary),
        Plain("claims", "Claims about biology and what they are judged by.", "id", "seed", "claim", "kind", "inventory_rows", "status", "experiment", "expected_sign", "minimum_effect", "statistic", "op", "value", "unit", "needs", "citation", "mark"),
        Plain("readings of claims", "Alternative readings of a disputed claim.", "claim", "alternative", "reading", "criterion", "selected_by"),
        Plain("inventory of biology", "Where each piece of biology lives, and what shows it.", "id", "item", "home", "shown_by", "evidence", "waiting", "note"),
        Plain("explanations", "Why a check was missed.", "id", "verdict", "explanation"),
        Plain("revisions of claims", "Experiments that were changed after they had been run.", "id", "before", "found_before", "now", "why", "otherwise"),
        Plain("results of effects", "What `marrow effects` found.", "id", "switch", "disease", "context", "observable", "statistic", "subgroup_rule", "alternative", "expected", "direction", "verdict", "value", "lower", "upper", "unit", "pairs", "reason"),
        Plain("results of facts", "What `marrow facts` found.", "id", "verdict", "value", "lower", "upper", "pairs", "reason"),
        Plain("elasticities", "What `marrow elasticities` found.", "parameter", "kind", "outcome", "elasticity", "lower", "upper", "low", "high", "patients"),
        Plain("posteriors of a fit", "What `marrow fit` found.", "parameter", "disease", "unit", "prior", "prior_median", "prior_sd", "posterior_median", "posterior_sd", "moved_sd", "shrinkage", "reason"),
        Plain("influence in a fit", "What one standard deviation of a parameter does to a target.", "parameter", "disease", "target", "study", "effect"),
        Plain("misfits of a fit", "Targets before and after a fit.", "target", "scenario", "observable", "time", "statistic", "unit", "published", "spread", "scale", "before", "misfit_before", "after", "misfit", "study", "source", "note"),
    ];

    private static IReadOnlyList<string> PublishedColumns => Endpoints.PublishedTable.Columns;

    /// <summary>The kind of a table, by its first line that is no comment.</summary>
    /// <param name="header">Names of its columns.</param>
    /// <returns>Null if it is of none.</returns>
    public static TableKind? Of(IReadOnlyCollection<string> header)
    {
        double Share(TableKind kind) => kind.Columns.Count(c => header.Contains(c, kind.ByCase)) / (double)kind.Columns.Count;
        return All.Where(k => Share(k) >= EnoughColumns).OrderByDescending(Share).ThenByDescending(k => k.Columns.Count).FirstOrDefault();
    }

    /// <summary>A table that pages are written from, or that a command has written: its columns must be there.</summary>
    private static TableKind Plain(string name, string holds, params string[] columns) => new(name, columns, holds, (path, bag) => ClinicalTable.Load(path, columns, bag));

    private static void ReadCounted(string path, DiagnosticBag bag)
    {
        var model = RegimenHome.Above(path).Select(h => h.Model.Network).FirstOrDefault();
        CountedTable.Read(path, model ?? new ReactionNetwork { Name = "" }, bag);
    }

    private static void ReadScaling(string path, DiagnosticBag bag)
    {
        var homes = RegimenHome.Above(path).Select(h => h.Population).ToList();
        string[] values = [.. homes.SelectMany(p => p.ValueNames).Distinct(StringComparer.Ordinal)];
        if (values.Length > 0) SizeScaling.Load(path, homes[0].SizeFactor, values, bag);
        else ClinicalTable.Load(path, SizeScaling.Columns, bag);
    }

    private static void ReadSubtypes(string path, DiagnosticBag bag)
    {
        foreach (var row in ClinicalTable.Load(path, ["subtype", "table", "kind", "source", "note"], bag).Rows.Where(r => r.Text("table").Length > 0))
        {
            var table = Path.Combine(Path.GetDirectoryName(path) ?? ".", row.Text("table"));
            if (File.Exists(table)) ParameterTable.Load(table, bag);
            else bag.Error(StudyCodes.Unreadable, $"the file '{row.Text("table")}' does not exist", row.Where, "", "paths are relative to the table of subtypes; leave the cell empty for a subtype without a table");
        }
    }

    /// <summary>A table of clinical rules is read by the rules of its folder, or of its protocol; one of onset by onset; any other by itself.</summary>
    private static void ReadValues(string path, DiagnosticBag bag)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        bool HasClinical(string? at) => at is not null && ClinicalFiles.All(f => File.Exists(Path.Combine(at, f)));
        if (ClinicalFiles.Contains(Path.GetFileName(path)) && HasClinical(folder))
        {
            foreach (var protocol in Directory.EnumerateDirectories(folder).Where(d => File.Exists(Path.Combine(d, "rules.csv"))).Order(StringComparer.Ordinal))
                Only(path, bag, all => ClinicalProtocol.Load(folder, Path.GetFileName(protocol), all));
        }
        else if (HasClinical(Path.GetDirectoryName(folder))) Only(path, bag, all => ClinicalProtocol.Load(Path.GetDirectoryName(folder)!, Path.GetFileName(folder), all));
        else if (File.Exists(Path.Combine(folder, "diseases.csv")) && File.Exists(Path.Combine(folder, "factors.csv"))) Only(path, bag, all => OnsetTables.Load(folder, all));
        else if (ReferenceEquals(Of(HeaderOf(path))?.Columns, ValueTable.Columns)) ValueTable.Load(path, bag);
        else ClinicalTable.Load(path, Of(HeaderOf(path))?.Columns ?? [], bag);
    }

    /// <summary>A table is read by itself, and as that of the studies whose regimens name it.</summary>
    private static void ReadDosing(string path, DiagnosticBag bag)
    {
        var before = bag.Items.Count;
        foreach (var study in StudyFileReader.StudiesAbove(path).SelectMany(f => StudyFileReader.StudiesAbove(f).Append(f)).Distinct(StringComparer.Ordinal))
        {
            if (StudyFileReader.KindOf(study, new DiagnosticBag()) == StudyFileKind.Study) Only(path, bag, all => StudyLoader.Load(study, all));
        }
        // What a study finds holds all that the table says by itself.
        if (bag.Items.Count == before) DosingTables.DosingTable.Read(path, bag);
    }

    private static void ReadPublished(string path, DiagnosticBag bag)
    {
        var studies = StudyFileReader.StudiesAbove(path).ToList();
        foreach (var study in studies) Only(path, bag, all => StudyLoader.Load(study, all));
        if (studies.Count == 0) ClinicalTable.Load(path, PublishedColumns, bag);
    }

    private static void ReadTargets(string path, DiagnosticBag bag)
    {
        TargetTable.Load(path, bag);
        foreach (var fit in StudyFileReader.StudiesAbove(path)) Only(path, bag, all => FitLoader.Load(fit, all));
    }

    private static void ReadVocabulary(string path, DiagnosticBag bag) => Only(path, bag, all => Vocabulary.Load(Path.GetDirectoryName(Path.GetFullPath(path))!, all));

    /// <summary>The problems of one file among those of its folder.</summary>
    private static void Only(string path, DiagnosticBag bag, Action<DiagnosticBag> read)
    {
        var all = new DiagnosticBag();
        read(all);
        bag.AddRange(all.Items.Where(d => Path.GetFullPath(d.Where.File) == Path.GetFullPath(path)).Select(d => d with { Where = d.Where with { File = path } }));
    }

    /// <summary>Names of the columns of a table: those of its first line that is no comment; none if there is none.</summary>
    public static IReadOnlyList<string> HeaderOf(string path)
    {
        var line = File.ReadLines(path).FirstOrDefault(l => l.Length > 0 && !l.StartsWith('#'));
        if (line is null) return [];
        try
        {
            using var csv = CsvReader.FromText(line, new CsvReaderOptions { TrimWhitespace = true });
            return [.. csv.Headers];
        }
        catch (CsvFormatException)
        {
            return line.Split(',');
        }
    }
}
