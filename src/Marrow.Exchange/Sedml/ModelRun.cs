using System.Collections.Immutable;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Simulation;
using Marrow.Networks.Structure;
using Marrow.Numerics.Jumps;
using Marrow.Numerics.Ode;
using Marrow.Numerics.Random;
using Marrow.Numerics.SteadyStates;

namespace Marrow.Exchange.Sedml;

/// <summary>A quantity of a model that is kept: its name, and what of it.</summary>
internal readonly record struct Quantity(string Name, SedSymbol Symbol);

/// <summary>What one simulation of a model gave.</summary>
/// <param name="Model">The model.</param>
/// <param name="Times">Times kept.</param>
/// <param name="Values">A value for each time.</param>
internal sealed record RunData(string Model, IReadOnlyList<double> Times, IReadOnlyDictionary<Quantity, double[]> Values)
{
    /// <summary>What the repeated tasks around it had set, for people: <c>k = 0.5</c>; empty for none.</summary>
    public string Label { get; init; } = "";
}

/// <summary>A simulation that did not reach its end.</summary>
public sealed class SedmlException(string message) : Exception(message);

/// <summary>A model with its current states and parameters: what tasks simulate, reset and change.</summary>
internal sealed class ModelRun
{
    private static readonly uint _purpose = Purpose.Of("simulation of a document");

    private readonly string _id;
    private readonly ReactionNetwork _network;
    private readonly CompiledModel _model;
    private readonly Quantity[] _kept;
    private readonly double[] _parameters, _states, _observed;
    private double _time;

    private ModelRun(string id, ReactionNetwork network, Quantity[] kept, IEnumerable<string> sizes)
    {
        (_id, _network, _kept) = (id, network, kept);
        _model = CompiledModel.Compile(network, new CompileOptions { Observables = [.. kept.Where(q => q.Symbol != SedSymbol.Time).Select(ColumnOf).Concat(sizes).Distinct(StringComparer.Ordinal)] });
        (_parameters, _states, _observed) = (_model.DefaultParameters(), new double[_model.States.Count], new double[_model.Observables.Count]);
        Reset();
    }

    /// <summary>Compiles a model.</summary>
    /// <param name="id">Its name in the document.</param>
    /// <param name="network">The model.</param>
    /// <param name="kept">Quantities of which values are wanted.</param>
    /// <param name="settable">Names of quantities that tasks set.</param>
    /// <exception cref="InputException">The model cannot be simulated.</exception>
    public static ModelRun Of(string id, ReactionNetwork network, IReadOnlyCollection<Quantity> kept, IReadOnlyCollection<string> settable)
    {
        string[] sizes = [.. network.Species.Where(s => settable.Contains(s.Id)).Select(s => s.Compartment)];
        foreach (var quantity in kept) network = WithColumn(network, quantity);
        var run = new ModelRun(id, network, [.. kept], sizes);
        string[] bound = [.. settable.Where(name => run._model.StateIndex(name) < 0 && run._model.ParameterIndex(name) < 0)];
        return bound.Length == 0 ? run : new ModelRun(id, bound.Aggregate(network, Loosen), [.. kept], sizes);
    }

    /// <summary>Whether a quantity can be given a value; a rule that computes it cannot be outdone.</summary>
    public bool CanSet(string name) => _model.StateIndex(name) >= 0 || _model.ParameterIndex(name) >= 0;

    /// <summary>Goes back to the start.</summary>
    public void Reset()
    {
        _model.DefaultParameters().CopyTo(_parameters, 0);
        _model.InitialStates(_parameters, _states);
        _time = 0;
    }

    /// <summary>Current value of a quantity.</summary>
    public double Value(Quantity quantity)
    {
        if (quantity.Symbol == SedSymbol.Time) return _time;
        _model.Evaluate(_time, _states, _parameters, _observed);
        return _observed[_model.ObservableIndex(ColumnOf(quantity))];
    }

