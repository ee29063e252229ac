using Marrow.Exchange.Sedml;
using Marrow.Networks.Diagnostics;
using static Marrow.Tests.Exchange.Sedml.SedmlText;

namespace Marrow.Tests.Exchange.Sedml;

public class SedmlChangeTests
{
    /// <summary>Local errors of 1e-9 over some hundred steps.</summary>
    private static void FallsAt(double k, string changes, double start = S0)
    {
        var values = Run(Changed(changes)).Reports.Single().Values.Single().Single();
        Assert.Equal(Enumerable.Range(0, 5).Select(t => At(t, k, start)), values, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void An_element_alone_means_its_value() => FallsAt(K, $"""<changeAttribute target="{Species}" newValue="5"/>""", 5);

    [Fact]
    public void Prefixes_of_another_level_of_SBML_mean_the_model_at_hand() =>
        FallsAt(.25, """<changeAttribute xmlns:old="http://www.sbml.org/sbml/level2/version4" target="/old:sbml/old:model/old:listOfParameters/old:parameter[@id='k']/@value" newValue="0.25"/>""");

    [Fact]
    public void A_change_of_nothing_has_no_effect_and_is_warned_of()
    {
        var bag = new DiagnosticBag();
        var document = Changed($"<changeAttribute target=\"{Parameter("zz")}/@value\" newValue=\"1\"/>");
        Assert.NotNull(SedmlRun.Run(Files(document, Model), "doc.sedml", bag, TestContext.Current.CancellationToken));
        Assert.True(Assert.Single(bag.Items) is { Code: "MRW9103", Severity: Severity.Warning });
    }

    [Fact]
    public void A_misspelt_way_to_a_name_is_warned_of_and_followed()
    {
        var bag = new DiagnosticBag();
        var document = Changed("<changeAttribute target=\"/sbml:sbml/sbml:model/sbml:listOfParameter/sbml:parameter[@id='k']/@value\" newValue=\"1\"/>");
        var results = SedmlRun.Run(Files(document, Model), "doc.sedml", bag, TestContext.Current.CancellationToken);
        Assert.Equal(At(4, 1), results!.Reports.Single().Values.Single().Single()[^1], 1e-6);
        Assert.True(Assert.Single(bag.Items) is { Code: "MRW9103", Severity: Severity.Warning });
    }

    [Theory]
    [InlineData("<addXML target=\"/sbml:sbml/sbml:model/sbml:nothing\"><newXML/></addXML>", "MRW9103")]
    [InlineData("<changeAttribute target=\"/sbml:sbml[\" newValue=\"1\"/>", "MRW9104")]
    [InlineData("<changeAttribute target=\"count(//*)\" newValue=\"1\"/>", "MRW9104")]
    [InlineData("<removeXML target=\"/sbml:sbml\"/><removeXML target=\"/nothing\"/>", "MRW9103")]
    [InlineData("<removeXML target=\"//*[count(//*[count(//*) > 0]) > 0]\"/>", "MRW9104")]
    [InlineData("<removeXML target=\"/*/../*/../*\"/>", "MRW9104")]
    [InlineData("<squeezeXML target=\"/sbml:sbml\"/>", "MRW5951")]
    public void A_change_that_cannot_be_made_is_an_error(string changes, string code) => Assert.Contains(Problems(Changed(changes)), p => p.Code == code);
}
