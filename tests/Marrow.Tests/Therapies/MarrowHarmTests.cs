namespace Marrow.Tests.Therapies;

/// <summary>Neutropenia and lost T cells: what cytotoxic drugs do to the host.</summary>
public sealed class MarrowHarmTests
{
    [Fact]
    public void Induction_lowers_neutrophils_to_a_third_and_they_recover()
    {
        var (treated, spared) = (Nadir(1, out var recovery), Nadir(0, out _));
        Assert.True(treated <= .3 * spared);
        // After the last dose (day 21) the transit chain needs its 4 days and more; a month later counts are back.
        Assert.InRange(recovery, 25, 56);
    }

    [Fact]
    public void Filgrastim_shortens_neutropenia()
    {
        static double Days(double filgrastim)
        {
            var days = 0.0;
            var course = new TreatedCourse().Give("all_consolidation").Set("RateFilgrastim", filgrastim);
            course.Run(84, every: .5, look: _ => days += course.Read("AncReadout") < .5 ? .5 : 0);
            return days;
        }

        Assert.True(Days(.35) <= Days(0) - 2);
    }

    [Fact]
    public void Each_cycle_leaves_fewer_naive_t_cells_and_a_worse_product()
    {
        var (fresh, treated) = (new TreatedCourse(), new TreatedCourse().Set("PriorCycles", 5));
        Assert.True(treated.Read("ProductFoldExpansion") <= .8 * fresh.Read("ProductFoldExpansion"));
        Assert.True(treated.Read("ManufactureFailureRisk") > fresh.Read("ManufactureFailureRisk"));
        treated.Set("drug__chemo__tcell_damage", 0);
        Assert.Equal(fresh.Read("ProductFoldExpansion"), treated.Read("ProductFoldExpansion"), 12);
        var naive = new TreatedCourse().Give("all_consolidation").Run(60)["NaiveT"];
        Assert.InRange(naive, .1, .8);
    }

    private static double Nadir(double harm, out double recovery)
    {
        var (least, day) = (double.PositiveInfinity, 0.0);
        var course = new TreatedCourse().Overt().Give("all_induction").Set("drug__chemo__neutropenia", harm);
        course.Run(70, every: 1, look: t =>
        {
            var count = course.Read("AncReadout");
            if (count < least) least = count;
            if (count < .75) day = t;
        });
        recovery = day;
        return least;
    }
}
