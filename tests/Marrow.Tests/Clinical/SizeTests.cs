using Marrow.Numerics.Random;
using Marrow.Numerics.Statistics;
using Marrow.Trials.Clinical;

namespace Marrow.Tests.Clinical;

public sealed class SizeTests
{
    private static SizeTables Sizes => ProtocolTests.Eliana.Sizes;

    [Theory]
    [InlineData(Sex.Male, 5, 18.5, 109.2)]
    [InlineData(Sex.Female, 10, 33.1, 138.2)]
    [InlineData(Sex.Male, 18, 67.3, 176.2)]
    [InlineData(Sex.Male, 4, (14.4 + 18.5) / 2, (95.3 + 109.2) / 2)]
    [InlineData(Sex.Male, 40, 90, 175.5)]
    [InlineData(Sex.Female, 40, 77, 161.5)]
    public void Medians_are_those_of_the_growth_charts_and_of_adults(Sex sex, double age, double weight, double height)
    {
        var size = Sizes.Derive(sex, age, 0, 0, 0);

        Assert.Equal(weight, size.WeightKg, 9);
        Assert.Equal(height, size.HeightCm, 9);
        Assert.Equal(Math.Sqrt(weight * height / 3600), size.BsaM2, 9);
    }

    /// <summary>The charts' own 5th and 95th percentiles of boys of 10 years are 25.6 and 47.5 kg at age 10.0 (CDC 2000); the rounded L, M, S reproduce them to 1 %.</summary>
    [Fact]
    public void Percentiles_of_weight_follow_the_skewed_law()
    {
        Assert.InRange(Sizes.Derive(Sex.Male, 10, -1.645, 0, 0).WeightKg, 24.3, 25.3);
        Assert.InRange(Sizes.Derive(Sex.Male, 10, 1.645, 0, 0).WeightKg, 45.5, 48);
    }

    [Fact]
    public void Blood_volume_is_by_weight_in_children_and_by_Nadler_in_adults()
    {
        var child = Sizes.Derive(Sex.Female, 8, 0, 0, 0);
        var adult = Sizes.Derive(Sex.Male, 30, 0, 0, 0);

        Assert.Equal(0.073 * 25.8, child.BloodVolumeL, 9);
        Assert.Equal((0.3669 * Math.Pow(1.755, 3)) + (0.03219 * 90) + 0.6041, adult.BloodVolumeL, 9);
    }

    [Theory]
    [InlineData(3, 69)]
    [InlineData(5, 59)]
    [InlineData(19.9, 60.5)]
    [InlineData(20, 55)]
    [InlineData(70, 45)]
    public void Cellularity_is_that_of_the_age(double age, double percent) => Assert.Equal(percent, Sizes.Derive(Sex.Male, age, 0, 0, 0).CellularityPercent);

    [Fact]
    public void Filtration_of_children_has_the_stated_median_and_range()
    {
        var values = Enumerable.Range(0, 20000).Select(i => Sizes.Derive(Sex.Male, 8, 0, 0, new RandomKey(1, 2, (ulong)i).Stream().Normal()).EgfrMlMin);

        // Quantiles of .413/.0036 exp(.2 z), capped at 140; the 95 % range is printed as 82-140.
        var q = Quantiles.Of(values, 0.05, 0.5, 0.95);
        Assert.InRange(q[1], 114, 116);
        Assert.InRange(q[0], 81, 84);
        Assert.Equal(140, q[2]);
    }

    [Fact]
    public void Filtration_of_adults_is_Cockcroft_and_Gault_per_surface()
    {
        var size = Sizes.Derive(Sex.Female, 60, 0, 0, 0);

        Assert.Equal((140 - 60) * 77 / (72 * 0.75) * 0.85 * 1.73 / size.BsaM2, size.EgfrMlMin, 9);
    }

    /// <summary>ELIANA and ENSIGN: median weight 39 kg at a median age of 12 years; at 11 years 35-39 kg.</summary>
    [Fact]
    public void Median_weight_of_the_trials_ages_is_that_of_the_trial()
    {
        var weights = Enumerable.Range(0, 20000).Select(i =>
        {
            var stream = new RandomKey(3, 4, (ulong)i).Stream();
            var age = 3 + (21 * stream.Beta(1.3, 1.95));
            return Sizes.Derive(stream.Bernoulli(0.5) ? Sex.Female : Sex.Male, age, stream.Normal(), 0, 0).WeightKg;
        });

        Assert.InRange(Quantiles.Median(weights), 35, 39);
    }
}
