using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Sedml;

/// <summary>The data that a document names, read from files beside it. Nothing is fetched: data at an address are away.</summary>
/// <param name="document">The document.</param>
/// <param name="path">Its path among the files.</param>
/// <param name="files">Where data come from.</param>
/// <param name="bag">Receives problems.</param>
internal sealed class DataLibrary(SedmlDocument document, string path, IDocumentFiles files, DiagnosticBag bag)
{
    private readonly Dictionary<string, DataTable?> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]?> _values = new(StringComparer.Ordinal);

    /// <summary>Whether a source lies at an address.</summary>
    public bool IsAway(string id) => DescriptionOf(id) is { } description && DocumentPath.Resolve(path, description.Source) is null;

    /// <summary>The numbers of a data source; null, with the reason reported, if there are none.</summary>
    /// <param name="id">The source.</param>
    /// <param name="where">Place that names it.</param>
    public double[]? Values(string id, SourceSpan where)
    {
        if (_values.TryGetValue(id, out var known)) return known;
        return _values[id] = Find(id, where);
    }

    /// <summary>The document with the values of data in place of ranges that name them.</summary>
    public SedmlDocument WithRanges() => document with
    {
        Tasks = [.. document.Tasks.Select(t => t is SedRepeatedTask repeated ? repeated with { Ranges = [.. repeated.Ranges.Select(r => r is SedDataRange data ? Range(data) : r)] } : t)],
    };

    private SedValueRange Range(SedDataRange range)
    {
        if (IsAway(range.Source)) bag.Error(SedmlCodes.Address, $"the data of the range '{range.Id}'", range.Where);
        var values = IsAway(range.Source) ? null : Values(range.Source, range.Where);
        if (values is { Length: 0 } || values?.All(double.IsFinite) == false) bag.Error(SedmlCodes.BadRange, $"the data source '{range.Source}' of the range '{range.Id}' has {(values.Length == 0 ? "no values" : "missing values")}", range.Where);
        return new SedValueRange(range.Id, values ?? [], range.Where);
    }

    private double[]? Find(string id, SourceSpan where)
    {
        if (DescriptionOf(id) is not { } description)
        {
            var known = document.Data.SelectMany(d => d.Sources).Select(s => s.Id);
            bag.Error(SedmlCodes.UnknownReference, $"the document has no data source '{id}'", where, "", Spelling.Hint(id, known, SedmlCodes.UnknownReference.Cure));
            return null;
        }
        if (!_tables.TryGetValue(description.Id, out var table)) _tables[description.Id] = table = Table(description);
        return table?.Of(description.Sources.First(s => s.Id == id), bag);
    }

    private DataTable? Table(SedDataDescription description)
    {
        var place = DocumentPath.Resolve(path, description.Source)!;
        return DocumentPath.Read(files, place, $"the data file '{description.Source}'", description.Where, bag) is { } text ? new DataFile(files.NameOf(place), bag).Read(text, description) : null;
    }

    private SedDataDescription? DescriptionOf(string id) => document.Data.FirstOrDefault(d => d.Sources.Any(s => s.Id == id));
}
