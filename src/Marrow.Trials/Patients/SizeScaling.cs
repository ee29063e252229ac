using System.Globalization;
using CsvHelper;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Patients;

/// <summary>How parameters and start values follow the patient's size and age. By default a quantity in cells to a power (unit G^n)
/// is multiplied by the size factor to that power; a row of the table (parameter, factor, ..., source, note) says otherwise: its factor
/// is 1, or a product of patient values such as <c>size*fT</c> or <c>weight^0.75</c>.</summary>
internal sealed class SizeScaling
{
    /// <summary>Columns of the table.</summary>
    internal static readonly string[] Columns = ["parameter", "factor", "source", "note"];

    private readonly Dictionary<string, IReadOnlyList<ScaleFactor>> _rows = new(StringComparer.Ordinal);
    private readonly string _sizeFactor;

    private SizeScaling(string sizeFactor) => _sizeFactor = sizeFactor;

    /// <summary>Names that the table speaks of, with the line of each.</summary>
    public Dictionary<string, SourceSpan> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Values of the patient that factors read.</summary>
    public IEnumerable<string> ValuesRead => _rows.Values.SelectMany(f => f).Select(f => f.Value).Append(_sizeFactor);

    /// <summary>Reads the table; factors may use the <paramref name="values"/> of a patient.</summary>
    public static SizeScaling Load(string path, string sizeFactor, IReadOnlyCollection<string> values, DiagnosticBag bag)
    {
        var scaling = new SizeScaling(sizeFactor);
        try
        {
            using var csv = CsvReader.FromFile(path, new CsvReaderOptions { TrackLineNumbers = true, CommentPrefix = '#', TrimWhitespace = true });
            string[] missing = [.. Columns.Where(c => !csv.Headers.Contains(c))];
            foreach (var column in missing) bag.Error(StudyCodes.BadRow, $"the column '{column}' is missing", new SourceSpan(path, 1, 1, 1));
            if (missing.Length > 0) return scaling;
            while (csv.Read())
            {
                var where = new SourceSpan(path, (int)csv.LineNumber, 1, 1);
                var name = csv.GetString("parameter");
                if (csv.GetString("source").Length + csv.GetString("note").Length == 0)
                    bag.Error(StudyCodes.NoProvenance, $"the factor of '{name}' has neither source nor note", where);
                if (!scaling._rows.TryAdd(name, Parse(csv.GetString("factor"), values, where, bag)))
                    bag.Error(StudyCodes.Duplicate, $"'{name}' appears twice", where);
                scaling.Names[name] = where;
            }
        }
        catch (Exception e) when (e is IOException or CsvFormatException or IndexOutOfRangeException)
        {
            bag.Error(StudyCodes.Unreadable, $"cannot read '{path}'", new SourceSpan(path, 0, 0, 1), e.Message, "check the path and the commas of each row");
        }
        return scaling;
    }

    /// <summary>Factors of a quantity whose unit holds cells to the power <paramref name="cells"/>.</summary>
    public IReadOnlyList<ScaleFactor> Of(string name, double cells) =>
        _rows.TryGetValue(name, out var factors) ? factors : cells == 0 ? [] : [new ScaleFactor(_sizeFactor, cells)];

    private static List<ScaleFactor> Parse(string text, IReadOnlyCollection<string> values, SourceSpan where, DiagnosticBag bag)
    {
        var factors = new List<ScaleFactor>();
        if (text == "1") return factors;
        foreach (var term in text.Split('*', StringSplitOptions.TrimEntries))
        {
            var parts = term.Split('^');
            var power = 1.0;
            if (parts.Length > 2 || (parts.Length == 2 && !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out power)))
                bag.Error(StudyCodes.BadRow, $"'{term}' is not a name, or a name^power", where, "", "such as weight^0.75");
            else if (!values.Contains(parts[0]))
                bag.Error(StudyCodes.UnknownName, $"'{parts[0]}' is not a value of the patient", where, "", Suggestion.For(parts[0], values));
            else factors.Add(new ScaleFactor(parts[0], power));
        }
        return factors;
    }
}
