using Marrow.Networks.Compilation;
using Marrow.Numerics.Ode;
using Marrow.Numerics.SteadyStates;

namespace Marrow.Networks.Simulation;

/// <summary>Finds steady states of compiled models.</summary>
public static class SteadyStates
{
    /// <summary>The steady state that a model approaches from some states, f(t, y; p) = 0 at a fixed time t; events do not take place.</summary>
    /// <param name="model">The model.</param>
    /// <param name="parameters">Length of <see cref="CompiledModel.Parameters"/>.</param>
    /// <param name="states">Where to begin, length of <see cref="CompiledModel.States"/>; what reactions conserve keeps its total.</param>
    /// <param name="time">Time, for rates that name it.</param>
    /// <param name="options">Accuracy and limits; null: the usual ones.</param>
    /// <param name="cancel">Stops the search.</param>
    /// <exception cref="SteadyStateException">There is none, or none was found; it says why.</exception>
    public static SteadyState Find(
        CompiledModel model, IReadOnlyList<double> parameters, IReadOnlyList<double> states, double time = 0, EquilibriumOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(states);
        if (!HasRates(model)) throw new SteadyStateException(EquilibriumFailure.OtherEquations, []);
        double[] p = [.. parameters];
        model.SetSwitches(time, p);
        var problem = Problem(model, p, time, cancel);
        var result = EquilibriumSearch.Find(problem, states, options ?? new EquilibriumOptions(), cancel);
        return result.Point is { } point
            ? new SteadyState(point, [.. Conserved(model, problem.Laws, states)], model.Equilibria.Value.DependsOnTime)
            : throw new SteadyStateException(result.Failure, [.. result.Worst.Select(i => model.States[i])]);
    }

    /// <summary>What tells where a solution comes to rest before it has got there. Events of the model are the caller's affair.</summary>
    /// <param name="model">The model.</param>
    /// <param name="parameters">Length of <see cref="CompiledModel.Parameters"/>.</param>
    /// <param name="options">Accuracy of the point.</param>
    /// <returns>Null where rates depend on time or the past, or states follow algebraic rules or fast reactions: then only the solution tells.</returns>
    public static Approach? Approach(CompiledModel model, ReadOnlySpan<double> parameters, EquilibriumOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        return !HasRates(model) || model.Equilibria.Value.DependsOnTime
            ? null : new Approach(Problem(model, [.. parameters], 0, CancellationToken.None), options);
    }

    /// <summary>Whether every state has a rate that the present determines: where all rates are 0, such a model rests.</summary>
    private static bool HasRates(CompiledModel model) => model.System.Delays is null && model.System.Settle is null;

    private static EquilibriumProblem Problem(CompiledModel model, double[] p, double time, CancellationToken cancel)
    {
        var equations = model.Equilibria.Value;
        // Events wait for times that a steady state does not have.
        var system = model.System with { Events = new NoEvents() };
        return new EquilibriumProblem
        {
            Laws = equations.Laws,
            AbsoluteScale = system.AbsoluteScale,
            Rates = (y, f) => model.RightHandSide(time, y, p, f),
            Places = equations.Places,
            Jacobian = (y, j) => equations.Jacobian(time, y, p, j),
            Follow = (y, duration) => Follow(system, y, p, time, duration, cancel),
        };
    }

    private static bool Follow(LaneSystem system, Span<double> states, double[] parameters, double time, double duration, CancellationToken cancel)
    {
        var end = new double[states.Length];
        var options = new StepperOptions { RelativeTolerance = 1e-8, AbsoluteTolerance = 1e-12, MaxSteps = 20_000 };
        var report = TimeCourse.Solve(system, states.ToArray(), parameters, time, [time + duration], options, (_, y, _) => y.CopyTo(end), cancel);
        if (report.Outcome != Outcome.Done) return false;
        end.CopyTo(states);
        return true;
    }

    private static IEnumerable<ConservedTotal> Conserved(CompiledModel model, ConservationLaws laws, IReadOnlyList<double> states)
    {
        var totals = laws.Totals([.. states]);
        for (var k = 0; k < totals.Length; k++)
        {
            var terms = laws.Laws[k].ToDictionary(t => model.States[t.State], t => t.Factor, StringComparer.Ordinal);
            if (terms.Count > 1) yield return new ConservedTotal(terms, totals[k]);
        }
    }

    private sealed class NoEvents : ILaneEvents
    {
        public int Count => 0;

        public bool Trigger(int index, ReadOnlySpan<double> roots) => false;

        public int Values(int index) => 0;

        public void Evaluate(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, Span<double> values)
        {
        }

        public void Assign(int index, ReadOnlySpan<double> values, double time, Span<double> states, Span<double> parameters)
        {
        }

        public string Name(int index) => "";
    }
}

/// <summary>A steady state of a model.</summary>
/// <param name="Point">States, how they were found, how exact they are, and whether they are stable.</param>
/// <param name="Conserved">Sums of several states that reactions do not change.</param>
/// <param name="DependsOnTime">Whether rates name time: then the state rests at that moment only.</param>
public sealed record SteadyState(Equilibrium Point, IReadOnlyList<ConservedTotal> Conserved, bool DependsOnTime);

/// <summary>A sum of states, coefficient times amount, that never changes.</summary>
/// <param name="Terms">Coefficient by state.</param>
/// <param name="Total">The sum.</param>
public sealed record ConservedTotal(IReadOnlyDictionary<string, double> Terms, double Total);

/// <summary>No steady state was found.</summary>
public sealed class SteadyStateException : Exception
{
    private const int MostNames = 5;

    internal SteadyStateException(EquilibriumFailure failure, IReadOnlyList<string> worst)
        : base(Explain(failure, worst)) => Failure = failure;

    /// <summary>Why.</summary>
    public EquilibriumFailure Failure { get; }

    private static string Explain(EquilibriumFailure failure, IReadOnlyList<string> worst)
    {
        var names = string.Join(", ", worst.Take(MostNames)) + (worst.Count > MostNames ? $" and {worst.Count - MostNames} more" : "");
        return failure switch
        {
            EquilibriumFailure.Grows => $"no steady state: {names} {(worst.Count == 1 ? "grows" : "grow")} without end; try: a loss for what only grows, or a time course",
            EquilibriumFailure.KeepsMoving => $"no steady state was found: {(worst.Count > 0 ? names + " still" : "the states still")} change after the longest time followed, as in an oscillation; try: a time course, or other initial values",
            EquilibriumFailure.OtherEquations => "steady states are not looked for where algebraic rules stay, reactions are fast or formulas name the past; try: a time course to a late time",
            _ => "no steady state was found: a rate is infinite or not a number; try: look for a division by 0 or a logarithm of 0, or other initial values",
        };
    }
}
