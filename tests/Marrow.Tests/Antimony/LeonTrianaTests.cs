using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Units;
using Marrow.Tests.House;

namespace Marrow.Tests.Antimony;

public class LeonTrianaTests
{
    [Fact]
    public void The_published_model_reads_and_its_units_fit()
    {
        var bag = new DiagnosticBag();
        var network = AntimonyReader.ReadFile(Path.Combine(Repository.Root, "models", "examples", "leon_triana_2021.ant"), bag);
        Assert.Empty(bag.Items);
        DimensionalAnalysis.Check(network!, bag, strict: true);

        Assert.Empty(bag.Items);
        Assert.Equal(["CarT", "Leukaemia", "BCells"], network!.Species.Select(s => s.Id));
        Assert.Equal("rho_C*(Leukaemia + BCells)*CarT", Reading.Text(network.Reactions[0].KineticLaw));
        Assert.Equal(["Leukaemia", "BCells"], network.Reactions[0].Modifiers);
        Assert.Equal("CAR-T cells in B-cell leukaemia (Leon-Triana 2021)", network.DisplayName);
    }
}
