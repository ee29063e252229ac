using Marrow.Networks.Antimony;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Ode;
using Marrow.Tests.House;
using Marrow.Tests.Studies;
using Marrow.Trials.Patients;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Patients;

[Collection(ElianaGroup.Name)]
public sealed class TimeVaryingTests(ElianaStudy eliana)
{
    private const double Tolerance = 1e-9;
    private static readonly DatedValue[] Points = [new(0, .5), new(2, 2), new(5, .25)];

    [Theory]
    [InlineData("Forward", -1, null)]
    [InlineData("Forward", 0, .5)]
    [InlineData("Forward", 1.9, .5)]
    [InlineData("Forward", 2, 2.0)]
    [InlineData("Forward", 99, .25)]
    [InlineData("Backward", -1, .5)]
    [InlineData("Backward", 0, 2.0)]
    [InlineData("Backward", 1.9, 2.0)]
    [InlineData("Backward", 2, .25)]
    [InlineData("Backward", 99, .25)]
    public void A_value_is_carried_the_way_that_is_stated(string carry, double time, double? expected) =>
        Assert.Equal(expected, TimeVaryingRule.At(Points, Enum.Parse<Carry>(carry), time));

    // One compartment, A' = -CL/V A with CL constant between its days: A(t) = A0 exp(-(sum CL_i dt_i)/V). Local errors below the tolerance
    // add up over a few time constants.
    [Theory]
    [InlineData("Forward", false, .5, 2, .25)]
    [InlineData("Backward", false, 2, .25, .25)]
    [InlineData("Forward", true, 1.5, 6, .75)]
    [InlineData("Backward", true, 6, .75, .75)]
    public void A_clearance_that_changes_on_known_days_gives_the_closed_form(string carry, bool ratio, double first, double second, double third)
    {
        var bag = new DiagnosticBag();
        var network = AntimonyReader.ReadText("model pk\n compartment Body = 1\n substanceOnly species A in Body; A = 100\n Lose: A => ; CL/V*A\n CL = 3; V = 10\nend", "pk.ant", bag);
        var model = CompiledModel.Compile(network!, new CompileOptions());
        var rule = new TimeVaryingRule { Parameter = "CL", Carry = Enum.Parse<Carry>(carry), Ratio = ratio, Points = Points };
        var course = new VaryingTrajectory(model, new TimeVaryingPlan(rule, model.ParameterIndex("CL")));
        using var stepper = new LaneStepper(model.System, new StepperOptions { RelativeTolerance = Tolerance, AbsoluteTolerance = 1e-12 });
        stepper.Run(new One(course));
        foreach (var (time, amount) in course.Samples)
        {
            var cleared = (first * Math.Clamp(time, 0, 2)) + (second * Math.Clamp(time - 2, 0, 3)) + (third * Math.Max(0, time - 5));
            Assert.Equal(100 * Math.Exp(-cleared / 10), amount, 100 * Tolerance * 100);
        }
        Assert.Equal(10, course.Samples.Count);
    }

    [Fact]
    public void Only_patients_of_the_table_change_and_the_others_keep_their_bits()
    {
        var rule = new TimeVaryingRule { Parameter = "rho", Carry = Carry.Forward, Ratio = true, ByPatient = new Dictionary<int, IReadOnlyList<DatedValue>> { [1] = [new(3, .5)] } };
        var plan = new TimeVaryingPlan(rule, eliana.Prepared.Model.Parameters.ToList().IndexOf("rho"));
        var varying = eliana.Prepared with { Arms = [.. eliana.Prepared.Arms.Select(a => a with { TimeVarying = [plan] })] };
        var (with, without) = (Records(varying), Records(eliana.Prepared));
        Assert.Equal(without[0], with[0]);
        Assert.NotEqual(without[1], with[1]);
    }

