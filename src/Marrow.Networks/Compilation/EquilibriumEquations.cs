using Marrow.Numerics.SteadyStates;

namespace Marrow.Networks.Compilation;

/// <summary>What a search for steady states needs of a model: derivatives of the rates at one point, and what is conserved.</summary>
internal sealed class EquilibriumEquations
{
    private readonly PlainFunction _entries;

    public EquilibriumEquations(LaneSystemBuilder builder, ConservationLaws laws, Func<IReadOnlyList<Node>, PlainFunction> plain)
    {
        var entries = builder.PlainJacobian().ToList();
        Laws = laws;
        Places = [.. entries.Select(e => (e.Row, e.Column))];
        _entries = plain([.. entries.Select(e => e.Value)]);
        DependsOnTime = builder.Rates.Any(r => r.Dependencies.Contains(Node.TimeVariable));
    }

    /// <summary>Sums of states that never change.</summary>
    public ConservationLaws Laws { get; }

    /// <summary>Whether rates name time itself: then nothing rests for long.</summary>
    public bool DependsOnTime { get; }

    /// <summary>Row and column of each entry of df/dy that is not 0 everywhere.</summary>
    public IReadOnlyList<(int Row, int Column)> Places { get; }

    /// <summary>Those entries.</summary>
    public void Jacobian(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, Span<double> entries) => _entries.Run(time, states, parameters, entries);
}
