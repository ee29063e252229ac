using Marrow.Numerics.SteadyStates;

namespace Marrow.Networks.Compilation;

/// <summary>What a search for steady states needs of a model: derivatives of the rates at one point, and what is conserved.</summary>
internal sealed class EquilibriumEquations
{
    private readonly (int Row, int Column)[] _places;
    private readonly PlainFunction _entries;
    private readonly int _states;

    public EquilibriumEquations(LaneSystemBuilder builder, ConservationLaws laws, Func<IReadOnlyList<Node>, PlainFunction> plain)
    {
        var entries = builder.PlainJacobian().ToList();
        (Laws, _states) = (laws, builder.Rates.Count);
        _places = [.. entries.Select(e => (e.Row, e.Column))];
        _entries = plain([.. entries.Select(e => e.Value)]);
        DependsOnTime = builder.Rates.Any(r => r.Dependencies.Contains(Node.TimeVariable));
    }

    /// <summary>Sums of states that never change.</summary>
    public ConservationLaws Laws { get; }

    /// <summary>Whether rates name time itself: then nothing rests for long.</summary>
    public bool DependsOnTime { get; }

    /// <summary>df/dy, row-major.</summary>
    public void Jacobian(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, Span<double> jacobian)
    {
        var values = new double[_places.Length];
        _entries.Run(time, states, parameters, values);
        jacobian.Clear();
        for (var k = 0; k < values.Length; k++) jacobian[(_places[k].Row * _states) + _places[k].Column] = values[k];
    }
}
