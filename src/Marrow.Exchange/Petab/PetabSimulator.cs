using Marrow.Networks.Compilation;
using Marrow.Networks.Simulation;
using Marrow.Numerics.Ode;

namespace Marrow.Exchange.Petab;

/// <summary>What is expected of a measurement.</summary>
/// <param name="Value">Value of its observable, on the linear scale.</param>
/// <param name="Noise">Its standard deviation or scale.</param>
internal readonly record struct PetabPrediction(double Value, double Noise);

/// <summary>Simulates the experiments of one model side by side, in lanes.</summary>
internal sealed class PetabSimulator
{
    private readonly PetabPart _part;
    private readonly PetabEquations _equations;
    private readonly StepperOptions _options;
    private readonly CancellationToken _cancel;
    private readonly PetabReadout _readout;

    public PetabSimulator(int version, PetabPart part, IReadOnlyList<PetabParameter> parameters, StepperOptions options, CancellationToken cancel)
    {
        (_part, _options, _cancel) = (part, options, cancel);
        _equations = new PetabEquations(version, PetabModel.Build(version, part, parameters));
        _readout = new PetabReadout(part, _equations.Model);
    }

    /// <summary>What the model predicts, measurement by measurement.</summary>
    /// <exception cref="InvalidDataException">An experiment could not be simulated; the message says which and why.</exception>
    public PetabPrediction[] Run()
    {
        var measured = Enumerable.Range(0, _part.Measurements.Count).GroupBy(i => _part.Measurements[i].Experiment).OrderBy(g => g.Key).ToList();
        var steady = Equilibrate([.. measured.Select(g => _part.Experiments[g.Key])]);
        var courses = new List<(PetabCourse Course, bool[]? Held)>();
        foreach (var rows in measured)
        {
            var experiment = _part.Experiments[rows.Key];
            PetabPeriod[] timed = [.. experiment.Timed];
            var time = timed[0].Time;
            var (states, parameters) = experiment.IsEquilibrated ? Copy(steady[experiment.Periods[0].Changes]) : _equations.Start(timed[0]);
            var held = experiment.IsEquilibrated ? _equations.Held(time, states, parameters) : null;
            if (experiment.IsEquilibrated) _equations.Apply(timed[0], time, states, parameters);
            double[] times = [.. rows.Select(i => _part.Measurements[i].Time).Where(double.IsFinite).Distinct().Order()];
            var byTime = rows.ToLookup(i => _part.Measurements[i].Time);
            void Receive(int place, double at, ReadOnlySpan<double> y, ReadOnlySpan<double> p) =>
                _readout.Read(byTime[place < times.Length ? times[place] : double.PositiveInfinity], at, y, p);
            courses.Add((new PetabCourse(experiment.Label, _equations, (time, states, parameters), timed[1..], times, byTime.Contains(double.PositiveInfinity), _options, Receive), held));
        }
        Follow(courses);
        return _readout.Predictions;
    }

    private static (double[] States, double[] Parameters) Copy((double[] States, double[] Parameters) point) => ([.. point.States], [.. point.Parameters]);

    /// <summary>The steady states from which experiments begin, each condition once.</summary>
    private Dictionary<IReadOnlyList<PetabChange>, (double[] States, double[] Parameters)> Equilibrate(IReadOnlyList<PetabExperiment> experiments)
    {
        var found = new Dictionary<IReadOnlyList<PetabChange>, (double[] States, double[] Parameters)>(ReferenceEqualityComparer.Instance);
        var courses = new List<(PetabCourse Course, bool[]? Held)>();
        foreach (var experiment in experiments.Where(e => e.IsEquilibrated).DistinctBy(e => e.Periods[0].Changes, ReferenceEqualityComparer.Instance))
        {
            var first = experiment.Periods[0];
            var (states, parameters) = _equations.Start(first);
            void Receive(int place, double at, ReadOnlySpan<double> y, ReadOnlySpan<double> p) => found[first.Changes] = (y.ToArray(), p.ToArray());
            courses.Add((new PetabCourse($"pre-equilibration of {experiment.Label}", _equations, (0, states, parameters), [], [], true, _options, Receive), null));
        }
        Follow(courses);
        return found;
    }

    /// <summary>Runs courses. Those for which events count as having held alike before the start share the lanes.</summary>
    private void Follow(List<(PetabCourse Course, bool[]? Held)> courses)
    {
        var model = _equations.Model;
        foreach (var group in courses.GroupBy(c => c.Held is null ? "" : string.Concat(c.Held.Select(h => h ? '1' : '0'))))
        {
            var held = group.First().Held;
            var system = held is null || model.System.Events.Count == 0 ? model.System : model.System with { Events = new HeldEvents(model.System.Events, held) };
            TrajectoryList.Follow(system, _options, [.. group.Select(c => c.Course)], cancel: _cancel);
        }
        var problems = courses.Select(c => Problem(c.Course, model)).OfType<string>().ToList();
        if (problems.Count > 0) throw new InvalidDataException(string.Join('\n', problems));
    }

    private static string? Problem(PetabCourse course, CompiledModel model) =>
        course.Report.Outcome != Outcome.Done ? $"{course.Label}: {SimulationException.Explain(course.Report, model)}"
        : course.ToSteadyState && !course.IsSteady ? FormattableString.Invariant($"{course.Label}: no steady state up to time {course.Report.Time:G3}; try: a model that comes to rest, or a time in place of inf")
        : null;

    /// <summary>Events of which the first, those of the model, count as having held, or not, when the clock starts.</summary>
    private sealed class HeldEvents(ILaneEvents events, bool[] held) : ILaneEvents
    {
        public int Count => events.Count;

        public bool HeldBefore(int index) => index < held.Length ? held[index] : events.HeldBefore(index);

        public bool Trigger(int index, ReadOnlySpan<double> roots) => events.Trigger(index, roots);

        public bool IsPersistent(int index) => events.IsPersistent(index);

        public bool FromTrigger(int index) => events.FromTrigger(index);

        public double Delay(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters) => events.Delay(index, time, states, parameters);

        public double Priority(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters) => events.Priority(index, time, states, parameters);

        public int Values(int index) => events.Values(index);

        public void Evaluate(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, Span<double> values) =>
            events.Evaluate(index, time, states, parameters, values);

        public void Assign(int index, ReadOnlySpan<double> values, double time, Span<double> states, Span<double> parameters) =>
            events.Assign(index, values, time, states, parameters);

        public string Name(int index) => events.Name(index);
    }
}
