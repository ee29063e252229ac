using System.Text;

namespace Marrow.Reports.Pages;

/// <summary><c>docs/effects.md</c>: every expected effect of a switch or drug with what was measured, and why it was missed.</summary>
internal static class EffectsPage
{
    private static readonly string[] Verdicts = ["met", Explanations.Missed, "waiting", "not yet run"];

    private static readonly (string Disease, string Title)[] Diseases =
        [("BCP-ALL", "B-cell precursor acute lymphoblastic leukaemia"), ("CLL", "Chronic lymphocytic leukaemia")];

    /// <summary>The page.</summary>
    public static string Write(PageSources sources)
    {
        var page = new StringBuilder("# Expected effects\n");
        page.Paragraph("What literature lets expect of every switch and drug in the two diseases, and what matched pairs of virtual patients show: the same patient with the switch on and off. "
            + "An effect is *met* if the measured value obeys the expectation and (where it has a direction) its 90 % interval excludes no effect, *missed* if not, *waiting* if it needs something that is "
            + "not in Marrow yet. Expectations were written down before the first run and are not changed by it. `marrow effects models/expected_effects.csv` measures them. " + Markdown.Generated);
        var rows = sources.Effects.Values.Where(r => Array.Exists(Diseases, d => d.Disease == r["disease"])).ToList();
        page.Append('\n').Head(["Verdict", .. Diseases.Select(d => d.Disease)]);
        foreach (var verdict in Verdicts)
            page.Row([verdict, .. Diseases.Select(d => $"{rows.Count(r => r["disease"] == d.Disease && Verdict(r, sources) == verdict)}")]);
        foreach (var (disease, title) in Diseases)
        {
            page.Heading(2, title).Head("Effect", "Expected", "Measured", "Verdict", "Explanation");
            foreach (var row in rows.Where(r => r["disease"] == disease))
                page.Row($"**{row["id"]}** {Markdown.Code(row["switch"])} on {Words(row["observable"])}, {row["context"]}{Group(row)}", Expected(row), Result(row, sources)?.Measured(row["unit"]) ?? "", Verdict(row, sources), Why(row, sources));
        }
        return page.ToString();
    }

    /// <summary>Missed effects that nobody has explained, and explanations of effects that are met: both must be empty.</summary>
    public static IReadOnlyList<string> Unexplained(PageSources sources) => sources.Explanations.Problems(sources.Effects.Keys, sources.EffectResults);

    private static CheckResult? Result(PageRow row, PageSources sources) => sources.EffectResults.GetValueOrDefault(row["id"]);

    private static string Verdict(PageRow row, PageSources sources) => Result(row, sources)?.Verdict ?? (sources.Needs.Missing(row).Count > 0 ? "waiting" : "not yet run");

    private static string Why(PageRow row, PageSources sources) =>
        sources.Explanations.Of(row["id"]) ?? Result(row, sources)?.Reason ?? string.Join(", ", sources.Needs.Missing(row));

    private static string Group(PageRow row) =>
        (row["subgroup_rule"] == "all" ? "" : $"; {row["subgroup_rule"].Replace("&", " and ", StringComparison.Ordinal).Replace("|", " or ", StringComparison.Ordinal)}")
        + (row["alternative"].Length == 0 ? "" : $"; reading {row["alternative"]}");

    private static string Expected(PageRow row)
    {
        var value = row["op"] == "within" ? $"{row["value"]} to {row["value2"]}" : $"{row["op"]} {row["value"]}";
        return $"{Words(row["statistic"])} {value}{(row["unit"] is "ratio" or "sign" ? "" : " " + row["unit"])} ({row["mark"]})";
    }

    private static string Words(string name) => name.Replace('_', ' ');
}
