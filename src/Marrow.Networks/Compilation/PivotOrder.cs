using System.Numerics;

namespace Marrow.Networks.Compilation;

/// <summary>The order in which the diagonal pivots of I - gamma J are eliminated, and the pattern of L + U with its fill-in. Greedy
/// elimination by Markowitz cost or by least fill, repeated with ties broken at random (fixed seed); the order with the fewest
/// multiply-adds is kept. The diagonal is safe: the stepper keeps gamma so small that I dominates where it must.</summary>
internal sealed class PivotOrder
{
    /// <summary>Work spent on looking for a good order, in visited entries.</summary>
    private const long Budget = 40_000_000;

    private const int MostTrials = 60;

    /// <summary>More than any elimination costs.</summary>
    private const double Later = 1e15;

    private PivotOrder(int[] order, ulong[][] rows)
    {
        Order = order;
        var n = order.Length;
        Lower = new int[n][];
        Upper = new int[n][];
        for (var i = 0; i < n; i++)
        {
            var row = rows[order[i]];
            Lower[i] = [.. Enumerable.Range(0, i).Where(j => Has(row, order[j]))];
            Upper[i] = [.. Enumerable.Range(i + 1, n - i - 1).Where(j => Has(row, order[j]))];
        }
    }

    /// <summary>State eliminated at each position.</summary>
    public int[] Order { get; }

    /// <summary>Columns (positions) of L in each row, ascending.</summary>
    public int[][] Lower { get; }

    /// <summary>Columns (positions) of U right of the diagonal, ascending.</summary>
    public int[][] Upper { get; }

    /// <param name="n">Unknowns.</param>
    /// <param name="entries">Where the matrix is not 0.</param>
    /// <param name="late">Pivots that are safe only after all others; null if there are none.</param>
    public static PivotOrder Find(int n, IEnumerable<(int Row, int Column)> entries, IReadOnlySet<int>? late = null)
    {
        var words = (n + 63) / 64;
        var start = Enumerable.Range(0, n).Select(_ => new ulong[words]).ToArray();
        foreach (var (i, j) in entries) Set(start[i], j);
        for (var i = 0; i < n; i++) Set(start[i], i);
        var random = new Random(1);
        PivotOrder? best = null;
        long least = long.MaxValue, spent = 0;
        for (var trial = 0; trial < MostTrials && (trial == 0 || spent * (trial + 1) / trial < Budget); trial++)
        {
            var byFill = trial % 2 == 1 && n <= 512;
            var elimination = new Elimination(start, byFill, trial < 2 ? null : random, late);
            spent += elimination.Work;
            if (elimination.Operations >= least) continue;
            least = elimination.Operations;
            best = new PivotOrder(elimination.Order, elimination.Rows);
        }
        return best!;
    }

    private static bool Has(ulong[] set, int i) => (set[i >> 6] >> (i & 63) & 1) != 0;

    private static void Set(ulong[] set, int i) => set[i >> 6] |= 1UL << (i & 63);

    private static void Clear(ulong[] set, int i) => set[i >> 6] &= ~(1UL << (i & 63));

    /// <summary>One greedy elimination.</summary>
    private sealed class Elimination
    {
        // Rows and columns of what is left to eliminate.
        private readonly ulong[][] _activeRows, _activeColumns;

        public Elimination(ulong[][] start, bool byFill, Random? random, IReadOnlySet<int>? late)
        {
            var n = start.Length;
            Rows = Copy(start);
            _activeRows = Copy(start);
            _activeColumns = [.. start.Select(r => new ulong[r.Length])];
            for (var i = 0; i < n; i++)
            {
                foreach (var j in Members(start[i])) Set(_activeColumns[j], i);
            }
            Order = new int[n];
            var left = Enumerable.Range(0, n).ToList();
            for (var step = 0; step < n; step++)
            {
                var best = left[0];
                var least = double.MaxValue;
                foreach (var k in left)
                {
                    var cost = Cost(k, byFill) + (0.9 * (random?.NextDouble() ?? 0));
                    if (late is not null && late.Contains(k)) cost += Later;
                    if (cost < least) (least, best) = (cost, k);
                }
                left.Remove(best);
                Order[step] = best;
                Eliminate(best);
            }
        }

        /// <summary>Rows of the pattern with its fill-in.</summary>
        public ulong[][] Rows { get; }

        public int[] Order { get; }

        public long Operations { get; private set; }

        public long Work { get; private set; }

        private double Cost(int k, bool byFill)
        {
            var row = _activeRows[k];
            long markowitz = (long)(Size(row) - 1) * (Size(_activeColumns[k]) - 1);
            Work += 2 * row.Length;
            if (!byFill) return markowitz;
            var fill = 0;
            foreach (var i in Members(_activeColumns[k]))
            {
                if (i == k) continue;
                for (var w = 0; w < row.Length; w++) fill += BitOperations.PopCount(row[w] & ~_activeRows[i][w]);
                Work += row.Length;
            }
            return fill + (0.01 * markowitz);
        }

        private void Eliminate(int k)
        {
            Clear(_activeRows[k], k);
            Clear(_activeColumns[k], k);
            int[] rows = [.. Members(_activeColumns[k])], columns = [.. Members(_activeRows[k])];
            Operations += (long)rows.Length * columns.Length;
            foreach (var j in columns) Clear(_activeColumns[j], k);
            foreach (var i in rows)
            {
                Clear(_activeRows[i], k);
                for (var w = 0; w < Rows[i].Length; w++)
                {
                    Rows[i][w] |= _activeRows[k][w];
                    _activeRows[i][w] |= _activeRows[k][w];
                }
                foreach (var j in columns) Set(_activeColumns[j], i);
            }
        }

        private static ulong[][] Copy(ulong[][] rows) => [.. rows.Select(r => (ulong[])r.Clone())];

        private static int Size(ulong[] set)
        {
            var count = 0;
            foreach (var word in set) count += BitOperations.PopCount(word);
            return count;
        }

        private static IEnumerable<int> Members(ulong[] set)
        {
            for (var w = 0; w < set.Length; w++)
            {
                for (var rest = set[w]; rest != 0; rest &= rest - 1) yield return (w << 6) + BitOperations.TrailingZeroCount(rest);
            }
        }
    }
}
