using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Tests.Clinical;

namespace Marrow.Tests.Therapies;

/// <summary>A new drug is one file and its terms in the slots; no module changes.</summary>
public sealed class ComposabilityTests
{
    private const string Drug = """
        // A drug of no use but to this test.
        substanceOnly species DummyC in Body
        DummyC has mg; DummyC is "dummy"
        Give_Dummy: => DummyC; RateDummy
        Clear_Dummy: DummyC => ; kDummy*DummyC
        DummyBlast := hDummy*DummyC
        """;

    [Fact]
    public void A_drug_is_added_without_touching_a_module()
    {
        using var models = new FolderCopy("models");
        File.WriteAllText(Path.Combine(models.Path, "therapies", "dummy.ant"), Drug);
        models.Replace("therapies/therapies.ant", "import \"gcsf.ant\"", "import \"gcsf.ant\"\nimport \"dummy.ant\"");
        models.Replace("therapies/therapies.ant", "+ NelBlast + ClbBlast", "+ NelBlast + ClbBlast + DummyBlast");
        File.AppendAllText(
            Path.Combine(models.Path, "therapies", "parameters.csv"),
            "RateDummy,0,mg/d,,,fixed,assumed,,,human,user input\nkDummy,1,1/d,,,fixed,assumed,,,human,a test\nhDummy,0.1,1/mg/d,,,fixed,assumed,,,human,a test\n");
        var bag = new DiagnosticBag();
        var file = Path.Combine(models.Path, "diseases", "bcp_all.ant");
        var loaded = ModelLoader.Load(file, ModelTables.Common(file, bag).Append(Path.ChangeExtension(file, ".csv")), bag);
        Assert.Empty(bag.Items);
        Assert.Contains(loaded!.Network.Species, s => s.Id == "DummyC");
        Assert.Contains(loaded.Network.Reactions, r => r.Id == "Give_Dummy");
    }
}
