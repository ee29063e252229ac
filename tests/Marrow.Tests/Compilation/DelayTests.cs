using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Tests.Antimony;

namespace Marrow.Tests.Compilation;

/// <summary>Values of the past, against closed forms.</summary>
public sealed class DelayTests
{
    // The local tolerance of 1e-8 is kept at each of some hundred steps.
    private const double Tolerance = 1e-5;

    /// <summary>x' = -x(t - 1) with x = 1 before the start, by the method of steps: x(t) is the sum of (-1)^k (t - k + 1)^k / k! over the k up
    /// to t + 1.</summary>
    private static double Steps(double t)
    {
        double sum = 0, factorial = 1;
        for (var k = 0; k <= t + 1; k++)
        {
            if (k > 0) factorial *= k;
            sum += Math.Pow(-1, k) * Math.Pow(t - k + 1, k) / factorial;
        }
        return sum;
    }

    [Theory]
    [InlineData("x = 1; x' = -delay(x, 1)")]
    [InlineData("x = 1; x' = -past; past := delay(x, lag); lag = 1")]
    [InlineData("species x = 1; x -> ; delay(x, 0.25 + 0.75*one); one = 1; one' = 0")]
    public void An_equation_with_a_delay_follows_the_method_of_steps(string text)
    {
        double[] times = [0.5, 1, 1.7, 2, 3.3, 6];
        var rows = Courses.Of(text, "x", times);
        for (var i = 0; i < times.Length; i++) Assert.Equal(Steps(times[i]), rows[i][0], Tolerance);
    }

    [Fact]
    public void A_delay_shorter_than_the_steps_is_solved_with_them()
    {
        // x' = -x(t - d) has the solution e^(-s t) with s = e^(s d) once the start is forgotten; for d = 0.001, s = 1.001001503.
        const double rate = 1.0010015028;
        var rows = Courses.Of("x = 1; x' = -delay(x, 0.001)", "x", 1, 9);

        Assert.Equal(Math.Exp(-8 * rate), rows[1][0] / rows[0][0], 1e-8);
    }

    [Theory]
    [InlineData("y := delay(x, 1)", 2)]
    [InlineData("y := delay(x, 0)", 3)]
    [InlineData("y := delay(x + time, 1)", 4)]
    [InlineData("y := delay(delay(x, 1), 1)", 1)]
    [InlineData("y := delay(x, x/3)", 2)]
    [InlineData("y := delay(x^2, 1)", 4)]
    [InlineData("y := rateOf(z); z := delay(x^2, 1)", 4)]
    [InlineData("y := delay(rateOf(x), 1)", 1)]
    public void A_rule_reads_the_past(string rule, double at3)
    {
        Assert.Equal(at3, Courses.At($"x = 0; x' = 1; {rule}", "y", 3), Tolerance);
    }

    [Theory]
    [InlineData("delay(x, 2)", 0)]
    [InlineData("delay(time, 2)", -1)]
    [InlineData("delay(x + time, 2)", -1)]
    [InlineData("delay(rateOf(x), 2)", 0)]
    public void Before_the_start_values_are_the_initial_ones_and_time_goes_on(string formula, double at1) =>
        Assert.Equal(at1, Courses.At($"x = 0; x' = 1; y := {formula}", "y", 1), Tolerance);

    [Fact]
    public void An_initial_value_can_be_of_the_past() =>
        Assert.Equal([4, -2], Courses.Of("x = 4; x' = 1; y = delay(x, 3); z = delay(time, 2)", "y,z", 1)[0]);

    [Fact]
    public void An_event_comes_back_through_a_delay()
    {
        // x jumps by 1 at 1, so y does at 3.5, and its integral from 3.5 on.
        var rows = Courses.Of("x = 0; x' = 0; at time >= 1: x = 1; y := delay(x, 2.5); z = 0; z' = y", "y,z", 3.4, 3.6, 5);

        Assert.Equal([0, 0], rows[0]);
        Assert.Equal(1, rows[1][0]);
        Assert.Equal(0.1, rows[1][1], Tolerance);
        Assert.Equal(1.5, rows[2][1], Tolerance);
    }

    [Fact]
    public void An_event_can_be_triggered_by_the_past_and_assign_it()
    {
        // x(t - 1) passes 1.5 at 2.5, where x(t - 0.5) is 2.
        Assert.Equal(2, Courses.At("x = 0; x' = 1; var y = 0; at delay(x, 1) > 1.5 && delay(x, 1) < 1.6: y = delay(x, 0.5)", "y", 10), Tolerance);
    }

    [Fact]
    public void A_parameter_that_events_change_has_a_past_too() =>
        Assert.Equal([5, 7, 9], Courses.Of("var p = 5; at time > 1: p = 7; at time > 3: p = 9; y := delay(p, 1); s = 0; s' = 1", "y", 1.5, 3.5, 4.5).Select(r => r[0]));

    [Fact]
    public void Delays_inside_one_another_add_up()
    {
        var nested = Enumerable.Range(0, 40).Aggregate("x", (inner, _) => $"delay({inner}, 0.01)");

        Assert.Equal(2.6, Courses.At($"x = 0; x' = 1; y := {nested}", "y", 3), Tolerance);
    }

    [Fact]
    public void Delays_that_multiply_are_refused()
    {
        var rules = string.Join("; ", Enumerable.Range(1, 30).Select(k => $"a{k} := delay(a{k - 1}, 1) + delay(a{k - 1}, 2)"));
        var network = Reading.Good($"a0 = 0; a0' = 1; {rules}");

        Assert.All(Assert.Throws<InputException>(() => CompiledModel.Compile(network, new CompileOptions { Observables = ["a30"] })).Diagnostics, d => Assert.Equal("MRW5914", d.Code));
    }

    [Fact]
    public void A_delay_in_a_stochastic_simulation_is_refused()
    {
        var model = CompiledModel.Compile(Reading.Good("species x = 5; x -> ; k*delay(x, 1); k = 1"), new CompileOptions());

        Assert.Equal("MRW5910", Assert.Single(Assert.Throws<InputException>(() => model.Stochastic()).Diagnostics).Code);
    }

    [Fact]
    public void A_course_with_delays_does_not_depend_on_its_neighbours()
    {
        var model = CompiledModel.Compile(Reading.Good("x = 1; x' = -k*delay(x, 0.01 + lag); k = 1; lag = 0.3; at time > 1: x = 2"), new CompileOptions { Observables = ["x"] });
        var (states, parameters) = Courses.Start(model);
        double[][] run(int[] members)
        {
            var rows = members.Select(_ => new List<double>()).ToArray();
            var courses = new Marrow.Numerics.Ode.TimeCourses { System = model.System, Start = 0, Times = [0.5, 1.5, 4], Options = new Marrow.Numerics.Ode.StepperOptions() };
            courses.Solve(members.Length, m =>
            {
                double[] own = [.. parameters];
                own[model.ParameterIndex("lag")] = 0.1 * members[m];
                return (states, own);
            }, 1, (m, _, y, _) => rows[m].Add(y[0]));
            return [.. rows.Select(r => r.ToArray())];
        }

        var together = run([.. Enumerable.Range(0, 11)]);
        for (var m = 0; m < 11; m++) Assert.Equal(run([m])[0], together[m]);
    }
}
