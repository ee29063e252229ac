
namespace Marrow.Tests.Exchange;

/// <summary>Evaluations against closed solutions. The solver's relative tolerance is 1e-10 a step; over some tens of steps that stays
/// below 1e-7.</summary>
public sealed class PetabEvaluationTests : IDisposable
{
    private const double Close = 1e-7;

    private readonly PetabFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_likelihood_is_that_of_independent_normal_errors()
    {
        _folder.Table("measurements", "observableId|simulationConditionId|measurement|time", "o|c0|1|2", "o|c0|2.5|0");
        double[] residuals = [(1 - 3 * Math.Exp(-0.5)) / 0.5, (2.5 - 3) / 0.5];
        var found = _folder.Evaluate();
        Assert.Equal(residuals.Sum(r => r * r), found.ChiSquared, Close);
        Assert.Equal(residuals.Sum(r => -0.5 * Math.Log(2 * Math.PI * 0.25) - r * r / 2), found.LogLikelihood, Close);
        Assert.Equal(2, found.Judged);
        Assert.Null(found.LogPrior);
        Assert.Equal(found.LogLikelihood, found.LogPosterior);
    }

    [Theory]
    [InlineData("lin", "laplace")]
    [InlineData("log", "normal")]
    [InlineData("log", "laplace")]
    [InlineData("log10", "normal")]
    [InlineData("log10", "laplace")]
    public void Errors_scatter_on_the_scale_of_their_observable(string scale, string distribution)
    {
        _folder.Table("observables", "observableId|observableFormula|noiseFormula|observableTransformation|noiseDistribution", $"o|A|0.3|{scale}|{distribution}");
        Func<double, double> on = scale switch { "log" => Math.Log, "log10" => Math.Log10, _ => x => x };
        // The measurement is 1, so that of the factor 1/(m ln 10) only ln 10 is left.
        var slope = scale == "log10" ? -Math.Log(Math.Log(10)) : 0;
        var r = (on(1) - on(3 * Math.Exp(-0.5))) / 0.3;
        var expected = slope + (distribution == "laplace" ? -Math.Log(2 * 0.3) - Math.Abs(r) : -0.5 * Math.Log(2 * Math.PI * 0.09) - r * r / 2);
        Assert.Equal(expected, _folder.Evaluate().LogLikelihood, Close);
    }

    [Fact]
    public void A_measurement_on_a_logarithmic_scale_counts_with_the_slope_of_the_logarithm()
    {
        _folder.Table("observables", "observableId|observableFormula|noiseFormula|observableTransformation", "o|A|0.3|log");
        _folder.Table("measurements", "observableId|simulationConditionId|measurement|time", "o|c0|3|0");
        Assert.Equal(-0.5 * Math.Log(2 * Math.PI * 0.09) - Math.Log(3), _folder.Evaluate().LogLikelihood, Close);
    }

    [Fact]
    public void Placeholders_take_numbers_parameters_and_values_of_the_model_row_by_row()
    {
        _folder.Table("parameters", "parameterId|parameterScale|lowerBound|upperBound|nominalValue|estimate", "k|lin|0|10|0.25|1", "scale|log10|1e-3|10|5|1", "sd|lin|0|1|0.125|0");
        _folder.Table("observables", "observableId|observableFormula|noiseFormula",
            "o|observableParameter1_o * A + observableParameter2_o|noiseParameter1_o * observableParameter1_o");
        _folder.Table("measurements", "observableId|simulationConditionId|measurement|time|observableParameters|noiseParameters",
            "o|c0|1|0|scale;1|sd", "o|c0|1|0|2;X|0.5", "o|c0|1|2|scale;k|sd");
        double[] expected = [16, 6, 15 * Math.Exp(-0.5) + 0.25], noise = [0.625, 1, 0.625];
        Assert.Equal(expected, _folder.Simulate(), (a, b) => Math.Abs(a - b) < Close);
        Assert.Equal(expected.Zip(noise, (y, s) => Math.Pow((1 - y) / s, 2)).Sum(), _folder.Evaluate().ChiSquared, 1e-5);
    }

    [Fact]
    public void Conditions_set_parameters_starts_and_sizes_and_what_the_model_computes_from_them_follows()
    {
        _folder.Table("parameters", "parameterId|parameterScale|lowerBound|upperBound|nominalValue|estimate", "start|lin|0|10|7|1");
        _folder.Table("conditions", "conditionId|conditionName|A|k|C|twice|F", "c0||NaN||||", "c1|a name|start|0|5||", "c2|||NaN||9|2");
        _folder.Table("observables", "observableId|observableFormula|noiseFormula", "a|A|1", "amount|A * C|1", "twice|twice|1", "fixed|F + both|1");
        string[] observables = ["a", "amount", "twice", "fixed"];
        _folder.Table("measurements", ["observableId|simulationConditionId|measurement|time", .. from c in new[] { "c0", "c1", "c2" } from o in observables select $"{o}|{c}|1|0"]);
        Assert.Equal([3, 6, 6, 3, 7, 35, 14, 7, 3, 6, 9, 5], _folder.Simulate(), (a, b) => Math.Abs(a - b) < Close);
    }

