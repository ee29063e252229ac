using Marrow.Cli;
using Marrow.Networks.Diagnostics;
using Marrow.Tests.Cli;
using Marrow.Trials.Fit;

namespace Marrow.Tests.Fit;

public sealed class ElasticityTests : IDisposable
{
    private const double Factor = 1.25, Limit = 30, Width = 0.5;

    private readonly FitFiles _files = new();

    public ElasticityTests()
    {
        _files.Write("pk.csv", """
            id,value,unit,lower,upper,distribution,kind,source,locator,system,note
            Body,1,1,,,fixed,assumed,,,,scale
            Cl,0.3,L/d,,,fixed,assumed,,,,clearance
            Vc,3,L,1.5,6,lognormal(0.2),measured,here,,,volume
            Q,1,L/d,,,fixed,assumed,,,,exchange
            Vp,2.5,L,,,fixed,assumed,,,,volume
            """);
        _files.Write("elasticities.yaml", $$"""
            title: Elasticities of a drug model
            seed: 4
            patients: 40
            factor: {{Factor}}
            scenarios:
              bolus: {model: pk.ant, tables: [pk.csv], days: 10, every: 1, doses: [{day: 0, into: Central, amount: 100}]}
            outcomes:
              - {id: high start, scenario: bolus, observable: Concentration, time: at 0, statistic: share_above {{Limit}} {{Width}}}
              - {id: high end, scenario: bolus, observable: Concentration, time: at 10, statistic: share_above {{Limit}} {{Width}}}
            """);
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_elasticity_of_a_soft_share_is_that_of_its_closed_form_and_0_where_nothing_acts()
    {
        var rows = Run("out");
        var volume = rows.Single(e => e is { Parameter: "Vc", Outcome: "high start" });
        // The concentration at the start is 100 / Vc in each patient, so shares follow from the patients' volumes alone; between the extremes
        // of these (median times exp(+-0.5)) the elasticity of the mean lies between those of the extreme patients.
        double One(double vc) => Math.Log(Share(vc * Factor) / Share(vc / Factor)) / (2 * Math.Log(Factor));
        Assert.InRange(volume.Value, One(6), One(1.5));
        Assert.True(volume.Lower < volume.Value && volume.Value < volume.Upper);
        Assert.Equal((40, "measured"), (volume.Patients, volume.Kind));
        Assert.All(rows.Where(e => e is { Outcome: "high start", Parameter: "Cl" or "Q" }), e => Assert.Equal(0, e.Value));
        Assert.True(rows.Single(e => e is { Parameter: "Cl", Outcome: "high end" }).Value < 0);
    }

    [Fact]
    public void Two_patients_without_spread_have_the_exact_elasticity()
    {
        _files.Replace("pk.csv", "lognormal(0.2)", "fixed");
        var volume = Run("out").Single(e => e is { Parameter: "Vc", Outcome: "high start" });
        // The solver's relative tolerance of 1e-6 does not touch the start.
        Assert.Equal(Math.Log(Share(3 * Factor) / Share(3 / Factor)) / (2 * Math.Log(Factor)), volume.Value, 1e-9);
        Assert.Equal(volume.Value, volume.Lower, 1e-9);
        Assert.Equal(volume.Value, volume.Upper, 1e-9);
    }

    [Fact]
    public void The_command_writes_table_and_page_and_takes_up_what_is_done()
    {
        string[] command = ["elasticities", _files.PathOf("elasticities.yaml"), "--patients", "4", "--out", _files.PathOf("out")];
        Assert.Equal(ExitCode.Done, CommandLine.Run(command).Code);
        var before = File.ReadAllText(_files.PathOf("out/elasticities.csv"));
        Assert.Contains("# Elasticities of a drug model", File.ReadAllText(_files.PathOf("out/elasticities.md")), StringComparison.Ordinal);
        var again = CommandLine.Run([.. command, "--resume"]);
        Assert.Equal(ExitCode.Done, again.Code);
        Assert.DoesNotContain("of 5 parameters", again.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_files.PathOf("out/elasticities.csv")));
    }

    [Fact]
    public void An_outcome_that_names_nothing_known_is_refused_with_its_line()
    {
        _files.Replace("elasticities.yaml", "observable: Concentration, time: at 0", "observable: Level, time: on 0");
        var result = CommandLine.Run("elasticities", _files.PathOf("elasticities.yaml"), "--out", _files.PathOf("out"));
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains("MRW8106", result.Error, StringComparison.Ordinal);
        Assert.Contains("MRW8107", result.Error, StringComparison.Ordinal);
    }

    private static double Share(double vc) => 1 / (1 + Math.Pow(Limit * vc / 100, 1 / Width));

    private IReadOnlyList<Elasticity> Run(string folder)
    {
        var bag = new DiagnosticBag();
        var problem = ElasticityProblem.Load(_files.PathOf("elasticities.yaml"), null, bag);
        Assert.Empty(bag.Items);
        return ElasticityRunner.Run(problem!, new FitOptions { OutputFolder = _files.PathOf(folder), Threads = 1 }, null, TestContext.Current.CancellationToken);
    }
}
