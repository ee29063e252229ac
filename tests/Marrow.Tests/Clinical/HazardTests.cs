using Marrow.Trials.Clinical;

namespace Marrow.Tests.Clinical;

public sealed class HazardTests
{
    private static HazardRules Hazards => ProtocolTests.Eliana.Hazards;

    [Fact]
    public void Background_mortality_is_that_of_the_life_table_and_log_linear_between_ages()
    {
        Assert.Equal(0.10e-3 / 365.25, Hazards.Background(Sex.Male, 10), 15);
        Assert.Equal(Math.Sqrt(0.41 * 0.58) * 1e-3 / 365.25, Hazards.Background(Sex.Female, 22.5), 15);
        Assert.Equal(Hazards.Background(Sex.Male, 80), Hazards.Background(Sex.Male, 90));
    }

    [Fact]
    public void Leukaemia_kills_at_half_its_rate_where_a_quarter_of_the_marrow_is_blasts()
    {
        var child = Hazards.Leukaemia(10, 33, 1, 0.25, 0);

        Assert.Equal(0.14 / 2 / Calendar.DaysPerMonth, child, 12);
        Assert.Equal(2 * child, Hazards.Leukaemia(10, 33, 2, 0.25, 0), 12);
        Assert.Equal(0.20 / 2 / Calendar.DaysPerMonth, Hazards.Leukaemia(21.5, 70, 1, 0.25, 0), 12);
        Assert.Equal(0.26 * 1.5 / 2 / Calendar.DaysPerMonth, Hazards.Leukaemia(65, 70, 1, 0.25, 0), 12);
        Assert.Equal(Hazards.Leukaemia(10, 70, 1, 0.25, 0), Hazards.Leukaemia(10, 70, 1, 0.1, 50), 12);
    }

    /// <summary>Published 2.36 per 100 patient-days to day 28 and 0.98 to day 90 (39 infusions): within the Poisson error of about 26 and 24 infections.</summary>
    [Fact]
    public void Infections_are_as_frequent_as_published()
    {
        // Shares of neutrophils below .1, .1-.5, .5-1 and above, early and late; low IgG in half late; Penn grades as published (0 to 4).
        (double Anc, double Early, double Late)[] levels = [(0.05, 0.25, 0.05), (0.3, 0.30, 0.10), (0.7, 0.20, 0.15), (2, 0.25, 0.70)];
        double[] grades = [0.21, 0.145, 0.165, 0.24, 0.24];
        var early = 100 * levels.Sum(l => l.Early * grades.Select((share, g) => share * Hazards.Infection(l.Anc, 9, g, false)).Sum());
        var late = 100 * levels.Sum(l => l.Late * ((Hazards.Infection(l.Anc, 9, 0, false) + Hazards.Infection(l.Anc, 3, 0, false)) / 2));

        Assert.InRange(early, 2.4 * 0.9, 2.4 * 1.1);
        Assert.InRange(late, 0.9 * 0.9, 0.9 * 1.1);
    }

    [Fact]
    public void Infections_kill_more_often_without_neutrophils_or_after_severe_cytokine_release()
    {
        Assert.Equal(0.01, Hazards.InfectionFatality(2, 2));
        Assert.Equal(0.04, Hazards.InfectionFatality(0.05, 0));
        Assert.Equal(0.04, Hazards.InfectionFatality(2, 3));
    }

    [Fact]
    public void Loss_before_infusion_grows_with_the_blast_share()
    {
        Assert.Equal(0.0025, ProtocolTests.Eliana.AttritionHazard(0.5), 12);
        Assert.Equal(0.0025 * Math.Exp(0.6 * 0.4), ProtocolTests.Eliana.AttritionHazard(0.9), 12);
    }

    [Fact]
    public void Frailty_has_median_one_and_its_spread()
    {
        var logs = Enumerable.Range(0, 10000).Select(i => Math.Log(ProtocolTests.Eliana.Frailty(1, i))).ToArray();

        var mean = logs.Average();
        Assert.InRange(mean, -4 * 0.7 / 100, 4 * 0.7 / 100);
        Assert.InRange(Math.Sqrt(logs.Average(l => (l - mean) * (l - mean))), 0.7 * 0.97, 0.7 * 1.03);
    }

    /// <summary>Constant hazards: survival after a year is exp(-h t) within four binomial standard errors, and causes come in the ratio of their hazards.</summary>
    [Fact]
    public void Deaths_follow_the_integrated_hazards()
    {
        const int patients = 4000;
        var course = Courses.Infused((Readouts.BlastShare, _ => 0.25));
        var hazard = Hazards.Leukaemia(10, 33, 1, 0.25, 0);
        var dead = Enumerable.Range(0, patients)
            .Select(i => new DeathSampler(Courses.Subject(course, i), 0, 0).Sample())
            .Count(d => d is { Cause: DeathCause.Leukaemia, Day: <= 365 });

        // Forty days at half the hazard; the step to the whole lies between two daily rows.
        var expected = 1 - Math.Exp(-hazard * (20 + 325 - 0.25));
        // Other causes take at most 1.5 % of the patients first.
        Assert.InRange((double)dead / patients, expected - 0.015 - Error(expected, patients), expected + Error(expected, patients));
    }

    [Fact]
    public void Infections_are_Poisson_of_the_integrated_hazard()
    {
        const int patients = 4000;
        var course = Courses.Infused((Readouts.Anc, d => d < 10 ? 0.05 : 2));
        var counts = Enumerable.Range(0, patients).Select(i => new DeathSampler(Courses.Subject(course, i), 0, 0).Infections("early", 0, 28)).ToArray();

        // Ten days at 7 x .0035 (the step between rows 9 and 10 is half), eighteen at .0035.
        var expected = 0.0035 * ((9.5 * 7) + 18.5);
        Assert.InRange(counts.Average(), expected - (4 * Math.Sqrt(expected / patients)), expected + (4 * Math.Sqrt(expected / patients)));
    }

    private static double Error(double share, int n) => 4 * Math.Sqrt(share * (1 - share) / n);
}
