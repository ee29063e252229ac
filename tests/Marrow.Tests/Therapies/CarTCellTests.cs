namespace Marrow.Tests.Therapies;

/// <summary>The course of CAR-T cells in a typical patient with overt disease.</summary>
public sealed class CarTCellTests
{
    /// <summary>10.1002/psp4.12388: peak at day 9.3, contraction with a half-life of 4.3 d; León-Triana 2021: about 16e9 cells. Where no
    /// spread is printed, 30 %; the number of cells within a factor of two.</summary>
    [Fact]
    public void Expansion_and_contraction_are_those_of_tisagenlecleucel()
    {
        var course = Treated("tisagenlecleucel");
        var (peak, day) = (0.0, 0.0);
        var after = new Dictionary<double, double>();
        course.Run(30, every: .25, start: -7, look: t =>
        {
            after[t] = course.Read("CarTotal");
            if (after[t] > peak) (peak, day) = (after[t], t);
        });
        Assert.Equal(9.3, day, .3 * 9.3);
        Assert.InRange(peak, 8, 32);
        Assert.Equal(4.3, 10 * Math.Log(2) / Math.Log(after[day + 4] / after[day + 14]), .3 * 4.3);
    }

    [Fact]
    public void B_cells_stay_away_for_half_a_year_with_4_1bb_and_return_sooner_with_cd28()
    {
        Assert.True(Returned("tisagenlecleucel") > 180);
        Assert.True(Returned("brexucabtagene") < Returned("tisagenlecleucel"));
    }

    [Fact]
    public void A_product_against_cd22_alone_kills_what_lost_cd19()
    {
        static double Left(string regimen)
        {
            var course = new TreatedCourse();
            (course["Marrow_Cd19Neg"], course["MarrowNormal"]) = (20, .8 * course["MarrowNormal"]);
            return course.Give(regimen).Run(14, start: -7)["Marrow_Cd19Neg"];
        }

        Assert.True(Left("car_cd22") < .3 * Left("brexucabtagene"));
        Assert.True(Left("car_dual") < .3 * Left("brexucabtagene"));
    }

    [Fact]
    public void Without_killing_of_b_cells_or_of_blasts_the_other_goes_on()
    {
        var both = Treated("tisagenlecleucel").Run(14, start: -7);
        var sparing = Treated("tisagenlecleucel").Set("drug__car19__b_aplasia", 0).Run(14, start: -7);
        var harmless = Treated("tisagenlecleucel").Set("drug__car19__kill", 0).Run(14, start: -7);
        Assert.True(sparing["BCell"] > 10 * both["BCell"]);
        Assert.True(harmless.Read("Burden") > 10 * both.Read("Burden"));
    }

    [Fact]
    public void Prior_exhaustion_weakens_a_product()
    {
        var (fit, tired) = (Treated("tisagenlecleucel").Run(10, start: -7), Treated("tisagenlecleucel").Set("ProductExhaustion", .8).Run(10, start: -7));
        Assert.True(tired.Read("Burden") > fit.Read("Burden"));
    }

    private static TreatedCourse Treated(string regimen) => new TreatedCourse().Overt(300).Give(regimen);

    private static double Returned(string regimen)
    {
        var course = Treated(regimen);
        var day = double.PositiveInfinity;
        // The clinical layer calls aplasia below 50 per uL.
        course.Run(730, every: 10, start: -10, look: t => day = t > 30 && course.Read("Cd19PerUl") > 50 ? Math.Min(day, t) : day);
        return day;
    }
}
