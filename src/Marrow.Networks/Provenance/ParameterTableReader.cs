using System.Globalization;
using CsvHelper;
using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Provenance;

/// <summary>Reads and checks one parameter table.</summary>
internal sealed class ParameterTableReader(string path, Reporter reporter)
{
    public const string Columns = "id,value,unit,lower,upper,distribution,kind,source,locator,system,note";
    private const string LogNormal = "lognormal(";

    private readonly Dictionary<string, ParameterRecord> _rows = new(StringComparer.Ordinal);

    public ParameterTable Read()
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reporter.Error(ErrorCodes.BadTable, new SourceSpan(path, 0, 0, 1), $"cannot read '{path}'", e.Message);
            return ParameterTable.Empty;
        }
        reporter.AddSource(path, text);
        var options = new CsvReaderOptions
        {
            Separator = ',',
            CommentPrefix = '#',
            TrimWhitespace = true,
            TrackLineNumbers = true,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = Malformed,
        };
        using var csv = CsvReader.FromText(text, options);
        var header = csv.Headers.ToList();
        var missing = Columns.Split(',').Except(header).ToList();
        var unknown = header.Except(Columns.Split(',')).ToList();
        if (missing.Count > 0) reporter.Error(ErrorCodes.BadTable, Line(1), $"columns missing: {string.Join(", ", missing)}", "", Columns);
        foreach (var column in unknown) reporter.Error(ErrorCodes.BadTable, Line(1), $"column '{column}' is unknown", "", Spelling.Hint(column, missing, "removing it"));
        if (missing.Count > 0) return ParameterTable.Empty;
        while (csv.Read()) Row(csv);
        return new ParameterTable(_rows.Values);
    }

    private SourceSpan Line(long line) => new(path, (int)line, 0, 1);

    private void Malformed(CsvMalformedRecord bad)
    {
        if (bad.Reason == CsvMalformedReason.FieldCountMismatch) reporter.Error(ErrorCodes.BadTable, Line(bad.LineNumber), "the row has more or fewer cells than the header", "", "quotes around a cell that contains a comma");
        else reporter.Error(ErrorCodes.BadTable, Line(bad.LineNumber), "the quotes of the row do not match", "", "doubling a quote inside a quoted cell");
    }

    private void Row(CsvReader csv)
    {
        var where = Line(csv.LineNumber);
        var before = reporter.Bag.Items.Count;
        string Cell(string column) => csv.GetString(column).Trim();
        var id = Cell("id");
        if (id.Length == 0)
        {
            reporter.Error(ErrorCodes.BadTable, where, "a row without id", "", Columns);
            return;
        }
        var value = Number(id, "value", Cell("value"), where);
        if (Cell("value").Length == 0) reporter.Error(ErrorCodes.NotANumber, where, $"'{id}' has no value");
        var kind = Kind(id, Cell("kind"), where);
        var record = new ParameterRecord(id, value ?? 0, Cell("unit"), Number(id, "lower", Cell("lower"), where), Number(id, "upper", Cell("upper"), where),
            Distribution(id, Cell("distribution"), where), kind ?? ParameterKind.Assumed, Cell("source"), Cell("locator"), Cell("system"), Cell("note"), where);
        Check(record);
        if (kind is not null) CheckProvenance(record);
        if (reporter.Bag.Items.Skip(before).Any(d => d.Severity == Severity.Error)) return;
        if (_rows.TryGetValue(id, out var first)) reporter.Error(ErrorCodes.DuplicateRow, where, $"'{id}' stands twice", $"first on line {first.Where.Line}", "removing one row");
        else _rows.Add(id, record);
    }

    private void Check(ParameterRecord row)
    {
        if (row.Unit.Length == 0) reporter.Error(ErrorCodes.MissingUnit, row.Where, $"'{row.Id}' has no unit", "", "1, if it is a pure number");
        else if (!Units.Unit.TryParse(row.Unit, null, out _, out var problem)) reporter.Error(ErrorCodes.UnknownUnit, row.Where, $"unit '{row.Unit}' of '{row.Id}': {problem}", "", "a unit such as pM/d/G, mg/L, 1/d or 1");
        if (row.Lower > row.Upper) reporter.Error(ErrorCodes.OutOfRange, row.Where, $"range of '{row.Id}' is empty: {row.Lower} to {row.Upper}");
        else if (row.Value < row.Lower || row.Value > row.Upper) reporter.Error(ErrorCodes.OutOfRange, row.Where, $"'{row.Id}' = {row.Value} is outside {row.Lower?.ToString(CultureInfo.InvariantCulture) ?? "-inf"} to {row.Upper?.ToString(CultureInfo.InvariantCulture) ?? "inf"}");
        if (row.LogSd is not null && row.Value <= 0) reporter.Error(ErrorCodes.UnknownDistribution, row.Where, $"'{row.Id}' = {row.Value} cannot vary log-normally", "a log-normal median is above 0", "fixed");
    }

    private void CheckProvenance(ParameterRecord row)
    {
        if (row.Kind == ParameterKind.Assumed && row.Note.Length == 0) reporter.Error(ErrorCodes.MissingReason, row.Where, $"assumption '{row.Id}' has no reason", "", "the reason in the column note");
        if (row.Kind == ParameterKind.Switch && row.Note.Length == 0) reporter.Error(ErrorCodes.MissingReason, row.Where, $"switch '{row.Id}' does not say what it switches", "", "the mechanism in the column note");
        if (row.Kind is ParameterKind.Measured or ParameterKind.Fitted && row.Source.Length == 0) reporter.Error(ErrorCodes.MissingSource, row.Where, $"'{row.Id}' is {row.Kind.ToString().ToLowerInvariant()} and has no source", "", "a DOI, an address, or 'unverified: ...'");
    }

    private double? Number(string id, string column, string cell, SourceSpan where)
    {
        if (cell.Length == 0) return null;
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsNaN(value) && (double.IsFinite(value) || column != "value")) return value;
        reporter.Error(ErrorCodes.NotANumber, where, $"{column} of '{id}' is '{cell}'", "", "a number with a decimal point");
        return null;
    }

    private double? Distribution(string id, string cell, SourceSpan where)
    {
        if (cell.Length == 0 || cell == "fixed") return null;
        if (cell.StartsWith(LogNormal, StringComparison.Ordinal) && cell.EndsWith(')')
            && double.TryParse(cell[LogNormal.Length..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var sd) && sd > 0 && double.IsFinite(sd)) return sd;
        reporter.Error(ErrorCodes.UnknownDistribution, where, $"distribution of '{id}' is '{cell}'", "", "fixed, or lognormal(0.3) with the standard deviation of the logarithm");
        return null;
    }

    private ParameterKind? Kind(string id, string cell, SourceSpan where)
    {
        switch (cell)
        {
            case "measured":
                return ParameterKind.Measured;
            case "fitted":
                return ParameterKind.Fitted;
            case "assumed":
                return ParameterKind.Assumed;
            case "switch":
                return ParameterKind.Switch;
        }
        reporter.Error(ErrorCodes.UnknownKind, where, $"kind of '{id}' is '{cell}'", "", Spelling.Hint(cell, ["measured", "fitted", "assumed", "switch"], "measured, fitted, assumed or switch"));
        return null;
    }
}
