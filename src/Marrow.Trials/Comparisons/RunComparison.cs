namespace Marrow.Trials.Comparisons;

/// <summary>Something that is not the same in two runs. Empty text: not there.</summary>
/// <param name="What">Its name.</param>
/// <param name="A">In the first run.</param>
/// <param name="B">In the second run.</param>
public sealed record RunDifference(string What, string A, string B);

/// <summary>An endpoint in two runs; NaN where a run has no such value.</summary>
/// <param name="Arms">Arm, or both arms where they have different names.</param>
/// <param name="Endpoint">Labels and kind.</param>
/// <param name="A">Value of the first run.</param>
/// <param name="B">Value of the second run.</param>
public sealed record EndpointPair(string Arms, RunEndpoint Endpoint, double A, double B)
{
    /// <summary>Whether the values are the same bits, or neither is there.</summary>
    public bool Same => A.Equals(B);
}

/// <summary>Where two curves are farthest apart: shares by their difference, medians by their ratio.</summary>
/// <param name="Arms">Arm, or both arms.</param>
/// <param name="Id">What the curve is of.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="At">Month or day.</param>
/// <param name="A">Value of the first run there.</param>
/// <param name="B">Value of the second run there.</param>
public sealed record CurveGap(string Arms, string Id, string Unit, double At, double A, double B);

/// <summary>What became of the patients that both runs have, as numbers of patients.</summary>
/// <param name="Arms">Arm, or both arms.</param>
/// <param name="What">Remission or death.</param>
/// <param name="Both">In both runs.</param>
/// <param name="OnlyA">In the first run only.</param>
/// <param name="OnlyB">In the second run only.</param>
/// <param name="Neither">In neither.</param>
public sealed record PairedOutcome(string Arms, string What, int Both, int OnlyA, int OnlyB, int Neither);

/// <summary>Two finished runs side by side.</summary>
public sealed record RunComparison
{
    /// <summary>Settings that differ.</summary>
    public required IReadOnlyList<RunDifference> Settings { get; init; }

    /// <summary>Files that differ, by the beginning of their hashes.</summary>
    public required IReadOnlyList<RunDifference> Files { get; init; }

    /// <summary>Numbers of models, population, regimens and clinical tables that differ.</summary>
    public required IReadOnlyList<RunDifference> Numbers { get; init; }

    /// <summary>Patients in both runs that were born with the same values.</summary>
    public required int SamePatients { get; init; }

    /// <summary>Patients in both runs, by number.</summary>
    public required int CommonPatients { get; init; }

    /// <summary>Arms of one run without a counterpart in the other.</summary>
    public required IReadOnlyList<RunDifference> LoneArms { get; init; }

    /// <summary>Every endpoint of the arms that both have.</summary>
    public required IReadOnlyList<EndpointPair> Endpoints { get; init; }

    /// <summary>Survival curves that differ.</summary>
    public required IReadOnlyList<CurveGap> Survival { get; init; }

    /// <summary>Medians over time that differ.</summary>
    public required IReadOnlyList<CurveGap> Kinetics { get; init; }

    /// <summary>What became of the same patients; empty if no patient is the same.</summary>
    public required IReadOnlyList<PairedOutcome> Outcomes { get; init; }

    /// <summary>Whether nothing that the runs found differs.</summary>
    public bool SameResults => LoneArms.Count == 0 && Endpoints.All(e => e.Same) && Survival.Count == 0 && Kinetics.Count == 0 && Outcomes.All(o => o.OnlyA + o.OnlyB == 0);

    /// <summary>Whether nothing differs, neither results nor what went into them.</summary>
    public bool Same => SameResults && Settings.Count + Files.Count + Numbers.Count == 0 && SamePatients == CommonPatients;
}
