using Marrow.Cli.Inputs;
using Marrow.Reports.Pages;
using Marrow.Tests.House;

namespace Marrow.Tests.Pages;

/// <summary>Cards are written from what people said of a part of the models and from the models themselves.</summary>
public sealed class CardTests
{
    private static readonly Lazy<ModelCards> Cards = new(() => new ModelCards(Repository.PathOf("models"), ModelFolder.Load));

    public static TheoryData<string> Names() => [.. Cards.Value.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_card_is_the_one_that_the_models_give(string name) => Golden.Is($"docs/cards/{name}.md", Cards.Value.Write(name));

    [Fact]
    public void The_list_of_cards_is_the_one_that_the_models_give() => Golden.Is("docs/cards/index.md", Cards.Value.Index());

    [Fact]
    public void No_card_is_left_of_what_is_no_longer_there() =>
        Assert.Empty(Repository.Files("docs/cards", "*.md").Select(f => Path.GetFileNameWithoutExtension(f)).Except([.. Cards.Value.Names, "index"]));

    [Fact]
    public void Every_disease_module_and_therapy_has_a_card()
    {
        var files = new[] { "models/diseases", "models/modules", "models/therapies" }.SelectMany(f => Repository.Files(f, "*.ant"))
            .Where(HasEquations).Select(f => Repository.Relative(f)["models/".Length..]);
        Assert.DoesNotContain(files, f => Cards.Value.CardOf(f) is null);
    }

    [Fact]
    public void A_submodule_that_is_used_several_times_is_shown_once_and_without_its_instance()
    {
        var model = ModelFolder.Load(Repository.PathOf("models/diseases/bcp_all.ant"));
        var view = new ModuleView(model, [Repository.PathOf("models/modules/clone.ant")]);
        Assert.True(view.Instances.Count > 1);
        Assert.All(view.Reactions, r => Assert.StartsWith(view.Instances[0], r.Id, StringComparison.Ordinal));
        Assert.All(view.Reactions, r => Assert.DoesNotContain("__", view.Short(r.Id), StringComparison.Ordinal));
    }

    /// <summary>Files of units, of functions and of imports alone have nothing to show.</summary>
    private static bool HasEquations(string file) =>
        File.ReadLines(file).Any(line => line.Contains(":=", StringComparison.Ordinal) || line.Contains("=>", StringComparison.Ordinal)) || file.Contains("diseases", StringComparison.Ordinal);
}