    [Theory]
    [InlineData("{parameter: rho, carry: forward, days: [1, 2], values: [1, 2], unit: 1/d, kind: assumed, reason: a test}", null)]
    [InlineData("{parameter: rho, carry: backward, days: [1, 2], ratios: [1, 2], kind: assumed, reason: a test}", null)]
    [InlineData("{parameter: rhoo, carry: forward, days: [1], ratios: [1], kind: assumed, reason: a test}", "MRW7010")]
    [InlineData("{parameter: rho, carry: sideways, days: [1], ratios: [1], kind: assumed, reason: a test}", "MRW7007")]
    [InlineData("{parameter: rho, days: [1], ratios: [1], kind: assumed, reason: a test}", "MRW7004")]
    [InlineData("{parameter: rho, carry: forward, days: [2, 1], ratios: [1, 2], kind: assumed, reason: a test}", "MRW7006")]
    [InlineData("{parameter: rho, carry: forward, days: [1, 2], ratios: [1], kind: assumed, reason: a test}", "MRW7012")]
    [InlineData("{parameter: rho, carry: forward, days: [1], ratios: [1]}", "MRW7009")]
    [InlineData("{parameter: rho, carry: forward, table: nowhere.csv, unit: 1/d, kind: assumed, reason: a test}", "MRW7001")]
    public void An_entry_that_cannot_be_meant_is_refused(string entry, string? code)
    {
        var bag = new DiagnosticBag();
        var map = YamlSource.ReadText($"title: A test\nextends: eliana.yaml\ntime_varying: [{entry}]", Repository.PathOf("studies/populations/eliana.yaml") + ".test", bag)!;
        var population = PopulationLoader.Read(map, new ModelNames(eliana.Study.Parts.Model.Network, eliana.Study.Parts.Model.Parameters));
        if (code is not null) Assert.Equal(code, Assert.Single(bag.Items).Code);
        else
        {
            Assert.Empty(bag.Items);
            Assert.Contains("carried", Assert.Single(population.TimeVarying).Statement, StringComparison.Ordinal);
            Assert.Equal(2, population.Numbers.Count(n => n.Name.StartsWith("rho over time", StringComparison.Ordinal)));
        }
    }

    private string[] Records(PreparedStudy study)
    {
        var sink = new Sink();
        StudyRunner.Simulate(study, eliana.Study.Seed, [0, 1], 1, sink, TestContext.Current.CancellationToken);
        return [.. sink.Records.OrderBy(r => r.Patient).Select(Journal.TextOf)];
    }

    private sealed class Sink : IPatientSink
    {
        public List<PatientRecord> Records { get; } = [];

        public void Add(PatientRecord record) => Records.Add(record);
    }

    private sealed class One(Trajectory trajectory) : ITrajectorySource
    {
        private Trajectory? _next = trajectory;

        public Trajectory? Next() => Interlocked.Exchange(ref _next, null);
    }

    /// <summary>From day -1 to day 9, with a daily sample from day 0 on, when 100 are left.</summary>
    private sealed class VaryingTrajectory(CompiledModel model, TimeVaryingPlan plan) : Trajectory
    {
        private readonly TimeVaryingCourse _varying = new();
        private double _next;

        public List<(double Time, double Amount)> Samples { get; } = [];

        public override double NextStop => Math.Min(_varying.Next, 9);

        public override double NextSample => _next;

        public override double Begin(Span<double> states, Span<double> parameters)
        {
            model.DefaultParameters().CopyTo(parameters);
            var before = plan.Rule.Carry == Carry.Forward ? 3 : plan.Rule.Ratio ? 1.5 : .5;
            states[0] = 100 * Math.Exp(before / 10);
            _varying.Begin([plan], 0, -1, parameters);
            return -1;
        }

        public override Directive AtStop(double time, Span<double> states, Span<double> parameters) =>
            _varying.Apply(time, states, parameters) ? Directive.Restart : Directive.Finish;

        public override Directive AtSample(double time, Span<double> states, Span<double> parameters)
        {
            Samples.Add((time, states[0]));
            _next = time + 1;
            return Directive.Continue;
        }

        public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states) => Assert.Equal(Outcome.Done, report.Outcome);
    }
}
