using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using Marrow.Numerics.Jumps;
using Marrow.Numerics.Ode;

namespace Marrow.Networks.Compilation;

/// <summary>A network compiled for simulation: kernels for lanes of patients, and plain functions for one point at a time.</summary>
/// <remarks>
/// <para>States are the species that reactions or rate rules change, as amounts, then parameters and compartments with a rate rule
/// (and variables that an event sets although a formula gives their initial value: states at rest). Units are the network's.</para>
/// <para>Parameters are all constants with a literal value, as the network declares them (a species' initial amount or concentration;
/// a compartment's size), and variables without a rule that events set. A parameter whose value is a formula of others follows
/// them and is not in the list. After them come switches, one for each comparison of time in the rates; events throw them.</para>
/// <para>Instances are immutable and may be shared between threads.</para>
/// </remarks>
public sealed class CompiledModel
{
    private readonly double[] _defaults;
    private readonly Dictionary<string, int> _stateIndex, _parameterIndex, _observableIndex, _eventIndex;
    private readonly PlainFunction _initial, _rates, _observe;
    private readonly Func<double, StochasticNetwork> _stochastic;

    internal CompiledModel(NetworkCompiler compiled)
    {
        System = compiled.System;
        States = [.. compiled.Symbols.States.Select(s => s.Name)];
        Parameters = compiled.Parameters;
        Observables = compiled.Options.Observables;
        (_defaults, _initial, _rates, _observe) = (compiled.Defaults, compiled.Initial, compiled.Rates, compiled.Observables);
        JacobianEntries = compiled.Builder.JacobianEntries;
        Builder = compiled.Builder;
        Counted = compiled.Counted;
        _stochastic = compiled.Stochastic;
        _stateIndex = Index(States);
        _parameterIndex = Index(Parameters);
        _observableIndex = Index(Observables);
        _eventIndex = Index([.. Enumerable.Range(0, System.Events.Count).Select(System.Events.Name)]);
    }

    /// <summary>What the stepper needs.</summary>
    public LaneSystem System { get; }

    /// <summary>The populations that are counted while they are small; null if <see cref="CompileOptions.Counted"/> names none.</summary>
    public CountedSystem? Counted { get; }

    /// <summary>Names of the states, in order.</summary>
    public IReadOnlyList<string> States { get; }

    /// <summary>Names of the parameters that are set from outside, in order.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <summary>Names of the observables, in order.</summary>
    public IReadOnlyList<string> Observables { get; }

    /// <summary>Where the matrix of derivatives is not 0, in the order of its entries in the matrix block; shared terms come after the states.</summary>
    internal IReadOnlyList<(int Row, int Column)> JacobianEntries { get; }

    /// <summary>Makes kernels of any width.</summary>
    internal LaneSystemBuilder Builder { get; }

    /// <summary>Compiles a network.</summary>
    /// <exception cref="InputException">The network has errors (MRW50xx) or uses what is not supported (MRW59xx); all are listed.</exception>
    public static CompiledModel Compile(ReactionNetwork network, CompileOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        return new CompiledModel(new NetworkCompiler(network, options));
    }

    /// <summary>The network as a jump process, for exact stochastic simulation.</summary>
    /// <param name="unit">What one individual is in the unit of the states, such as 1e-9 for cells in units of 1e9.</param>
    /// <exception cref="InputException">The network has rate rules, rates that depend on time, parts of individuals, delays, algebraic rules or
    /// fast reactions (MRW59xx).</exception>
    public StochasticNetwork Stochastic(double unit = 1)
    {
        if (!(unit > 0) || !double.IsFinite(unit)) throw new ArgumentOutOfRangeException(nameof(unit), unit, "One individual must be above 0.");
        return _stochastic(unit);
    }

    /// <summary>Place of a state, or -1.</summary>
    public int StateIndex(string name) => _stateIndex.GetValueOrDefault(name, -1);

    /// <summary>Place of a parameter, or -1.</summary>
    public int ParameterIndex(string name) => _parameterIndex.GetValueOrDefault(name, -1);

    /// <summary>Place of an observable, or -1.</summary>
    public int ObservableIndex(string name) => _observableIndex.GetValueOrDefault(name, -1);

    /// <summary>Number of an event, or -1.</summary>
    public int EventIndex(string name) => _eventIndex.GetValueOrDefault(name, -1);

    /// <summary>The parameters as the network gives them; a new array.</summary>
    public double[] DefaultParameters() => [.. _defaults];

    /// <summary>Initial states from initial assignments at a patient's parameters, time 0.</summary>
    /// <param name="parameters">Length of <see cref="Parameters"/>.</param>
    /// <param name="states">Length of <see cref="States"/>; filled.</param>
    public void InitialStates(ReadOnlySpan<double> parameters, Span<double> states)
    {
        CheckLength(parameters.Length, Parameters, nameof(parameters));
        _initial.Run(0, [], parameters, states);
    }

    /// <summary>Observables at a point.</summary>
    /// <param name="t">Time, in the network's unit.</param>
    /// <param name="states">Length of <see cref="States"/>.</param>
    /// <param name="parameters">Length of <see cref="Parameters"/>.</param>
    /// <param name="observables">Length of <see cref="Observables"/>; filled.</param>
    public void Evaluate(double t, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, Span<double> observables)
    {
        CheckLength(states.Length, States, nameof(states));
        CheckLength(parameters.Length, Parameters, nameof(parameters));
        _observe.Run(t, states, parameters, observables);
    }

    /// <summary>f(t, y; p) at a point.</summary>
    /// <param name="t">Time, in the network's unit.</param>
    /// <param name="states">Length of <see cref="States"/>.</param>
    /// <param name="parameters">Length of <see cref="Parameters"/>.</param>
    /// <param name="dydt">Length of <see cref="States"/>; filled.</param>
    public void RightHandSide(double t, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, Span<double> dydt)
    {
        CheckLength(states.Length, States, nameof(states));
        CheckLength(parameters.Length, Parameters, nameof(parameters));
        _rates.Run(t, states, parameters, dydt);
    }

    private static void CheckLength(int length, IReadOnlyList<string> names, string argument)
    {
        if (length < names.Count) throw new ArgumentException($"{names.Count} values are needed, not {length}.", argument);
    }

    private static Dictionary<string, int> Index(IReadOnlyList<string> names) =>
      names.Select((name, i) => (name, i)).GroupBy(x => x.name).ToDictionary(g => g.Key, g => g.First().i);
}
