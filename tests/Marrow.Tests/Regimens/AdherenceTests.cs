using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;

namespace Marrow.Tests.Regimens;

public sealed class AdherenceTests
{
    private static readonly Dictionary<string, double> _values = [];

    private static Dose Dose(double days) => new()
    {
        Drug = new DrugInput("mercaptopurine", "x", InputMode.Rate, "mg", 1, null, 0),
        Route = "oral",
        Bands = [],
        Duration = days,
    };

    private static Adherence Taken(double share, double block = 1) => new(new Law { Name = "taken", Family = LawFamily.Fixed, Location = share }, block);

    private static (double Offset, double Length)[] Blocks(Dose dose, Adherence adherence, int patient = 0) =>
        [.. TakenBlocks.Of(dose, adherence, 0, new PatientRandom(5, patient), _values)];

    [Fact]
    public void Who_takes_everything_has_one_infusion() => Assert.Equal([(0, 960)], Blocks(Dose(960), Taken(1)));

    [Fact]
    public void Who_takes_nothing_has_none() => Assert.Empty(Blocks(Dose(960), Taken(0)));

    /// <summary>200 patients of 960 days: the share taken has a standard deviation of 0.1 points over all.</summary>
    [Fact]
    public void The_share_of_days_taken_is_the_patients()
    {
        var days = Enumerable.Range(0, 200).Sum(p => Blocks(Dose(960), Taken(.8), p).Sum(b => b.Length));
        Assert.InRange(days / (200 * 960), .796, .804);
    }

    [Fact]
    public void Blocks_are_apart_in_order_and_within_the_dose()
    {
        var blocks = Blocks(Dose(100.5), Taken(.5, block: 7));
        Assert.True(blocks.Length > 2);
        Assert.All(blocks.Zip(blocks.Skip(1)), b => Assert.True(b.First.Offset + b.First.Length < b.Second.Offset));
        Assert.True(blocks[^1].Offset + blocks[^1].Length <= 100.5);
    }

    [Fact]
    public void A_single_dose_is_taken_or_not()
    {
        var taken = Enumerable.Range(0, 2000).Count(p => Blocks(Dose(.02), Taken(.7), p) is [(0, .02)]);
        Assert.InRange(taken, 1330, 1470);
    }
}
