using Marrow.Numerics.Ode;

namespace Marrow.Networks.Compilation;

/// <summary>Places in the matrix block: entries of the Jacobian, then the factors in the order in which the solve reads them, then
/// the vector that passes from piece to piece of the solve. Shared terms are unknowns after the states.</summary>
internal sealed class LinearLayout
{
    private readonly Dictionary<(int Row, int Column), int> _jacobian = [], _factors = [];
    private readonly IReadOnlyDictionary<int, ImplicitRow> _mass;

    /// <param name="states">States.</param>
    /// <param name="terms">Shared terms.</param>
    /// <param name="entries">Where the matrix of derivatives is not 0.</param>
    /// <param name="mass">E of E y' = g where a row of it is not that of 1, by state.</param>
    public LinearLayout(int states, int terms, IReadOnlyList<(int Row, int Column)> entries, IReadOnlyDictionary<int, ImplicitRow>? mass = null)
    {
        _mass = mass ?? new Dictionary<int, ImplicitRow>();
        (States, Unknowns) = (states, states + terms);
        for (var k = 0; k < entries.Count; k++) _jacobian[entries[k]] = k;
        var pattern = mass is null ? entries : [.. entries, .. mass.SelectMany(row => row.Value.Mass.Keys.Select(column => (row.Key, column)))];
        Pivots = PivotOrder.Find(Unknowns, pattern, mass?.Where(row => row.Value.IsLate).Select(row => row.Key).ToHashSet());
        var at = entries.Count;
        for (var i = 0; i < Unknowns; i++)
        {
            foreach (var j in Pivots.Lower[i]) _factors[(i, j)] = at++;
        }
        for (var i = Unknowns - 1; i >= 0; i--)
        {
            _factors[(i, i)] = at++;
            foreach (var j in Pivots.Upper[i]) _factors[(i, j)] = at++;
        }
        Work = at;
    }

    public int States { get; }

    /// <summary>States and shared terms: the rows of the matrix.</summary>
    public int Unknowns { get; }

    public PivotOrder Pivots { get; }

    /// <summary>First place of the vector that passes between pieces.</summary>
    public int Work { get; }

    /// <summary>Size of the block.</summary>
    public int Vectors => Work + Unknowns;

    /// <summary>Entries of L + U.</summary>
    public int FactorCount => _factors.Count;

    /// <summary>Multiply-adds of one factorisation.</summary>
    public long MultiplyAdds => Pivots.Lower.Sum(row => row.Sum(k => (long)Pivots.Upper[k].Length));

    /// <summary>The same for loops.</summary>
    public FactorPattern Pattern()
    {
        var positions = new int[Unknowns];
        for (var i = 0; i < Unknowns; i++) positions[Pivots.Order[i]] = i;
        var rows = _jacobian.ToLookup(e => positions[e.Key.Row], e => (Column: positions[e.Key.Column], Place: e.Value));
        return new FactorPattern
        {
            States = States,
            Order = Pivots.Order,
            Lower = Pivots.Lower,
            Upper = Pivots.Upper,
            Columns = [.. Enumerable.Range(0, Unknowns).Select(i => rows[i].Select(e => e.Column).ToArray())],
            Entries = [.. Enumerable.Range(0, Unknowns).Select(i => rows[i].Select(e => e.Place).ToArray())],
            LowerPlace = [.. Enumerable.Range(0, Unknowns).Select(i => Pivots.Lower[i] is [var first, ..] ? Factor(i, first) : 0)],
            DiagonalPlace = [.. Enumerable.Range(0, Unknowns).Select(i => Factor(i, i))],
            Work = Work,
        };
    }

    /// <summary>Place of df/dy at positions (row, column) of the pivot order, or -1 where it is 0.</summary>
    public int Jacobian(int row, int column) => _jacobian.GetValueOrDefault((Pivots.Order[row], Pivots.Order[column]), -1);

    /// <summary>Whether the row of E at a position is not that of 1, and its entry; null where that is 0.</summary>
    public bool HasMass(int row, int column, out Node? entry)
    {
        entry = null;
        if (!_mass.TryGetValue(Pivots.Order[row], out var own)) return false;
        entry = own.Mass.GetValueOrDefault(Pivots.Order[column]);
        return true;
    }

    /// <summary>Whether the row at a position defines a shared term.</summary>
    public bool IsTerm(int position) => Pivots.Order[position] >= States;

    /// <summary>Place of a factor. On the diagonal stands the reciprocal pivot.</summary>
    public int Factor(int row, int column) => _factors[(row, column)];
}
