namespace Marrow.Trials.Experiments;

/// <summary>Values of matched pairs of one group: the same patients with the switch on and off.</summary>
internal sealed record PairSample
{
    /// <summary>With the switch.</summary>
    public required IReadOnlyList<Measured> On { get; init; }
    /// <summary>Without it.</summary>
    public required IReadOnlyList<Measured> Off { get; init; }
    /// <summary>Each switch of a joint row by itself.</summary>
    public IReadOnlyList<IReadOnlyList<Measured>> Singles { get; init; } = [];
    /// <summary>A healthy person.</summary>
    public IReadOnlyList<Measured> Healthy { get; init; } = [];
    /// <summary>What a slope is taken against, with the switch on.</summary>
    public IReadOnlyList<Measured> Along { get; init; } = [];

    /// <summary>The same with the switch off: a slope is taken over both runs of every pair.</summary>
    public IReadOnlyList<Measured> AlongOff { get; init; } = [];
    /// <summary>Patients simulated to find the pairs.</summary>
    public int Tried { get; init; }

    /// <summary>Pairs.</summary>
    public int Count => On.Count;

    /// <summary>The pairs of these numbers, repetitions allowed.</summary>
    public PairSample Take(IReadOnlyList<int> pairs)
    {
        IReadOnlyList<Measured> Of(IReadOnlyList<Measured> values) => values.Count == 0 ? values : [.. pairs.Select(i => values[i])];
        return new PairSample { On = Of(On), Off = Of(Off), Singles = [.. Singles.Select(Of)], Healthy = Of(Healthy), Along = Of(Along), AlongOff = Of(AlongOff), Tried = Tried };
    }

    /// <summary>Two samples as one.</summary>
    public static PairSample Join(PairSample a, PairSample b) => new()
    {
        On = [.. a.On, .. b.On],
        Off = [.. a.Off, .. b.Off],
        Singles = a.Singles.Count == 0 ? b.Singles : [.. a.Singles.Zip(b.Singles, (x, y) => (IReadOnlyList<Measured>)[.. x, .. y])],
        Healthy = [.. a.Healthy, .. b.Healthy],
        Along = [.. a.Along, .. b.Along],
        AlongOff = [.. a.AlongOff, .. b.AlongOff],
        Tried = a.Tried + b.Tried,
    };
}
