using Marrow.Networks.Provenance;

namespace Marrow.Trials.Studies;

/// <summary>Counts the numbers behind a study by provenance and lists its assumptions.</summary>
internal static class NumberCensus
{
    private const string Unverified = "unverified:";

    /// <summary>Counts of model, population, regimens and clinical tables.</summary>
    public static ParameterCounts Count(Study study)
    {
        var all = All(study).ToArray();
        return new ParameterCounts(
            all.Count(n => n.Kind == ParameterKind.Measured), all.Count(n => n.Kind == ParameterKind.Fitted), all.Count(n => n.Kind == ParameterKind.Assumed),
            all.Count(n => n.Kind != ParameterKind.Assumed && n.Source.StartsWith(Unverified, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Every assumption, file by file.</summary>
    public static IReadOnlyList<Assumption> Assumptions(Study study) =>
        [.. All(study).Where(n => n.Kind == ParameterKind.Assumed).Select(n => new Assumption(n.Name, n.Value, n.Unit, n.Reason, Path.GetFileName(n.File)))];

    /// <summary>Writes every number of a study with its provenance.</summary>
    public static void Write(Study study, string folder) => CsvTable.Write(folder, "numbers.csv", ["name", "value", "unit", "kind", "source", "reason", "file"],
        All(study).Select(n => new object?[] { n.Name, n.Value, n.Unit, n.Kind, n.Kind == ParameterKind.Assumed ? "" : n.Source, n.Kind == ParameterKind.Assumed ? n.Reason : "", Path.GetFileName(n.File) }));

    private static IEnumerable<(string Name, double Value, string Unit, ParameterKind Kind, string Source, string Reason, string File)> All(Study study)
    {
        foreach (var row in study.Parts.Model.Parameters.Rows.Where(r => r.Kind != ParameterKind.Switch))
            yield return (row.Id, row.Value, row.Unit, row.Kind, row.Source, row.Note, row.Where.File);
        foreach (var number in study.Parts.Population.Numbers.Concat(study.Arms.SelectMany(a => a.Regimens.SelectMany(r => r.Numbers).Concat(a.Crossover?.Numbers ?? []))).DistinctBy(n => (n.Where, n.Name)))
            yield return (number.Name, number.Value, number.Unit, number.Provenance.Kind, number.Provenance.Text, number.Provenance.Text, number.Where.File);
        foreach (var number in study.Numbers)
            yield return (number.Name, number.Value, number.Unit, number.Provenance.Kind, number.Provenance.Text, number.Provenance.Text, number.Where.File);
        foreach (var value in study.Parts.Clinical.Values)
            yield return (value.Id, value.Value, value.Unit, Enum.Parse<ParameterKind>(value.Kind.ToString()), value.Source, value.Note, value.File);
    }
}
