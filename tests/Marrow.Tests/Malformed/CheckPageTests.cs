using System.Text;
using Marrow.Tests.House;
using Marrow.Tests.Pages;
using Marrow.Trials.Checks;

namespace Marrow.Tests.Malformed;

/// <summary>The list of tables in docs/check.md is written from the kinds that Marrow knows; <c>UPDATE_GOLDEN=1</c> writes it anew.</summary>
public sealed class CheckPageTests
{
    private const string Page = "docs/check.md", Before = "A table (CSV; lines that begin with # are comments) is known by the columns of its first line:\n";

    [Fact]
    public void The_page_lists_every_kind_of_table_with_its_columns()
    {
        var page = Repository.ReadText(Page).ReplaceLineEndings("\n");
        var end = page.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        Assert.True(end > Before.Length);
        var list = new StringBuilder("\n| Table | Holds | Columns |\n|---|---|---|\n");
        foreach (var kind in TableKinds.All) list.Append($"| {kind.Name} | {kind.Holds} | `{string.Join(',', kind.Columns)}` |\n");
        Golden.Is(Page, page[..end] + list);
    }

    [Fact]
    public void Every_table_of_the_repository_is_of_a_known_kind() =>
        Assert.Empty(new[] { "models", "studies" }.SelectMany(folder => Repository.Files(folder, "*.csv")).Where(file => TableKinds.Of(TableKinds.HeaderOf(file)) is null).Select(Repository.Relative));
}
