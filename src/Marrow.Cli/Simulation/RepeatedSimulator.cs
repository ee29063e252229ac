using Marrow.Cli.Output;
using Marrow.Networks.Compilation;
using Marrow.Numerics.Jumps;
using Marrow.Numerics.Ode;

namespace Marrow.Cli.Simulation;

/// <summary>How a model is simulated.</summary>
internal enum SimulationMethod
{
    /// <summary>What suits the model: today differential equations.</summary>
    Auto,
    /// <summary>Differential equations.</summary>
    Ode,
    /// <summary>Exact stochastic simulation of every reaction.</summary>
    Ssa,
    /// <summary>Stochastic simulation in leaps of many reactions at once.</summary>
    Tau,
    /// <summary>Differential equations in which counted populations are random while they are small.</summary>
    Hybrid,
}

/// <summary>Settings of a random simulation.</summary>
/// <param name="Method">Exact, in leaps, or hybrid.</param>
/// <param name="Repeats">Repeats whose means and standard deviations are written; null for one course as it is.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Unit">What one individual is in the unit of the species; null for the model's own.</param>
/// <param name="Epsilon">Relative change of propensities in a leap.</param>
/// <param name="RelativeTolerance">Of the differential equations.</param>
/// <param name="AbsoluteTolerance">Of the differential equations.</param>
internal sealed record RandomSettings(
    SimulationMethod Method, int? Repeats, ulong Seed, double? Unit, double Epsilon, double RelativeTolerance, double AbsoluteTolerance);

/// <summary>Simulates a model with random numbers, once or many times.</summary>
internal static class RepeatedSimulator
{
    /// <summary>Repeats that are held in memory at a time.</summary>
    private const int Batch = 512;
    /// <summary>Intervals of a hybrid simulation: at least this many in all.</summary>
    private const double LeastIntervals = 200;
    /// <summary>Multiple of the absolute tolerance from which on the continuous part sees a change.</summary>
    private const double VisibleTolerances = 1000;

    /// <summary>Simulates on a grid of times; a message if a course did not reach the end.</summary>
    internal static (TrajectoryTable Table, string? Failure) Run(
        OutputColumns columns, IReadOnlyList<CountedPopulation> counted, double[] times, RandomSettings settings, CancellationToken cancel)
    {
        var hybrid = settings.Method == SimulationMethod.Hybrid;
        var model = CompiledModel.Compile(columns.Network, new CompileOptions
        {
            Observables = [.. columns.Observables.Distinct()],
            NonNegativeSpecies = hybrid,
            Counted = hybrid ? counted : [],
        });
        int[] places = [.. columns.Observables.Select(model.ObservableIndex)];
        var repeats = settings.Repeats ?? 1;
        var moments = new Moments(times.Length * places.Length);
        var run = hybrid ? Hybrid(model, times, settings, cancel) : Exact(model, times, settings, cancel);
        for (var first = 0; first < repeats; first += Batch)
        {
            var count = Math.Min(Batch, repeats - first);
            var values = new double[count][];
            var filled = new int[count];
            for (var k = 0; k < count; k++) values[k] = new double[times.Length * places.Length];
            var from = first;
            var failure = run(first, count, Receive);
            if (failure is not null) return (new TrajectoryTable([], [], []), failure);
            foreach (var repeat in values) moments.Add(repeat);

            void Receive(int repeat, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters)
            {
                var observed = new double[model.Observables.Count];
                model.Evaluate(time, states, parameters, observed);
                foreach (var place in places) values[repeat - from][filled[repeat - from]++] = observed[place];
            }
        }
        if (settings.Repeats is null) return (new TrajectoryTable(columns.Names, times, moments.Mean), null);
        return (new TrajectoryTable([.. columns.Names.SelectMany(name => new[] { name + "-mean", name + "-sd" })], times, moments.Interleaved()), null);
    }

