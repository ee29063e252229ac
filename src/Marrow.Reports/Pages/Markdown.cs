using System.Text;

namespace Marrow.Reports.Pages;

/// <summary>Pieces of a Markdown page.</summary>
internal static class Markdown
{
    /// <summary>What every generated page says of itself, so that nobody edits it by hand.</summary>
    public const string Generated = "Written by the tests; `UPDATE_GOLDEN=1` writes it anew.";

    /// <summary>Starts a table.</summary>
    public static StringBuilder Head(this StringBuilder page, params string[] columns) =>
        page.Row(columns).Append('|').Append(string.Concat(Enumerable.Repeat("---|", columns.Length))).Append('\n');

    /// <summary>Adds a row; bars and line breaks inside a cell are kept from ending it.</summary>
    public static StringBuilder Row(this StringBuilder page, params string[] cells) =>
        page.Append("| ").AppendJoin(" | ", cells.Select(Cell)).Append(" |\n");

    /// <summary>Adds a paragraph.</summary>
    public static StringBuilder Paragraph(this StringBuilder page, string text) => page.Append('\n').Append(text).Append('\n');

    /// <summary>Adds a heading.</summary>
    public static StringBuilder Heading(this StringBuilder page, int level, string text) => page.Append('\n').Append('#', level).Append(' ').Append(text).Append("\n\n");

    /// <summary>Text between back quotes.</summary>
    public static string Code(string text) => $"`{text}`";

    /// <summary>A bulleted list.</summary>
    public static StringBuilder Bullets(this StringBuilder page, IEnumerable<string> items)
    {
        foreach (var item in items) page.Append("- ").Append(item).Append('\n');
        return page;
    }

    private static string Cell(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
