using System.Text.Json;
using Marrow.Cli;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Networks.Shipped;
using Marrow.Tests.Cli;
using Marrow.Tests.House;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Shipped;

/// <summary>Files outside the repository that name what comes with Marrow.</summary>
public sealed class ShippedFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("marrow:diseases/bcp_all.ant", "models/diseases/bcp_all.ant")]
    [InlineData("marrow:studies/eliana.yaml", "studies/eliana.yaml")]
    [InlineData("marrow:clinical", "models/clinical")]
    public void A_name_stands_for_a_path_and_the_path_for_the_name(string name, string path)
    {
        Assert.Equal(Repository.PathOf(path), ShippedFiles.Locate(name));
        Assert.Equal(Repository.PathOf(path), ShippedFiles.Resolve(name, _folder.Root));
        Assert.Equal(name, ShippedFiles.NameOf(Repository.PathOf(path)));
    }

    [Fact]
    public void A_path_stays_as_it_is_and_is_relative_to_the_file_that_names_it()
    {
        Assert.Equal("diseases/own.ant", ShippedFiles.Locate("diseases/own.ant"));
        Assert.Equal(_folder.PathOf("own.ant"), ShippedFiles.Resolve("own.ant", _folder.Root));
        Assert.Null(ShippedFiles.NameOf(_folder.PathOf("own.ant")));
    }

    [Theory]
    [InlineData("marrow:../../README.md")]
    [InlineData("marrow:studies/../../README.md")]
    public void A_name_that_leaves_what_is_shipped_stands_for_nothing(string name) => Assert.Equal(name, ShippedFiles.Locate(name));

    [Fact]
    public void The_folder_of_the_models_is_found_above_a_program_and_in_the_folder_of_a_package_beside_it()
    {
        _folder.Write("program/marrow/models/tables.csv", "");
        Assert.Equal(_folder.PathOf("program/marrow"), ShippedFiles.Find(_folder.PathOf("program")));
        Assert.Equal(Repository.Root, ShippedFiles.Find(Repository.PathOf("src/Marrow.Cli")));
        Assert.Null(ShippedFiles.Find(_folder.Root));
    }

    [Fact]
    public void A_model_that_imports_a_shipped_one_has_its_equations_its_numbers_and_its_counted_cells()
    {
        var own = _folder.Write("own.ant", "import \"marrow:diseases/bcp_all.ant\"\nsubstanceOnly species Extra in Body; Extra = 1; Extra has G\n");
        var bag = new DiagnosticBag();
        var mine = ModelLoader.Load(own, ModelTables.Of(own, bag), bag, strict: false)!;
        var shipped = ShippedFiles.Locate("marrow:diseases/bcp_all.ant");
        var theirs = ModelLoader.Load(shipped, ModelTables.Of(shipped, bag), bag)!;
        Assert.Equal(theirs.Network.Species.Length + 1, mine.Network.Species.Length);
        Assert.Equal(theirs.Parameters.Rows.Select(r => (r.Id, r.Value)), mine.Parameters.Rows.Select(r => (r.Id, r.Value)));
        Assert.Equal(theirs.CountedFile, mine.CountedFile);
        Assert.Equal(theirs.Counted.Count, mine.Counted.Count);
    }

    [Fact]
    public void A_table_of_its_own_is_laid_over_those_of_the_shipped_models_and_is_then_complete()
    {
        var own = _folder.Write("own.ant", "import \"marrow:diseases/bcp_all.ant\"\nLoss: Node_Sensitive => ; OwnLoss*Node_Sensitive\n");
        var table = _folder.Write("own.csv", "id,value,unit,lower,upper,distribution,kind,source,locator,system,note\nrho,0.3,1/d,,,fixed,assumed,,,,a faster clone\n");
        var missing = CommandLine.Run("check", own);
        Assert.Equal(ExitCode.WrongInput, missing.Code);
        Assert.Contains("'OwnLoss' has no row", missing.Output, StringComparison.Ordinal);
        File.AppendAllText(table, "OwnLoss,0,1/d,,,fixed,assumed,,,,nothing yet\n");
        var bag = new DiagnosticBag();
        var model = ModelLoader.Load(own, ModelTables.Of(own, bag), bag);
        Assert.Empty(bag.Items);
        Assert.Equal(.3, model!.Parameters.Find("rho")!.Value);
    }

    [Fact]
    public void A_name_without_a_file_is_shown_with_its_path_and_the_nearest_one()
    {
        var model = _folder.Write("own.ant", "import \"marrow:diseases/bcp_al.ant\"\n");
        foreach (var output in new[] { CommandLine.Run("check", model).Output, CommandLine.Run("simulate", "marrow:diseases/bcp_al.ant").Error })
        {
            Assert.Contains("marrow:diseases/bcp_al.ant", output, StringComparison.Ordinal);
            Assert.Contains(Repository.PathOf("models/diseases/bcp_al.ant"), output, StringComparison.Ordinal);
            Assert.Contains("'bcp_all.ant', if that is meant", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_study_anywhere_gives_the_bits_of_the_shipped_one_and_hashes_what_it_names_by_name()
    {
        var text = Repository.ReadText("studies/eliana.yaml").Replace("../models/", "marrow:", StringComparison.Ordinal);
        foreach (var name in new[] { "populations/eliana.yaml", "regimens/tisagenlecleucel.yaml", "eliana_published.csv" })
            text = text.Replace(": " + name, ": marrow:studies/" + name, StringComparison.Ordinal);
        var mine = Run(_folder.Write("mine.yaml", text), "mine");
        var theirs = Run(Repository.PathOf("studies/eliana.yaml"), "theirs");
        Assert.Equal(File.ReadAllText(Path.Combine(theirs, "patients.csv")), File.ReadAllText(Path.Combine(mine, "patients.csv")));
        var (here, there) = (Inputs(mine), Inputs(theirs));
        Assert.Equal(there.Count, here.Count);
        Assert.All(here.Keys, name => Assert.True(name == "mine.yaml" || ShippedFiles.IsReference(name), name));
        foreach (var (name, own) in new[] { ("../models/modules/clone.ant", "marrow:modules/clone.ant"), ("populations/eliana.yaml", "marrow:studies/populations/eliana.yaml") })
            Assert.Equal(there[name], here[own]);
    }

    [Fact]
    public void Where_a_shipped_file_is_missing_a_study_names_it_with_its_path()
    {
        var study = _folder.Write("mine.yaml", "title: T\nquestion: Q\nmodel: marrow:diseases/none.ant\narms: []\n");
        var bag = new DiagnosticBag();
        Assert.Null(StudyLoader.Load(study, bag));
        Assert.Contains(bag.Items, d => d.What.Contains("'marrow:diseases/none.ant' (" + Repository.PathOf("models/diseases/none.ant"), StringComparison.Ordinal));
    }

    private string Run(string study, string name)
    {
        var result = CommandLine.Run("run", study, "--patients", "3", "--out", _folder.PathOf(name));
        Assert.True(result.Code == ExitCode.Done, result.Error);
        return _folder.PathOf(name);
    }

    private static Dictionary<string, string> Inputs(string run)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "manifest.json")));
        return manifest.RootElement.GetProperty("inputs").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
    }
}
