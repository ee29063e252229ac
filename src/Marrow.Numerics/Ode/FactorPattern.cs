namespace Marrow.Numerics.Ode;

/// <summary>Where the entries of I - gamma J and of its factors stand, in the order of elimination. Unknowns from the number of states on are
/// terms that states share; their rows define them.</summary>
public sealed record FactorPattern
{
    /// <summary>Number of states.</summary>
    public required int States { get; init; }

    /// <summary>The unknown eliminated at each position.</summary>
    public required IReadOnlyList<int> Order { get; init; }

    /// <summary>Columns of L left of the diagonal in each row, as positions, ascending; their places begin at <see cref="LowerPlace"/>.</summary>
    public required int[][] Lower { get; init; }

    /// <summary>Columns of U right of the diagonal in each row, as positions, ascending; their places follow that of the diagonal.</summary>
    public required int[][] Upper { get; init; }

    /// <summary>Columns of each row at which the Jacobian has an entry, as positions.</summary>
    public required int[][] Columns { get; init; }

    /// <summary>Places of those entries in the matrix block.</summary>
    public required int[][] Entries { get; init; }

    /// <summary>Place of the first factor left of the diagonal in each row.</summary>
    public required int[] LowerPlace { get; init; }

    /// <summary>Place of the diagonal of each row, which holds the reciprocal pivot.</summary>
    public required int[] DiagonalPlace { get; init; }

    /// <summary>First of as many places as there are unknowns, for work.</summary>
    public required int Work { get; init; }
}