    private static Func<int, int, RepeatReceiver, string?> Hybrid(CompiledModel model, double[] times, RandomSettings settings, CancellationToken cancel)
    {
        var (states, parameters) = Start(model);
        var courses = new HybridCourses
        {
            System = model.System,
            Counted = model.Counted!,
            States = states,
            Parameters = parameters,
            Start = times[0],
            Times = times,
            Stepper = new StepperOptions { RelativeTolerance = settings.RelativeTolerance, AbsoluteTolerance = settings.AbsoluteTolerance },
            Hybrid = new HybridOptions
            {
                MaxInterval = Math.Max(times[^1] - times[0], double.Epsilon) / LeastIntervals,
                VisibleChange = VisibleTolerances * settings.AbsoluteTolerance,
            },
            Seed = settings.Seed,
        };
        return (first, count, receive) =>
        {
            var (_, _, failed) = courses.Run(first, count, Environment.ProcessorCount, receive, null, cancel);
            return failed.Count == 0 ? null : $"repeat {failed[0].Repeat} of seed {settings.Seed}: {Simulator.Explain(failed[0].Report, model)}";
        };
    }

    private static Func<int, int, RepeatReceiver, string?> Exact(CompiledModel model, double[] times, RandomSettings settings, CancellationToken cancel)
    {
        var (states, parameters) = Start(model);
        var cell = model.ParameterIndex(CountedPopulation.OneCell);
        var leaps = settings.Method == SimulationMethod.Tau;
        var network = model.Stochastic(settings.Unit ?? (cell < 0 ? 1 : parameters[cell]), leaps);
        var courses = new StochasticCourses
        {
            Network = network,
            States = states,
            Parameters = parameters,
            Start = times[0],
            Times = times,
            Seed = settings.Seed,
            Epsilon = leaps ? settings.Epsilon : null,
        };
        return (first, count, receive) =>
        {
            var reports = courses.Run(first, count, Environment.ProcessorCount, receive, cancel);
            var bad = reports.Select((r, k) => (Report: r, Repeat: first + k)).FirstOrDefault(x => x.Report.Outcome != StochasticOutcome.Done);
            return bad.Report.Outcome == StochasticOutcome.Done ? null : Explain(bad.Report, bad.Repeat, network, model.States, settings.Seed);
        };
    }

    private static string Explain(StochasticReport report, int repeat, StochasticNetwork network, IReadOnlyList<string> states, ulong seed)
    {
        var (why, remedy) = report.Outcome switch
        {
            StochasticOutcome.BadPropensity => ($"the rate of {network.Reactions[report.Reaction]} is negative or not a number", "write the reaction as two, one for each direction"),
            StochasticOutcome.TooManyJumps => ("there were more reactions than allowed", "simulate a shorter time, or fewer individuals"),
            StochasticOutcome.BadCount => ($"the number of {states[report.Reaction]} is not a number or above 2^53", "look at its initial value and its inflow, and at --unit"),
            StochasticOutcome.StepTooSmall => ("what changes between reactions could not be followed", "look for a division by 0 or growth without limit in rate rules and rates"),
            StochasticOutcome.BadDelay => ("the delay of an event is not a number", "look at its formula"),
            _ => ("events trigger each other without end", "look at the triggers"),
        };
        return FormattableString.Invariant($"repeat {repeat} of seed {seed} stopped at time {report.Time:G6} after {report.Jumps} reactions: {why}; try: {remedy}");
    }

    private static (double[] States, double[] Parameters) Start(CompiledModel model)
    {
        var parameters = model.DefaultParameters();
        var states = new double[model.States.Count];
        model.InitialStates(parameters, states);
        return (states, parameters);
    }

    /// <summary>Means and variances, value by value, in the order of the repeats (Welford 1962).</summary>
    private sealed class Moments(int count)
    {
        private readonly double[] _squares = new double[count];
        private int _repeats;

        public double[] Mean { get; } = new double[count];

        public void Add(double[] values)
        {
            _repeats++;
            for (var i = 0; i < values.Length; i++)
            {
                var difference = values[i] - Mean[i];
                Mean[i] += difference / _repeats;
                _squares[i] += difference * (values[i] - Mean[i]);
            }
        }

        /// <summary>Mean and standard deviation of each value, in turn.</summary>
        public double[] Interleaved() =>
            [.. Mean.SelectMany((mean, i) => new[] { mean, _repeats > 1 ? Math.Sqrt(_squares[i] / (_repeats - 1)) : 0 })];
    }
}
