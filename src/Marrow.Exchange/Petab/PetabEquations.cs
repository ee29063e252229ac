using Marrow.Networks.Compilation;
using Marrow.Networks.Simulation;
using Marrow.Networks.Structure;
using Marrow.Numerics.Ode;
using Marrow.Numerics.SteadyStates;

namespace Marrow.Exchange.Petab;

/// <summary>The compiled model of a problem, and how conditions change a point of its course.</summary>
/// <remarks>The size of a compartment that a condition changes leaves the concentrations in it as they are, unless the condition sets them
/// too; it is the events of a model that keep amounts (PEtab test suite, v2.0.0, cases 0016 and 0022).</remarks>
internal sealed class PetabEquations
{
    private readonly int _version;
    private readonly PetabModel _built;
    private readonly double[] _defaults, _observed, _dydt;
    private readonly Dictionary<string, Target> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Species> _species;
    private readonly ILookup<string, Species> _contents;

    public PetabEquations(int version, PetabModel built)
    {
        (_version, _built) = (version, built);
        Model = built.Compile();
        _defaults = Model.DefaultParameters();
        _observed = new double[Model.Observables.Count];
        _dydt = new double[Model.States.Count];
        _species = built.Network.Species.ToDictionary(s => s.Id, StringComparer.Ordinal);
        _contents = built.Network.Species.Where(s => !s.IsSubstanceOnly && Model.StateIndex(s.Id) >= 0).ToLookup(s => s.Compartment, StringComparer.Ordinal);
    }

    /// <summary>The compiled model.</summary>
    public CompiledModel Model { get; }

    /// <summary>States and parameters at the start of an experiment, without pre-equilibration before it.</summary>
    public (double[] States, double[] Parameters) Start(PetabPeriod period)
    {
        double[] parameters = [.. _defaults], states = new double[Model.States.Count];
        Model.InitialStates(parameters, states);
        var time = double.IsFinite(period.Time) ? period.Time : 0;
        if (_version == 2)
        {
            Apply(period, time, states, parameters);
            return (states, parameters);
        }
        Observe(time, states, parameters);
        double?[] values = [.. period.Changes.Select(c => ValueOf(c, parameters))];
        for (var i = 0; i < values.Length; i++)
        {
            var target = TargetOf(period.Changes[i].Target);
            if (target.Start >= 0) target.Give(values[i], parameters);
            else if (target.Parameter >= 0) parameters[target.Parameter] = values[i] ?? _defaults[target.Parameter];
        }
        Model.InitialStates(parameters, states);
        return (states, parameters);
    }

    /// <summary>Makes the changes of a later period.</summary>
    public void Apply(PetabPeriod period, double time, Span<double> states, Span<double> parameters)
    {
        if (period.Changes.Count == 0) return;
        Observe(time, states, parameters);
        var values = new Dictionary<string, double?>(StringComparer.Ordinal);
        foreach (var change in period.Changes) values[change.Target] = ValueOf(change, parameters);
        Resize(values, states);
        foreach (var (name, value) in values) Set(TargetOf(name), value, values, states, parameters);
    }

    /// <summary>Whether what a duration as long as that up to now would change at the present rates is too little to matter.</summary>
    /// <param name="duration">Time since the start.</param>
    /// <param name="time">Time.</param>
    /// <param name="states">States.</param>
    /// <param name="parameters">Parameters.</param>
    /// <param name="absolute">Absolute tolerance of the states.</param>
    public bool IsSteady(double duration, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, double absolute)
    {
        const double Share = 1e-7, Noise = 100;
        Model.RightHandSide(time, states, parameters, _dydt);
        for (var i = 0; i < _dydt.Length; i++)
            if (!(Math.Abs(_dydt[i]) * duration <= Share * Math.Abs(states[i]) + Noise * absolute * Model.System.AbsoluteScale[i])) return false;
        return true;
    }

    /// <summary>What tells where a course comes to rest; null where only the course itself does: an event may be still to come, or rates depend on time.</summary>
    /// <param name="parameters">Parameters.</param>
    /// <param name="options">Tolerances of the course.</param>
    public Approach? Approach(ReadOnlySpan<double> parameters, StepperOptions options)
    {
        var silent = _built.Network.Events.Count(e => e.Trigger is ApplyExpression { Function: MathFunction.False });
        return Model.System.Events.Count > silent ? null
            : SteadyStates.Approach(Model, parameters, new EquilibriumOptions { Relative = options.RelativeTolerance, Absolute = options.AbsoluteTolerance });
    }

