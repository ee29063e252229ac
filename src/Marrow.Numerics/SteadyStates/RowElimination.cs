namespace Marrow.Numerics.SteadyStates;

/// <summary>Gaussian elimination of rows that come one after another, sparse: which rows are combinations of those before them.</summary>
internal sealed class RowElimination
{
    /// <summary>What is left of an entry after cancelling, relative to what was cancelled, is rounding.</summary>
    private const double Rounding = 1e-10;

    private readonly Dictionary<int, int> _orderOf = [];
    private readonly List<(int Column, Dictionary<int, double> Row, Dictionary<int, double> From)> _pivots = [];

    /// <summary>Of each row that was a combination: the factors of all rows that together give nothing.</summary>
    public List<Dictionary<int, double>> Laws { get; } = [];

    /// <summary>Takes a row.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="row">Its entries by column; consumed.</param>
    public void Add(int number, Dictionary<int, double> row)
    {
        var from = new Dictionary<int, double> { [number] = 1 };
        // A row that became a pivot has no entry left in the columns of earlier pivots, so each is due once.
        var due = new SortedSet<int>(Orders(row));
        while (due.Count > 0)
        {
            var order = due.Min;
            due.Remove(order);
            var pivot = _pivots[order];
            if (!row.TryGetValue(pivot.Column, out var value)) continue;
            var factor = value / pivot.Row[pivot.Column];
            Subtract(row, pivot.Row, factor);
            row.Remove(pivot.Column);
            Subtract(from, pivot.From, factor);
            due.UnionWith(Orders(pivot.Row).Where(o => o > order));
        }
        if (row.Count == 0)
        {
            Laws.Add(from);
            return;
        }
        var column = Largest(row);
        _orderOf[column] = _pivots.Count;
        _pivots.Add((column, row, from));
    }

    /// <summary>Column of the largest entry, the first of equals.</summary>
    public static int Largest(Dictionary<int, double> row) => row.OrderByDescending(e => Math.Abs(e.Value)).ThenBy(e => e.Key).First().Key;

    /// <summary>row - factor * other.</summary>
    public static void Subtract(Dictionary<int, double> row, Dictionary<int, double> other, double factor)
    {
        foreach (var (column, entry) in other)
        {
            var (before, taken) = (row.GetValueOrDefault(column), factor * entry);
            var value = before - taken;
            if (Math.Abs(value) <= Rounding * Math.Max(Math.Abs(before), Math.Abs(taken))) row.Remove(column);
            else row[column] = value;
        }
    }

    private IEnumerable<int> Orders(Dictionary<int, double> row) => row.Keys.Where(_orderOf.ContainsKey).Select(column => _orderOf[column]);
}
