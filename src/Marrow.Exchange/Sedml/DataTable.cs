using System.Globalization;
using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Sedml;

/// <summary>A dimension of data: the values of its index, in the order of the file.</summary>
/// <param name="Id">Its name in the document.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Index">Values of the index.</param>
internal sealed record DataDimension(string Id, string Name, IReadOnlyList<string> Index)
{
    public bool IsCalled(string name) => name.Length > 0 && (name == Id || name == Name);
}

/// <summary>A value of data: its place along each dimension, and its text, which need not be a number.</summary>
internal readonly record struct DataCell(int[] Place, string Text);

/// <summary>Data along dimensions. A table has two: rows, which count from 0, and columns, which have names.</summary>
/// <param name="File">How messages name the file.</param>
/// <param name="IsTable">Whether it is a table.</param>
/// <param name="Dimensions">The dimensions.</param>
/// <param name="Cells">The values, the last dimension running fastest.</param>
internal sealed record DataTable(string File, bool IsTable, IReadOnlyList<DataDimension> Dimensions, IReadOnlyList<DataCell> Cells)
{
    private const int MostNames = 8;

    /// <summary>The numbers of a data source; null, with the reason reported, if there are none.</summary>
    public double[]? Of(SedDataSource source, DiagnosticBag bag)
    {
        var chosen = new HashSet<int>?[Dimensions.Count];
        if (source.IndexSet.Length > 0)
        {
            if (Dimensions.FirstOrDefault(d => d.IsCalled(source.IndexSet)) is { } dimension) return Numbers(dimension.Index, dimension.Id, source, bag);
            // Some programs name a column by it.
            if (!IsTable || !Choose(chosen, 1, [Dimensions[1].Index.ToList().IndexOf(source.IndexSet)]))
            {
                bag.Error(SedmlCodes.NoSuchData, $"the data have no index '{source.IndexSet}'", source.Where, ColumnsFound(), Spelling.Hint(source.IndexSet, Known(), SedmlCodes.NoSuchData.Cure));
                return null;
            }
        }
        foreach (var slice in source.Slices)
        {
            if (Slice(slice, chosen, bag)) continue;
            return null;
        }
        return Numbers([.. Cells.Where(c => Enumerable.Range(0, chosen.Length).All(d => chosen[d]?.Contains(c.Place[d]) != false)).Select(c => c.Text)], source.Id, source, bag);
    }

    private bool Slice(SedSlice slice, HashSet<int>?[] chosen, DiagnosticBag bag)
    {
        var d = Dimensions.ToList().FindIndex(x => x.IsCalled(slice.Reference));
        // A table has names only along its columns, whatever a document calls them.
        if (d < 0 && IsTable) d = 1;
        if (d < 0)
        {
            bag.Error(SedmlCodes.NoSuchData, $"the data have no dimension '{slice.Reference}'", slice.Where, "", Spelling.Hint(slice.Reference, Dimensions.Select(x => x.Id), SedmlCodes.NoSuchData.Cure));
            return false;
        }
        var index = Dimensions[d].Index;
        var first = slice.Value is { } value ? PlaceOf(value, index) : slice.First ?? 0;
        var last = slice.Value is not null ? first : Math.Min(slice.Last ?? int.MaxValue, index.Count - 1);
        if (first >= 0 && first <= last && first < index.Count && Choose(chosen, d, Enumerable.Range(first, last - first + 1))) return true;
        bag.Error(SedmlCodes.NoSuchData, slice.Value is null ? $"the data have no such part of '{Dimensions[d].Id}'" : $"the data have no '{slice.Value}' along '{Dimensions[d].Id}'", slice.Where, d == 1 ? ColumnsFound() : "", Spelling.Hint(slice.Value ?? "", index.Take(1000), SedmlCodes.NoSuchData.Cure));
        return false;
    }

    /// <summary>Keeps some places of a dimension; false if there are none.</summary>
    private static bool Choose(HashSet<int>?[] chosen, int dimension, IEnumerable<int> places)
    {
        var own = chosen[dimension] ??= [.. places];
        own.IntersectWith(places);
        own.Remove(-1);
        return own.Count > 0;
    }

    /// <summary>The columns of a table, the first of many.</summary>
    private string ColumnsFound()
    {
        if (!IsTable) return "";
        var columns = Dimensions[1].Index;
        return $"its columns are {string.Join(", ", columns.Take(MostNames))}{(columns.Count > MostNames ? $" and {columns.Count - MostNames} more" : "")}";
    }

    private IEnumerable<string> Known() => Dimensions.Select(d => d.Id).Concat(IsTable ? Dimensions[1].Index : []);

    private static int PlaceOf(string value, IReadOnlyList<string> index)
    {
        for (var i = 0; i < index.Count; i++)
            if (index[i] == value) return i;
        // 1 and 1.0 are one time.
        if (Number(value) is not { } number) return -1;
        for (var i = 0; i < index.Count; i++)
            if (Number(index[i]) == number) return i;
        return -1;
    }

    private double[]? Numbers(IReadOnlyList<string> texts, string what, SedDataSource source, DiagnosticBag bag)
    {
        var numbers = new double[texts.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (Number(texts[i]) is { } number)
            {
                numbers[i] = number;
                continue;
            }
            bag.Error(SedmlCodes.NoNumber, $"value {i + 1} of '{what}' is '{texts[i]}'", new SourceSpan(File, 0, 0, 1), $"the data source '{source.Id}' needs numbers");
            return null;
        }
        return numbers;
    }

    /// <summary>A text as a number; nothing, and what is called so, is a value that is missing.</summary>
    private static double? Number(string text) => text switch
    {
        "" or "." or "NA" or "NaN" or "nan" => double.NaN,
        "INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
    };
}
