using Marrow.Networks.Compilation;
using Marrow.Numerics.Ode;

namespace Marrow.Tests.Models;

/// <summary>A course of one patient, written as a test reads: start, changes at times, states at times.</summary>
internal sealed class Courses
{
    private readonly StepperOptions _options;
    private readonly double[] _states, _parameters;

    /// <summary>Starts at the healthy state of the model.</summary>
    public Courses(CompiledModel model, double relative = 1e-6, double absolute = 1e-8)
    {
        Model = model;
        _options = new StepperOptions { RelativeTolerance = relative, AbsoluteTolerance = absolute };
        _parameters = model.DefaultParameters();
        _states = new double[model.States.Count];
        model.InitialStates(_parameters, _states);
    }

    public CompiledModel Model { get; }

    public double Time { get; private set; }

    public ReadOnlySpan<double> States => _states;

    public ReadOnlySpan<double> Parameters => _parameters;

    /// <summary>A state.</summary>
    public double this[string state]
    {
        get => _states[Model.StateIndex(state)];
        set => _states[Model.StateIndex(state)] = value;
    }

    /// <summary>A parameter, as it is now.</summary>
    public double Parameter(string name) => _parameters[Model.ParameterIndex(name)];

    /// <summary>Sets a parameter from now on.</summary>
    public void Set(string parameter, double value) => _parameters[Model.ParameterIndex(parameter)] = value;

    /// <summary>Goes on to each of the times in turn and looks at the states there.</summary>
    public void Run(IReadOnlyList<double> times, Action<double>? look = null)
    {
        var report = TimeCourse.Solve(Model.System, [.. _states], [.. _parameters], Time, times, _options, (time, states, _) =>
        {
            states.CopyTo(_states);
            Time = time;
            look?.Invoke(time);
        });
        Assert.Equal(Outcome.Done, report.Outcome);
    }

    /// <summary>Slope of a state at the present point.</summary>
    public double Slope(string state)
    {
        var slopes = new double[_states.Length];
        Model.RightHandSide(Time, _states, _parameters, slopes);
        return slopes[Model.StateIndex(state)];
    }

    /// <summary>An observable at the present point.</summary>
    public double Read(string observable)
    {
        var all = new double[Model.Observables.Count];
        Model.Evaluate(Time, _states, _parameters, all);
        return all[Model.ObservableIndex(observable)];
    }
}
