using Marrow.Networks.Provenance;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Studies;

public sealed class WeightedCensusTests
{
    private static readonly Dictionary<string, ParameterKind> _kinds = new(StringComparer.Ordinal)
    {
        ["a"] = ParameterKind.Measured,
        ["b"] = ParameterKind.Fitted,
        ["c"] = ParameterKind.Assumed,
        ["d"] = ParameterKind.Assumed,
    };

    [Fact]
    public void A_parameter_counts_with_the_mean_size_of_its_elasticities()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "parameter,kind,outcome,elasticity\na,measured,cure,1\na,measured,escape,-3\nb,fitted,cure,1\nc,assumed,cure,0.5\nc,assumed,escape,\nx,assumed,cure,9\n");
        var weights = WeightedCensus.Read(path);
        File.Delete(path);

        Assert.Equal(2, weights["a"]);
        Assert.Equal(0.5, weights["c"]);
        // Two, one and a half of the model's parameters; x is not of the model, d has no elasticity.
        Assert.Equal(new WeightedShares(2 / 3.5, 1 / 3.5, 0.5 / 3.5, 3), WeightedCensus.Count(weights, _kinds));
    }

    [Fact]
    public void Without_elasticities_of_the_model_there_are_no_weighted_shares()
    {
        Assert.Null(WeightedCensus.Count(new Dictionary<string, double> { ["x"] = 1 }, _kinds));
        Assert.Null(WeightedCensus.Count(new Dictionary<string, double> { ["a"] = 0 }, _kinds));
    }
}
