using Marrow.Networks.Diagnostics;
using Marrow.Trials.Fit;

namespace Marrow.Tests.Fit;

/// <summary>Figures of some of the patients.</summary>
public sealed class PatientGroupTests
{
    [Theory]
    [InlineData("median", 4)]
    [InlineData("mean", 5)]
    [InlineData("geometric_mean", 4)]
    [InlineData("share_above 4", 2.0 / 3)]
    [InlineData("quantile 0.5", 4)]
    public void Patients_outside_a_group_do_not_count(string statistic, double expected) =>
        Assert.Equal(expected, PatientStatistic.Parse(statistic, out _)!.Of([100, 2, 4, 8 + (statistic == "mean" ? 1 : 0), -1], [0, 1, 1, 1, 0]), 1e-12);

    [Fact]
    public void A_group_is_compared_with_the_others_by_their_geometric_means() =>
        Assert.Equal(4, PatientStatistic.Parse("ratio_to_others", out _)!.Of([2, 8, 1, 1], [1, 1, 0, 0]), 1e-12);

    [Fact]
    public void A_patient_who_belongs_by_half_counts_by_half() =>
        Assert.Equal((3 + (0.5 * 9)) / 1.5, PatientStatistic.Parse("mean", out _)!.Of([3, 9], [1, 0.5]), 1e-12);

    [Fact]
    public void The_median_of_a_group_moves_steadily_as_a_patient_leaves_it()
    {
        var median = PatientStatistic.Parse("median", out _)!;
        double[] at = [.. new[] { 1, 0.999, 0.75, 0.5, 0.25, 0.001 }.Select(w => median.Of([1, 2, 3, 4, 5], [1, 1, 1, 1, w]))];
        Assert.Equal(3, at[0], 1e-12);
        Assert.Equal(2.5, at[^1], 1e-2);
        for (var i = 1; i < at.Length; i++) Assert.InRange(at[i - 1] - at[i], 0, 0.26);
    }

    [Fact]
    public void Without_patients_in_the_group_there_is_no_figure() =>
        Assert.True(double.IsNaN(PatientStatistic.Parse("median", out _)!.Of([1, 2], [0, 0])));

    [Fact]
    public void A_group_weighs_a_course_by_its_own_readout()
    {
        var group = PatientGroup.Parse("BlastShare | min 28 90 | share_below 0.05", out _)!;
        double[] days = [0, 28, 60, 90, 120];
        Assert.Equal(1, group.WeightOf(days, [.9, .5, .01, .3, .9]));
        Assert.Equal(0, group.WeightOf(days, [.001, .5, .06, .3, .001]));
    }

    [Theory]
    [InlineData("BlastShare | min 28 90")]
    [InlineData("BlastShare | least 28 90 | share_below 0.05")]
    [InlineData("BlastShare | min 28 90 | median")]
    [InlineData(" | min 28 90 | share_below 0.05")]
    public void What_names_no_group_is_refused(string text)
    {
        Assert.Null(PatientGroup.Parse(text, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void A_comparison_without_a_group_is_an_error_of_the_table()
    {
        using var files = new FitFiles();
        files.Replace("targets.csv", "c30,bolus,Concentration,,at 30,median", "c30,bolus,Concentration,,at 30,ratio_to_others");
        var bag = new DiagnosticBag();
        Assert.Null(FitLoader.Load(files.File, bag));
        Assert.Contains(bag.Items, d => d.Code == "MRW8106" && d.What.Contains("among", StringComparison.Ordinal));
    }
}
