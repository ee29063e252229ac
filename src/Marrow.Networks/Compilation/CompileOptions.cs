namespace Marrow.Networks.Compilation;

/// <summary>How a network is compiled.</summary>
public sealed record CompileOptions
{
    /// <summary>Assignment-rule variables (or species, parameters, reactions) to compute as observables; empty means none.</summary>
    public IReadOnlyList<string> Observables { get; init; } = [];

    /// <summary>Species are read as max(x, 0) in rate laws and may not undershoot: for networks of cells and molecules.</summary>
    public bool NonNegativeSpecies { get; init; }

    /// <summary>Scale of the absolute tolerance by state, in the unit of the state; where none is given the size
    /// of its compartment for a species that formulas read as a concentration, and 1 for all others.</summary>
    public IReadOnlyDictionary<string, double> AbsoluteScale { get; init; } = new Dictionary<string, double>();

    /// <summary>Populations that are counted while they are small; their switches become parameters and events of the compiled model.</summary>
    public IReadOnlyList<CountedPopulation> Counted { get; init; } = [];

    /// <summary>Statements in one generated method: the run-time compiler handles very large methods badly.</summary>
    public int ChunkNodes { get; init; } = 300;
}