    /// <summary>Of each event whether it counts as having held when the clock is set back after a steady state: as its trigger holds in that
    /// state. A trigger of time alone starts anew with the clock.</summary>
    public bool[] Held(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters)
    {
        Observe(time, states, parameters);
        var events = _built.Network.Events;
        var held = new bool[events.Length];
        for (var i = 0; i < held.Length; i++)
        {
            var place = Model.ObservableIndex(PetabModel.Trigger(events[i].Id));
            held[i] = place < 0 || !NamesState(events[i].Trigger) ? events[i].InitialValue : _observed[place] != 0;
        }
        return held;
    }

    private bool NamesState(Expression trigger) => ExpressionWalk.Nodes(trigger).OfType<NameExpression>()
        .Any(n => Model.ParameterIndex(n.Name) < 0);

    private void Observe(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters) => Model.Evaluate(time, states, parameters, _observed);

    private double? ValueOf(PetabChange change, ReadOnlySpan<double> parameters) => change.Value switch
    {
        null => null,
        NumberExpression number => number.Value,
        NameExpression name => Model.ObservableIndex(name.Name) is >= 0 and var place ? _observed[place] : parameters[Model.ParameterIndex(name.Name)],
        _ => _observed[Model.ObservableIndex(PetabModel.Value(change))],
    };

    private double SizeOf(string compartment, Dictionary<string, double?> changes) =>
        changes.GetValueOrDefault(compartment) ?? _observed[Model.ObservableIndex(compartment)];

    /// <summary>Keeps concentrations in compartments whose size changes.</summary>
    private void Resize(Dictionary<string, double?> changes, Span<double> states)
    {
        foreach (var compartment in changes.Keys)
        {
            foreach (var species in _contents[compartment])
            {
                var factor = SizeOf(compartment, changes) / _observed[Model.ObservableIndex(compartment)];
                if (double.IsFinite(factor)) states[Model.StateIndex(species.Id)] *= factor;
            }
        }
    }

    private void Set(Target target, double? value, Dictionary<string, double?> changes, Span<double> states, Span<double> parameters)
    {
        if (value is null)
        {
            // What has a course of its own goes on; what is computed from others is so again; a plain value is the model's.
            if (target.State >= 0 || target.Species is not null) return;
            if (target.Start >= 0) target.Give(null, parameters);
            else if (target.Parameter >= 0) parameters[target.Parameter] = _defaults[target.Parameter];
            return;
        }
        if (target.Start >= 0) target.Give(value, parameters);
        if (target.State >= 0)
            states[target.State] = target.Species is { IsSubstanceOnly: false } species ? value.Value * SizeOf(species.Compartment, changes) : value.Value;
        else if (target.Start < 0 && target.Parameter >= 0) parameters[target.Parameter] = Declared(target, value.Value, changes);
    }

    /// <summary>A value as the place of a species that nothing changes holds it: as its start is declared.</summary>
    private double Declared(Target target, double value, Dictionary<string, double?> changes) => target.Species switch
    {
        { InitialIsAmount: true, IsSubstanceOnly: false } s => value * SizeOf(s.Compartment, changes),
        { InitialIsAmount: false, IsSubstanceOnly: true } s => value / SizeOf(s.Compartment, changes),
        _ => value,
    };

    private Target TargetOf(string name)
    {
        if (_targets.TryGetValue(name, out var known)) return known;
        return _targets[name] = new Target(
            Model.StateIndex(name), Model.ParameterIndex(name), Model.ParameterIndex(PetabModel.Start(name)), Model.ParameterIndex(PetabModel.HasStart(name)), _species.GetValueOrDefault(name));
    }

    /// <summary>Places of what a condition sets, -1 where there is none.</summary>
    private sealed record Target(int State, int Parameter, int Start, int HasStart, Species? Species)
    {
        /// <summary>Gives the start a value, or leaves it to the model.</summary>
        public void Give(double? value, Span<double> parameters)
        {
            parameters[HasStart] = value is null ? 0 : 1;
            parameters[Start] = value ?? 0;
        }
    }
}
