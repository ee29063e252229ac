namespace Marrow.Numerics.SteadyStates;

/// <summary>L and U of a sparse matrix: Gaussian elimination with pivots of least fill (Markowitz 1957, doi:10.1287/mnsc.3.3.255) among
/// those that are not small beside their row (threshold pivoting; Duff, Erisman and Reid 2017, ISBN 978-0-19-850838-0, chapters 5 and 7).
/// For matrices whose columns are of like size.</summary>
internal sealed class SparseFactors
{
    /// <summary>A pivot is at least this share of the largest entry of its row, so entries grow by a factor of 11 a step at most.</summary>
    private const double Threshold = 0.1;

    /// <summary>Rows with the fewest entries that are looked at for a pivot.</summary>
    private const int RowsLookedAt = 4;

    private readonly int _n;
    private readonly Row[] _rows;
    private readonly HashSet<int>[] _rowsOf;
    private readonly int[] _place;
    private readonly (int Row, int Column, double Pivot)[] _pivots;
    private readonly List<(int Row, double Factor)>[] _lower;

    private SparseFactors(int n, Row[] rows)
    {
        (_n, _rows, _place, _pivots) = (n, rows, new int[n], new (int, int, double)[n]);
        Array.Fill(_place, -1);
        _rowsOf = [.. Enumerable.Range(0, n).Select(_ => new HashSet<int>())];
        _lower = [.. Enumerable.Range(0, n).Select(_ => new List<(int, double)>())];
        for (var i = 0; i < n; i++)
            foreach (var column in rows[i].Columns) _rowsOf[column].Add(i);
    }

    /// <summary>Entries of L and U, for judging fill.</summary>
    public int Count => _lower.Sum(l => l.Count) + _rows.Sum(r => r.Columns.Count) + _n;

    /// <summary>Factorises.</summary>
    /// <param name="rows">The rows: columns, each once, and entries, all finite; consumed.</param>
    /// <returns>Null if the matrix is singular.</returns>
    public static SparseFactors? Of(IReadOnlyList<(List<int> Columns, List<double> Entries)> rows)
    {
        var factors = new SparseFactors(rows.Count, [.. rows.Select(r => new Row(r.Columns, r.Entries))]);
        return factors.Eliminate() ? factors : null;
    }

    /// <summary>x of A x = b.</summary>
    /// <param name="right">b; used for work.</param>
    public double[] Solve(double[] right)
    {
        for (var s = 0; s < _n; s++)
        {
            var known = right[_pivots[s].Row];
            if (known == 0) continue;
            foreach (var (row, factor) in _lower[s]) right[row] -= factor * known;
        }
        var x = new double[_n];
        for (var s = _n - 1; s >= 0; s--)
        {
            var (row, column, pivot) = _pivots[s];
            var (columns, entries) = _rows[row];
            var sum = right[row];
            for (var k = 0; k < columns.Count; k++) sum -= entries[k] * x[columns[k]];
            x[column] = sum / pivot;
        }
        return x;
    }

    private bool Eliminate()
    {
        var left = Enumerable.Range(0, _n).ToList();
        for (var step = 0; step < _n; step++)
        {
            if (Pivot(left) is not { } at) return false;
            left.Remove(at.Row);
            var pivotRow = _rows[at.Row];
            var pivot = pivotRow.Take(at.Column);
            _pivots[step] = (at.Row, at.Column, pivot);
            foreach (var column in pivotRow.Columns) _rowsOf[column].Remove(at.Row);
            foreach (var i in _rowsOf[at.Column])
            {
                if (i == at.Row) continue;
                var factor = _rows[i].Take(at.Column) / pivot;
                if (factor == 0) continue;
                Subtract(i, pivotRow, factor);
                _lower[step].Add((i, factor));
            }
        }
        return true;
    }

    /// <summary>The pivot of least fill among those large enough; the larger of equals. Null if a row is empty or 0.</summary>
    private (int Row, int Column)? Pivot(List<int> left)
    {
        var (best, least, size) = (((int, int)?)null, long.MaxValue, 0.0);
        foreach (var i in Shortest(left))
        {
            var (columns, entries) = _rows[i];
            var largest = 0.0;
            foreach (var entry in entries) largest = Math.Max(largest, Math.Abs(entry));
            if (!(largest > 0)) return null;
            for (var k = 0; k < columns.Count; k++)
            {
                var share = Math.Abs(entries[k]) / largest;
                var fill = (columns.Count - 1L) * (_rowsOf[columns[k]].Count - 1);
                if (share < Threshold || fill > least || (fill == least && share <= size)) continue;
                (best, least, size) = ((i, columns[k]), fill, share);
            }
        }
        return best;
    }

    private List<int> Shortest(List<int> left)
    {
        var found = new List<int>(RowsLookedAt + 1);
        foreach (var i in left)
        {
            var at = found.Count;
            while (at > 0 && _rows[found[at - 1]].Columns.Count > _rows[i].Columns.Count) at--;
            if (at >= RowsLookedAt) continue;
            found.Insert(at, i);
            if (found.Count > RowsLookedAt) found.RemoveAt(RowsLookedAt);
        }
        return found;
    }

    private void Subtract(int i, Row pivotRow, double factor)
    {
        var (columns, entries) = _rows[i];
        for (var k = 0; k < columns.Count; k++) _place[columns[k]] = k;
        var before = columns.Count;
        for (var k = 0; k < pivotRow.Columns.Count; k++)
        {
            var column = pivotRow.Columns[k];
            var change = factor * pivotRow.Entries[k];
            if (_place[column] >= 0) entries[_place[column]] -= change;
            else
            {
                columns.Add(column);
                entries.Add(-change);
                _rowsOf[column].Add(i);
            }
        }
        for (var k = 0; k < before; k++) _place[columns[k]] = -1;
    }

    private sealed record Row(List<int> Columns, List<double> Entries)
    {
        /// <summary>Takes an entry out.</summary>
        public double Take(int column)
        {
            var (at, last) = (Columns.IndexOf(column), Columns.Count - 1);
            var entry = Entries[at];
            (Columns[at], Entries[at]) = (Columns[last], Entries[last]);
            Columns.RemoveAt(last);
            Entries.RemoveAt(last);
            return entry;
        }
    }
}
