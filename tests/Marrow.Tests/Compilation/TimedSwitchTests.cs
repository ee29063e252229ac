using Marrow.Networks.Compilation;
using Marrow.Numerics.Ode;
using Marrow.Tests.Antimony;

namespace Marrow.Tests.Compilation;

/// <summary>Comparisons of time in rates, which the solver reaches exactly.</summary>
public sealed class TimedSwitchTests
{
    // Solutions are piecewise polynomials that every formula of order 1 and more follows but for rounding and the tolerance of 1e-8.
    private const double Bound = 1e-6;

    [Fact]
    public void Pulses_much_shorter_than_the_steps_between_them_are_not_passed_over()
    {
        const string model = "x = 0; x' = piecewise(8, time >= 21 && time <= 21.125, piecewise(8, time >= 600 && time <= 600.125, 0))";
        var rows = Courses.Of(model, "x", 20, 22, 599, 601, 1000);
        Assert.Equal([0, 1, 1, 2, 2], rows.Select(r => r[0]), (a, b) => Math.Abs(a - b) < Bound);
    }

    [Fact]
    public void A_window_that_begins_with_a_rate_of_nothing_is_not_passed_over()
    {
        // The rate t is 0 at the start and 0 from 2 on: seen from the start a step of 50 is without error.
        Assert.Equal(2, Courses.At("x = 0; x' = piecewise(time, time < 2, 0)", "x", 100), Bound);
    }

    [Fact]
    public void A_switch_stands_as_the_comparison_does_at_a_start_that_is_not_0()
    {
        var model = CompiledModel.Compile(Reading.Good("x = 0; x' = piecewise(1, time < 10, 5)"), new CompileOptions { Observables = ["x"] });
        var (states, parameters) = Courses.Start(model);
        var rows = new List<double>();
        TimeCourse.Solve(model.System, states, parameters, 12, [12.0, 14], new StepperOptions(), (t, y, p) => rows.Add(y[0]));
        Assert.Equal(10, rows[1], Bound);
    }

    [Fact]
    public void Rates_at_a_point_are_those_of_the_model_whatever_the_switches_say()
    {
        var model = CompiledModel.Compile(Reading.Good("x = 0; x' = piecewise(1, time < 10, 5)"), new CompileOptions());
        var rate = new double[1];
        model.RightHandSide(3, [0], model.DefaultParameters(), rate);
        Assert.Equal(1, rate[0]);
        model.RightHandSide(30, [0], model.DefaultParameters(), rate);
        Assert.Equal(5, rate[0]);
    }

    [Fact]
    public void A_model_that_compares_no_times_has_no_switches() =>
        Assert.Empty(CompiledModel.Compile(Reading.Good("x = 1; x' = piecewise(-x, x > 0.5, -x/2)"), new CompileOptions()).Parameters);

    [Fact]
    public void A_limit_that_is_a_parameter_moves_the_switch()
    {
        var model = CompiledModel.Compile(Reading.Good("x = 0; limit = 2; x' = piecewise(1, time < limit, 0)"), new CompileOptions { Observables = ["x"] });
        var (states, parameters) = Courses.Start(model);
        parameters[model.ParameterIndex("limit")] = 7;
        var last = 0.0;
        TimeCourse.Solve(model.System, states, parameters, 0, [50.0], new StepperOptions(), (t, y, p) => last = y[0]);
        Assert.Equal(7, last, Bound);
    }
}
