namespace Marrow.Numerics.Jumps;

/// <summary>A population whose members are counted while they are few: the states of one kind of cell at all its places.</summary>
/// <param name="Name">Name for reports.</param>
/// <param name="States">Its states.</param>
/// <param name="Gate">Parameter that multiplies the derivatives of its states: 1 while it is continuous, 0 while it is counted.</param>
/// <param name="Floor">Parameter with which the event compares the sum of its states; -1 while it is counted, so that it does not occur.</param>
/// <param name="Event">Event that occurs when the sum of its states falls below the floor.</param>
/// <param name="Below">It is counted from fewer cells than this on ...</param>
/// <param name="Above">... until it has more than this. Range: above <paramref name="Below"/>.</param>
public sealed record CountedGroup(string Name, IReadOnlyList<int> States, int Gate, int Floor, int Event, double Below, double Above);

/// <summary>By how many cells a reaction changes a counted state.</summary>
/// <param name="State">Which state.</param>
/// <param name="Cells">Cells more; negative for fewer.</param>
public readonly record struct CountedChange(int State, int Cells);

/// <summary>A reaction that changes counted states.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">The counted state to which its rate is proportional, or -1: then it is an inflow from the environment.</param>
/// <param name="Changes">What it changes.</param>
public sealed record CountedReaction(string Name, int Source, IReadOnlyList<CountedChange> Changes);

/// <summary>Hazards of the counted reactions at a point: per cell of the source and time, or, without a source, the rate in the unit of
/// the states per time.</summary>
/// <param name="time">Time.</param>
/// <param name="states">All states.</param>
/// <param name="parameters">All parameters.</param>
/// <param name="hazards">One for each reaction; filled.</param>
public delegate void HazardFunction(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, Span<double> hazards);

/// <summary>Which states of a system are counted while they are few, and the reactions among them.</summary>
public sealed record CountedSystem
{
    /// <summary>The populations. No state belongs to two.</summary>
    public required IReadOnlyList<CountedGroup> Groups { get; init; }
    /// <summary>The reactions that change their states.</summary>
    public required IReadOnlyList<CountedReaction> Reactions { get; init; }
    /// <summary>Their hazards.</summary>
    public required HazardFunction Hazards { get; init; }
    /// <summary>Parameter that holds what one cell is in the unit of the states; -1 if a cell is 1.</summary>
    public required int OneCell { get; init; }
    /// <summary>Number of the first event that belongs to a group; those before are the system's own.</summary>
    public required int FirstEvent { get; init; }
}

/// <summary>How counted populations are followed.</summary>
public sealed record HybridOptions
{
    /// <summary>Longest interval over which hazards are taken as linear in time, in the unit of time.</summary>
    public double MaxInterval { get; init; } = 2;

    /// <summary>First interval after a discontinuity, as a share of the longest.</summary>
    public double FirstShare { get; init; } = 1.0 / 64;

    /// <summary>Error that the linear course of a hazard may leave in the logarithm of a mean, for each interval.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>The continuous part learns of counts when they have changed by more than this, in the unit of the states: a little
    /// above what its tolerance lets it see.</summary>
    public double VisibleChange { get; init; } = 1e-6;
}

/// <summary>What hybrid trajectories have done.</summary>
public sealed record HybridCounts
{
    /// <summary>Reactions carried out one by one.</summary>
    public long Jumps { get; internal set; }
    /// <summary>Candidates turned down by thinning.</summary>
    public long Thinned { get; internal set; }
    /// <summary>Steps of many reactions at once, well above the thresholds.</summary>
    public long Leaps { get; internal set; }
    /// <summary>Intervals between two evaluations of the hazards.</summary>
    public long Intervals { get; internal set; }
    /// <summary>Times that a population became counted or continuous.</summary>
    public long Switches { get; internal set; }

    /// <summary>Adds the counts of another.</summary>
    public void Add(HybridCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Jumps += other.Jumps; Thinned += other.Thinned; Leaps += other.Leaps; Intervals += other.Intervals; Switches += other.Switches;
    }
}

/// <summary>A trajectory that wants to know when counted populations appear and die out.</summary>
public interface IPopulationObserver
{
    /// <summary>The first cell of a population that had none.</summary>
    /// <param name="population">Name of the population.</param>
    /// <param name="time">When.</param>
    void Appeared(string population, double time);

    /// <summary>The last cell of a population is gone.</summary>
    /// <param name="population">Name of the population.</param>
    /// <param name="time">When.</param>
    void DiedOut(string population, double time);
}
