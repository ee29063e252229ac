using System.Text;

namespace Marrow.Reports.Pages;

/// <summary><c>docs/biology.md</c>: where each item of the inventory lives, what shows its effect, and what was measured.</summary>
internal static class BiologyPage
{
    /// <summary>The page.</summary>
    public static string Write(PageSources sources)
    {
        var page = new StringBuilder("# Biology\n");
        page.Paragraph("Every item of the inventory: where it lives (file and symbol), the check that shows its effect (E: [expected effects](../models/expected_effects.csv), K: [claims](claims.md), F: [facts](facts.md)), "
            + "what was measured with its 90 % interval, and what kind of evidence the expectation rests on: a result that was *read*, one that is *recalled*, or a *convention*. " + Markdown.Generated);
        page.Paragraph(Summary(sources)).Append('\n').Head("Id", "Item", "Where", "Shown by", "Measured", "Evidence");
        foreach (var row in sources.Biology)
            page.Row(row["id"], row["note"].Length == 0 ? row["item"] : $"{row["item"]} ({row["note"]})", Home(row), string.Join(", ", row.List("shown_by")), Measured(row, sources), Evidence(row, sources));
        return page.ToString();
    }

    /// <summary>Places of an item: file, relative to the repository, and symbol.</summary>
    public static IEnumerable<(string File, string Symbol)> Places(PageRow row) =>
        row.List("home", ';').Select(place => place.Split(':')).Select(p => p.Length == 2 ? (p[0], p[1]) : throw new InvalidDataException($"{row.Where}: '{string.Join(':', p)}' is not file:symbol."));

    private static string Summary(PageSources sources)
    {
        var here = sources.Biology.Count(b => b["waiting"].Length == 0);
        return $"{sources.Biology.Count} items: {here} here, {sources.Biology.Count - here} waiting.";
    }

    private static string Home(PageRow row) =>
        string.Join("; ", Places(row).Select(p => $"[{p.File}](../{p.File}) {Markdown.Code(p.Symbol)}"));

    private static string Measured(PageRow row, PageSources sources)
    {
        var parts = row.List("shown_by").Select(id => Result(id, sources)).Where(t => t.Length > 0).ToList();
        if (row["waiting"].Length > 0) parts.Insert(0, $"waiting for {row["waiting"]}");
        return parts.Count > 0 ? string.Join("; ", parts) : "not yet run";
    }

    private static string Result(string id, PageSources sources)
    {
        var results = id[0] switch { 'E' => sources.EffectResults, 'K' => sources.ClaimResults, 'F' => sources.FactResults, _ => throw new InvalidDataException($"biology.csv: '{id}' is no check.") };
        if (!results.TryGetValue(id, out var result)) return "";
        var unit = id[0] switch { 'E' => sources.Effects[id]["unit"], 'K' => sources.Claims.First(c => c["id"] == id)["unit"], _ => sources.Facts.First(f => f["id"] == id)["unit"] };
        return string.Join(' ', new[] { $"{id} {result.Verdict}", result.Verdict == "waiting" ? $"({result.Reason})" : result.Measured(unit) }.Where(t => t.Length > 0));
    }

    private static string Evidence(PageRow row, PageSources sources)
    {
        if (row["evidence"].Length > 0) return row["evidence"];
        var marks = row.List("shown_by").Select(id => Mark(id, sources)).Distinct().Order(StringComparer.Ordinal);
        return string.Join(", ", marks.Select(m => m switch { "F" => "read", "R" => "recalled", _ => "convention" }).Distinct());
    }

    private static string Mark(string id, PageSources sources) => id[0] switch
    {
        'E' => sources.Effects.TryGetValue(id, out var effect) ? effect["mark"] : throw new InvalidDataException($"biology.csv: there is no row '{id}' in expected_effects.csv."),
        'K' => sources.Claims.First(c => c["id"] == id)["mark"],
        _ => sources.Facts.First(f => f["id"] == id)["mark"],
    };
}
