namespace Marrow.Networks.Compilation;

/// <summary>A population that is counted while it is small: all species of one kind of cell.</summary>
/// <param name="Name">Name for reports.</param>
/// <param name="Species">Its species, place by place.</param>
/// <param name="Below">Counted from fewer cells than this on ...</param>
/// <param name="Above">... until it has more than this. Range: above <paramref name="Below"/>.</param>
public sealed record CountedPopulation(string Name, IReadOnlyList<string> Species, double Below, double Above)
{
    /// <summary>Parameter that holds what one cell is in the unit of the species; without it a cell is 1.</summary>
    public const string OneCell = "OneCell";

    /// <summary>Parameter that switches the continuous change of the species: 1 while they are continuous, 0 while they are counted.</summary>
    internal string Gate => $"Large__{Name}";

    /// <summary>Parameter below which the sum of the species calls the event; -1: never.</summary>
    internal string Floor => $"Few__{Name}";
}
