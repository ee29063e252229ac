using Marrow.Networks.Compilation;
using Marrow.Networks.Structure;
using Marrow.Numerics.Jumps;
using Marrow.Numerics.Ode;
using Marrow.Tests.Antimony;

namespace Marrow.Tests.Compilation;

/// <summary>Time courses of models written in a few lines.</summary>
internal static class Courses
{
    private static readonly StepperOptions Tight = new() { RelativeTolerance = 1e-8, AbsoluteTolerance = 1e-10 };

    /// <summary>Values of some names (separated by commas) at each of the times; the course starts at 0.</summary>
    public static double[][] Of(string text, string names, params double[] times) => Of(Reading.Good(text), names, times);

    public static double[][] Of(ReactionNetwork network, string names, params double[] times)
    {
        var (rows, report) = Run(network, names, times);
        Assert.Equal(Outcome.Done, report.Outcome);
        return rows;
    }

    /// <summary>One value at one time.</summary>
    public static double At(string text, string name, double time) => Of(text, name, time)[0][0];

    public static (double[][] Rows, TrajectoryReport Report) Run(ReactionNetwork network, string names, params double[] times)
    {
        var model = CompiledModel.Compile(network, new CompileOptions { Observables = names.Split(',') });
        var (states, parameters) = Start(model);
        var rows = new List<double[]>();
        var report = TimeCourse.Solve(model.System, states, parameters, 0, times, Tight, (t, y, p) => rows.Add(Observe(model, t, y, p)));
        return ([.. rows], report);
    }

    /// <summary>The same by exact stochastic simulation, one repeat.</summary>
    public static double[][] Exact(string text, string names, ulong seed, params double[] times)
    {
        var model = CompiledModel.Compile(Reading.Good(text), new CompileOptions { Observables = names.Split(',') });
        var (states, parameters) = Start(model);
        var rows = new List<double[]>();
        var courses = new StochasticCourses { Network = model.Stochastic(), States = states, Parameters = parameters, Times = times, Seed = seed };
        var reports = courses.Run(0, 1, 1, (_, t, y, p) => rows.Add(Observe(model, t, y, p)));
        Assert.Equal(StochasticOutcome.Done, reports[0].Outcome);
        return [.. rows];
    }

    public static (double[] States, double[] Parameters) Start(CompiledModel model)
    {
        var parameters = model.DefaultParameters();
        var states = new double[model.States.Count];
        model.InitialStates(parameters, states);
        return (states, parameters);
    }

    public static double[] Observe(CompiledModel model, double t, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters)
    {
        var values = new double[model.Observables.Count];
        model.Evaluate(t, states, parameters, values);
        return values;
    }
}
