using System.Text;

namespace Marrow.Reports.Pages;

/// <summary><c>docs/claims.md</c>: every claim with its experiment, what was expected and what came out.</summary>
internal static class ClaimsPage
{
    private static readonly (string Group, string Title)[] Groups =
    [
        ("S1", "Acute lymphoblastic leukaemia and its evasion of immunity"), ("S2", "T cells and lenalidomide in chronic lymphocytic leukaemia"),
        ("S3", "Failing immunity and leukaemia"), ("S4", "Tumour and immune system"), ("S5", "Suppressor cells"),
    ];

    /// <summary>The page.</summary>
    public static string Write(PageSources sources)
    {
        var page = new StringBuilder("# Claims\n");
        page.Paragraph("What is said about leukaemia and the immune system, and what Marrow's virtual patients show of it. A claim is *met* if the leading check of its experiment holds, "
            + "*missed* if not, *waiting* if it needs something that is not in Marrow yet, and *not yet run* if its experiment could be made but has not been. "
            + "Values stand with their 90 % interval, and a missed claim says why in words of the model. Disputed and open claims name their readings at the end of their section. " + Markdown.Generated);
        Counts(page, sources);
        foreach (var (group, title) in Groups) Group(page, title, [.. sources.Claims.Where(c => c["seed"] == group)], sources);
        Revisions(page, sources);
        return page.ToString();
    }

    /// <summary>A verdict that came only after its experiment was changed deserves to be read with both.</summary>
    private static void Revisions(StringBuilder page, PageSources sources)
    {
        if (sources.ClaimRevisions.Count == 0) return;
        page.Heading(2, "Experiments that were changed after they had been run")
            .Paragraph("The expected values stayed; what is done or read was changed, because it was not what the claim says. What the former experiment found, and what other readings give, stands beside it.");
        page.Append('\n').Head("Claim", "Before", "Found", "Now", "Why", "Otherwise");
        foreach (var row in sources.ClaimRevisions)
            page.Row($"**{row["id"]}**, now {Verdict(sources.Claims.Single(c => c["id"] == row["id"]), sources)}", row["before"], row["found_before"], row["now"], row["why"], row["otherwise"]);
    }

    /// <summary>met, missed, waiting or not yet run.</summary>
    public static string Verdict(PageRow claim, PageSources sources) =>
        sources.ClaimResults.TryGetValue(claim["id"], out var result) ? result.Verdict
            : claim["statistic"] == "manual" || sources.Needs.Missing(claim).Count > 0 ? "waiting" : "not yet run";

    /// <summary>Missed claims that nobody has explained, and explanations of claims that are met: both must be empty.</summary>
    public static IReadOnlyList<string> Unexplained(PageSources sources) => sources.ClaimExplanations.Problems(sources.Claims.Select(c => c["id"]), sources.ClaimResults);

    private static void Counts(StringBuilder page, PageSources sources)
    {
        page.Append('\n').Head("Verdict", "Claims");
        foreach (var verdict in new[] { "met", Explanations.Missed, "waiting", "not yet run" })
            page.Row(verdict, $"{sources.Claims.Count(c => Verdict(c, sources) == verdict)}");
    }

    private static void Group(StringBuilder page, string title, IReadOnlyList<PageRow> claims, PageSources sources)
    {
        page.Heading(2, title).Head("Claim", "Status", "Experiment", "Expected", "Outcome");
        foreach (var claim in claims)
            page.Row($"**{claim["id"]}** {claim["claim"]} ({claim["citation"]})", claim["status"], claim["experiment"] + Command(claim["id"], sources), $"{claim["minimum_effect"]} Check: {Check(claim)}.", Outcome(claim, sources));
        if (!claims.Any(c => sources.Alternatives.Contains(c["id"]))) return;
        page.Heading(3, "Readings of disputed and open claims").Head("Claim", "Reading", "Holds if", "Chosen by");
        foreach (var row in claims.SelectMany(c => sources.Alternatives[c["id"]]))
            page.Row($"{row["claim"]} {row["alternative"]}", row["reading"], row["criterion"], row["selected_by"]);
    }

    private static string Command(string id, PageSources sources) =>
        sources.ClaimExperiments.TryGetValue(id, out var file) ? $" {Markdown.Code($"marrow effects {file} --rows {id}")}" : "";

    private static string Check(PageRow claim) => claim["statistic"] == "manual" ? "a person judges"
        : $"{claim["statistic"].Replace('_', ' ')} {(claim["op"] == "within" ? "within " : claim["op"] + " ")}{claim["value"]}{(claim["unit"] is "ratio" or "sign" ? "" : " " + claim["unit"])}";

    private static string Outcome(PageRow claim, PageSources sources)
    {
        if (sources.ClaimResults.TryGetValue(claim["id"], out var result))
            return string.Join(": ", new[] { $"**{result.Verdict}**", result.Measured(claim["unit"]), sources.ClaimExplanations.Of(claim["id"]) ?? result.Reason }.Where(t => t.Length > 0));
        if (claim["statistic"] == "manual") return "**waiting**: a person judges both signs";
        var missing = sources.Needs.Missing(claim);
        return missing.Count > 0 ? $"**waiting**: {string.Join(", ", missing)}" : "**not yet run**";
    }
}