    /// <summary>Gives a quantity a value.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="attribute">The attribute that the target names: it says whether an amount or a concentration is meant; null: what the name means in formulas.</param>
    /// <param name="value">The value.</param>
    public void Set(string name, string? attribute, double value)
    {
        var state = _model.StateIndex(name);
        ref var place = ref state >= 0 ? ref _states[state] : ref _parameters[_model.ParameterIndex(name)];
        if (_network.Species.FirstOrDefault(s => s.Id == name) is not { } species)
        {
            place = value;
            return;
        }
        var isAmount = attribute switch { "initialAmount" => true, "initialConcentration" => false, _ => species.IsSubstanceOnly };
        var isKeptAsAmount = state >= 0 || species.InitialIsAmount;
        _model.Evaluate(_time, _states, _parameters, _observed);
        var size = _observed[_model.ObservableIndex(species.Compartment)];
        place = isAmount == isKeptAsAmount ? value : isAmount ? value / size : value * size;
    }

    /// <summary>Simulates from the current states on.</summary>
    /// <param name="simulation">What.</param>
    /// <param name="number">Number of the simulation in the document: random numbers of each are its own.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="SedmlException">It did not reach its end.</exception>
    public RunData Simulate(SedSimulation simulation, ulong number, CancellationToken cancel)
    {
        if (simulation.Kind == SimulationKind.SteadyState) return Rest(simulation, cancel);
        var start = simulation.Kind == SimulationKind.OneStep ? _time : simulation.Start;
        double[] times = simulation.Kind == SimulationKind.OneStep ? [start + simulation.End] : Times(simulation);
        var values = _kept.ToDictionary(q => q, _ => new double[times.Length]);
        var row = 0;
        if (times[^1] == start) Receive(start, _states, _parameters);
        else if (simulation.Solver.Kind == SolverKind.Stochastic) Jump(simulation.Solver, start, times, number, Receive, cancel);
        else Flow(simulation.Solver, start, times, Receive, cancel);
        _time = times[^1];
        return new RunData(_id, times, values);

        void Receive(double time, ReadOnlySpan<double> y, ReadOnlySpan<double> p)
        {
            Keep(time, y, p, values, row++);
            if (row != times.Length) return;
            y.CopyTo(_states);
            p.CopyTo(_parameters);
        }
    }

    private void Flow(SedSolver solver, double start, double[] times, SampleReceiver receive, CancellationToken cancel)
    {
        var options = new StepperOptions { RelativeTolerance = solver.Relative, AbsoluteTolerance = solver.Absolute, MaxStep = solver.LargestStep, MaxSteps = solver.MostSteps };
        double[] states = [.. _states], parameters = [.. _parameters];
        var report = TimeCourse.Solve(_model.System, states, parameters, start, times, options, receive, cancel);
        if (report.Outcome != Outcome.Done) throw new SedmlException($"model {_id}: {SimulationException.Explain(report, _model)}");
    }

    private void Jump(SedSolver solver, double start, double[] times, ulong number, SampleReceiver receive, CancellationToken cancel)
    {
        var stream = new RandomKey(solver.Seed, _purpose, number).Stream();
        double[] states = [.. _states], parameters = [.. _parameters];
        var report = new StochasticSimulation(_model.Stochastic(), parameters.Length).Run(states, parameters, start, times, ref stream, receive, cancel: cancel);
        if (report.Outcome != StochasticOutcome.Done) throw new SedmlException($"model {_id}: the stochastic simulation stopped: {report.Outcome}");
    }