    [Fact]
    public void A_steady_state_comes_before_the_start_and_after_the_end()
    {
        _folder.Table("conditions", "conditionId|b|A", "before|10|5", "after|6|NaN", "again|6|1");
        _folder.Table("observables", "observableId|observableFormula|noiseFormula", "x|X|1", "a|A|1");
        _folder.Table("measurements", "observableId|preequilibrationConditionId|simulationConditionId|measurement|time",
            "x|before|after|1|0", "x|before|after|1|0.5", "x|before|after|1|inf", "a|before|after|1|0", "a|before|again|1|2", "x||after|1|0.5");
        // X rests at b/c, and goes from there with exp(-c t); A has died out.
        double[] expected = [5, 3 + 2 * Math.Exp(-1), 3, 0, Math.Exp(-0.5), 3 * (1 - Math.Exp(-1))];
        Assert.Equal(expected, _folder.Simulate(), (a, b) => Math.Abs(a - b) < Close);
    }

    [Fact]
    public void A_steady_state_that_is_slow_to_come_is_exact()
    {
        // X goes to b/c with exp(-c t): seen through, not waited for.
        _folder.Table("conditions", "conditionId|b|c", "slow|6|3e-6");
        _folder.Table("observables", "observableId|observableFormula|noiseFormula", "x|X / 2e6|1", "a|A|1");
        _folder.Table("measurements", "observableId|preequilibrationConditionId|simulationConditionId|measurement|time", "x|slow|slow|1|0", "x||slow|1|inf", "a||slow|1|inf");
        Assert.Equal([1, 1, 0], _folder.Simulate(), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void What_never_comes_to_rest_has_no_steady_state()
    {
        _folder.Table("conditions", "conditionId|c", "c0|0");
        _folder.Table("measurements", "observableId|simulationConditionId|measurement|time", "o|c0|1|inf");
        var problem = Assert.Throws<InvalidDataException>(() => _folder.Evaluate());
        Assert.Contains("c0: no steady state", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_measurement_that_the_model_makes_impossible_is_named()
    {
        _folder.Table("observables", "observableId|observableFormula|noiseFormula|observableTransformation", "o|A - 5|1|log");
        var found = _folder.Evaluate();
        Assert.False(double.IsFinite(found.LogLikelihood));
        Assert.Contains("measurements.tsv:2: 'o' is predicted as -3.18", found.Impossible, StringComparison.Ordinal);
    }

    [Fact]
    public void The_simulation_table_is_the_measurement_table_with_other_numbers()
    {
        _folder.Table("measurements", "time|observableId|simulationConditionId|measurement|datasetId", "2.0|o|c0|1|first", "", "0|o|c0|NaN|");
        using var text = new StringWriter();
        var found = _folder.Evaluate();
        found.WriteTable(text);
        var lines = text.ToString().Split('\n');
        Assert.Equal("time\tobservableId\tsimulationConditionId\tsimulation\tdatasetId", lines[0]);
        Assert.StartsWith("2.0\to\tc0\t1.819", lines[1], StringComparison.Ordinal);
        Assert.Equal("0\to\tc0\t3\t", lines[2]);
        Assert.Equal(1, found.Judged);
    }

    [Fact]
    public void Priors_of_the_first_version_speak_of_the_value_or_of_its_scale()
    {
        _folder.Table("parameters", "parameterId|parameterScale|lowerBound|upperBound|nominalValue|estimate|objectivePriorType|objectivePriorParameters",
            "k|log10|1e-3|10|0.25|1|parameterScaleNormal|-1;2", "b|lin|0|10|4|1|logNormal|1;0.5", "c|lin|0|10|2|0|normal|0;1", "extra|log10|1e-3|10|1|1|parameterScaleUniform|");
        var first = (Math.Log10(0.25) + 1) / 2;
        var second = (Math.Log(4) - 1) / 0.5;
        var expected = -Math.Log(2) - first * first / 2 - Math.Log(0.5) - Math.Log(4) - second * second / 2 - Math.Log(2 * Math.PI);
        var found = _folder.Evaluate();
        Assert.Equal(expected, found.LogPrior!.Value, 1e-12);
        Assert.Equal(found.LogLikelihood + expected, found.LogPosterior, 1e-12);
        Assert.Equal(["b", "k"], found.LogPriors.Keys.Order());
    }

    [Fact]
    public void Many_experiments_give_what_each_gives_alone()
    {
        string[] rates = [.. Enumerable.Range(1, 20).Select(i => FormattableString.Invariant($"{0.1 * i:0.0}"))];
        string[] header = ["observableId|simulationConditionId|measurement|time"];
        _folder.Table("parameters", "parameterId|parameterScale|lowerBound|upperBound|nominalValue|estimate");
        _folder.Table("conditions", ["conditionId|k", .. rates.Select((r, i) => $"c{i}|{r}")]);
        _folder.Table("measurements", [.. header, .. rates.Select((_, i) => $"o|c{i}|1|2")]);
        var together = _folder.Simulate();
        for (var i = 0; i < rates.Length; i++)
        {
            _folder.Table("measurements", [.. header, $"o|c{i}|1|2"]);
            Assert.Equal([together[i]], _folder.Simulate());
        }
    }
}
