using System.Globalization;
using System.Xml.Linq;
using CsvHelper;
using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Sedml;

/// <summary>Reads files of data: tables with a header, separated by commas or tabs, and NuML (Numerical Markup Language Level 1).</summary>
internal sealed class DataFile(string file, DiagnosticBag bag)
{
    private const int MostCells = 2_000_000;

    /// <summary>The data; null, with the reason reported, if they cannot be read.</summary>
    /// <param name="text">What the file holds.</param>
    /// <param name="description">What the document says of it.</param>
    public DataTable? Read(string text, SedDataDescription description)
    {
        text = text.TrimStart('\uFEFF');
        switch (Format(description, text))
        {
            case "numl": return SafeXml.Parse(text, file, bag)?.Root is { } root ? Numl(root) : null;
            case "csv": return Table(text, ',', description);
            case "tsv": return Table(text, '\t', description);
            default:
                bag.Error(SedmlCodes.Construct, $"data in the format '{description.Format}'", description.Where, "", "a table separated by commas: urn:sedml:format:csv");
                return null;
        }
    }

    private static string Format(SedDataDescription description, string text)
    {
        const string urn = "urn:sedml:format:";
        if (description.Format.StartsWith(urn, StringComparison.Ordinal)) return description.Format[urn.Length..].Split('.')[0];
        if (description.Format.Length > 0) return description.Format;
        if (text.TrimStart().StartsWith('<')) return "numl";
        var header = text[..Math.Max(0, text.IndexOf('\n', StringComparison.Ordinal))];
        return header.Contains('\t', StringComparison.Ordinal) && !header.Contains(',', StringComparison.Ordinal) ? "tsv" : "csv";
    }

    private DataTable? Table(string text, char separator, SedDataDescription description)
    {
        var isBad = false;
        using var csv = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = separator,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = bad =>
            {
                isBad = true;
                bag.Error(SedmlCodes.BadData, bad.Reason == CsvMalformedReason.FieldCountMismatch ? "the row has not as many cells as the header" : "the quotes of the row do not match", new SourceSpan(file, (int)bad.LineNumber, 1, 1));
            },
        });
        string[] columns = [.. csv.Headers.Select(h => h.Trim())];
        if (columns.Length == 0 || columns.All(c => c.Length == 0)) return Bad("the table has no header", 1);
        if (columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) return Bad($"the table has two columns '{twice.Key}'", 1);
        if (columns is [var only] && only.Contains(';', StringComparison.Ordinal)) return Bad($"the header '{only}' is one column: semicolons do not separate cells", 1);
        var cells = new List<DataCell>();
        var rows = 0;
        for (; csv.Read(); rows++)
        {
            if (cells.Count + columns.Length > MostCells) return TooMuch();
            for (var c = 0; c < columns.Length; c++) cells.Add(new DataCell([rows, c], csv.GetString(c).Trim()));
        }
        if (isBad) return null;
        DataDimension across = new("Index", "", [.. Enumerable.Range(0, rows).Select(i => i.ToString(CultureInfo.InvariantCulture))]), down = new("ColumnIds", "", columns);
        if (description.Dimensions is [var outer, var inner]) (across, down) = (across with { Id = outer.Id, Name = outer.Name }, down with { Id = inner.Id, Name = inner.Name });
        return new DataTable(file, IsTable: true, [across, down], cells);
    }

    private DataTable? Numl(XElement root)
    {
        if (root.Descendants().FirstOrDefault(e => e.Name.LocalName == "resultComponent") is not { } component) return Bad("the file is no NuML: it has no 'resultComponent'", 1);
        if (Xml.Child(component, "dimensionDescription") is not { } description || Xml.Child(component, "dimension") is not { } dimension) return Bad("'resultComponent' without 'dimensionDescription' and 'dimension'", component);
        var described = SedDataDescription.DimensionsOf(description);
        if (described.Count == 0) return Bad("'dimensionDescription' without 'compositeDescription'", description);
        var index = described.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal)).ToArray();
        var cells = new List<DataCell>();
        var open = new Stack<(XElement Element, int[] Place)>(dimension.Elements().Reverse().Select(e => (e, Array.Empty<int>())));
        while (open.TryPop(out var at))
        {
            var (element, place) = at;
            if (cells.Count > MostCells) return TooMuch();
            switch (element.Name.LocalName)
            {
                case "compositeValue" when place.Length < index.Length:
                    var value = ((string?)element.Attribute("indexValue") ?? "").Trim();
                    var own = index[place.Length];
                    if (!own.TryGetValue(value, out var number)) own[value] = number = own.Count;
                    foreach (var child in element.Elements().Reverse()) open.Push((child, [.. place, number]));
                    break;
                case "atomicValue" when place.Length == index.Length:
                    cells.Add(new DataCell(place, element.Value.Trim()));
                    break;
                case "notes" or "annotation": break;
                default: return Bad($"'{element.Name.LocalName}' where the description of the dimensions has none", element);
            }
        }
        return new DataTable(file, IsTable: false, [.. described.Select((d, i) => new DataDimension(d.Id, d.Name, [.. index[i].Keys]))], cells);
    }

    private DataTable? Bad(string what, XElement at) => Bad(what, SafeXml.Where(at, file).Line);

    private DataTable? Bad(string what, int line)
    {
        bag.Error(SedmlCodes.BadData, what, new SourceSpan(file, line, 1, 1));
        return null;
    }

    private DataTable? TooMuch()
    {
        bag.Error(SedmlCodes.TooMuch, $"more than {MostCells} values of data", new SourceSpan(file, 0, 0, 1));
        return null;
    }
}