    private RunData Rest(SedSimulation simulation, CancellationToken cancel)
    {
        try
        {
            // As near as the solver of a course would be asked to keep it, and nearer.
            var options = new EquilibriumOptions();
            var solver = simulation.Solver;
            options = options with { Relative = Math.Min(options.Relative, solver.Relative), Absolute = Math.Min(options.Absolute, solver.Absolute) };
            var found = SteadyStates.Find(_model, _parameters, _states, _time, options, cancel);
            for (var i = 0; i < _states.Length; i++) _states[i] = found.Point.States[i];
        }
        catch (SteadyStateException e)
        {
            throw new SedmlException($"model {_id}: {e.Message}");
        }
        var values = _kept.ToDictionary(q => q, _ => new double[1]);
        Keep(_time, _states, _parameters, values, 0);
        return new RunData(_id, [_time], values);
    }

    private void Keep(double time, ReadOnlySpan<double> y, ReadOnlySpan<double> p, Dictionary<Quantity, double[]> values, int row)
    {
        _model.Evaluate(time, y, p, _observed);
        foreach (var quantity in _kept) values[quantity][row] = quantity.Symbol == SedSymbol.Time ? time : _observed[_model.ObservableIndex(ColumnOf(quantity))];
    }

    /// <summary>As the times of <c>marrow simulate --start --end --points</c>.</summary>
    private static double[] Times(SedSimulation simulation)
    {
        var (first, last, steps) = (simulation.OutputStart, simulation.End, simulation.Steps);
        return first == last ? [last] : [.. Enumerable.Range(0, steps + 1).Select(i => i == steps ? last : first + ((last - first) * i / steps))];
    }

    private static string ColumnOf(Quantity quantity) => quantity.Symbol switch
    {
        SedSymbol.Amount => $"amount of {quantity.Name}",
        SedSymbol.Concentration => $"concentration of {quantity.Name}",
        SedSymbol.Rate => $"rate of {quantity.Name}",
        _ => quantity.Name,
    };

    /// <summary>A model with a rule for what a name does not mean by itself.</summary>
    private static ReactionNetwork WithColumn(ReactionNetwork network, Quantity quantity)
    {
        if (quantity.Symbol is SedSymbol.Value or SedSymbol.Time) return network;
        Expression name = new NameExpression(quantity.Name, SourceSpan.None);
        var value = network.Species.FirstOrDefault(s => s.Id == quantity.Name) is not { } species ? name : quantity.Symbol switch
        {
            SedSymbol.Amount when !species.IsSubstanceOnly => Apply(MathFunction.Multiply, name, new NameExpression(species.Compartment, SourceSpan.None)),
            SedSymbol.Concentration when species.IsSubstanceOnly => Apply(MathFunction.Divide, name, new NameExpression(species.Compartment, SourceSpan.None)),
            _ => name,
        };
        if (quantity.Symbol == SedSymbol.Rate) value = Apply(MathFunction.RateOf, name);
        // A name that no model can have, so that it meets none.
        return network with
        {
            Parameters = network.Parameters.Add(new Parameter(ColumnOf(quantity), null, null, IsConstant: false, null, SourceSpan.None)),
            AssignmentRules = network.AssignmentRules.Add(new AssignmentRule(ColumnOf(quantity), value, SourceSpan.None)),
        };
    }

    private static ApplyExpression Apply(MathFunction function, params ImmutableArray<Expression> arguments) => new(function, arguments, SourceSpan.None);

    /// <summary>A model in which what follows from others at the start has a value of its own; a rule stays.</summary>
    private static ReactionNetwork Loosen(ReactionNetwork network, string name)
    {
        if (network.AssignmentRules.Any(r => r.Variable == name) || network.Reactions.Any(r => r.Id == name)) return network;
        var value = new NumberExpression(ModelLibrary.Start(network, name), null, SourceSpan.None);
        return network with
        {
            Parameters = [.. network.Parameters.Select(p => p.Id == name ? p with { Value = value } : p)],
            Species = [.. network.Species.Select(s => s.Id == name ? s with { Initial = value, InitialIsAmount = s.IsSubstanceOnly } : s)],
            Compartments = [.. network.Compartments.Select(c => c.Id == name ? c with { Size = value } : c)],
        };
    }
}
