using Marrow.Exchange.Sedml;
using static Marrow.Tests.Exchange.Sedml.SedmlText;

namespace Marrow.Tests.Exchange.Sedml;

/// <summary>What has no numbers that could be written down; what has is in tests/data/sedml.</summary>
public class SedmlRunTests
{
    private static IReadOnlyList<double> Only(SedmlResults results, string label)
    {
        var report = Assert.Single(results.Reports);
        return Assert.Single(report.Values[report.Columns.ToList().IndexOf(label)]);
    }

    [Fact]
    public void A_stochastic_course_follows_its_seed()
    {
        static SedmlResults run(string seed) => Run(Document(
            Course(end: 2, points: 4, algorithm: $"""<algorithm kisaoID="KISAO:0000029"><listOfAlgorithmParameters><algorithmParameter kisaoID="KISAO:0000488" value="{seed}"/></listOfAlgorithmParameters></algorithm>"""),
            OneTask, Generator("S", Variable("S", Species, more: "symbol=\"KISAO:0000836\""), "<ci>S</ci>"), Report("S"),
            $"""<model id="m" source="turnover.xml"><listOfChanges><changeAttribute target="{Species}/@initialConcentration" newValue="500"/></listOfChanges></model>"""));
        var first = Only(run("7"), "S");
        Assert.Equal(first, Only(run("7"), "S"));
        Assert.NotEqual(first, Only(run("8"), "S"));
        Assert.All(first, v => Assert.Equal(Math.Round(v), v));
        // Binomial: 1000 individuals survive with probability exp(-1); five standard deviations.
        Assert.Equal(1000 * Math.Exp(-1), first[^1], 5 * Math.Sqrt(1000 * Math.Exp(-1) * (1 - Math.Exp(-1))));
    }
}
