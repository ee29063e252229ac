using System.Text;
using Marrow.Reports.Words;

namespace Marrow.Reports.Pages;

/// <summary><c>docs/fit-core.md</c>: the fit of the core to published figures: misfits before and after, priors and posteriors, and which
/// parameter moves which figure.</summary>
internal static class FitPage
{
    private const double Near = 2;

    /// <summary>The page.</summary>
    public static string Write(PageSources sources)
    {
        var page = new StringBuilder("# The fit of the core\n");
        page.Paragraph("[models/fit/core.yaml](../models/fit/core.yaml) declares parameters with priors, and published figures that they answer to "
            + "([how](fit.md)). `marrow fit models/fit/core.yaml --write` finds the values, puts them into the tables of the models and keeps the tables behind this page. "
            + Markdown.Generated);
        if (sources.FitMisfits.Count == 0) return page.Paragraph("**Not yet run.**").ToString();
        page.Paragraph(Summary(sources));
        Targets(page.Heading(2, "Published figures"), sources);
        Parameters(page.Heading(2, "Parameters"), sources);
        Influence(page.Heading(2, "Which parameter moves which figure"), sources);
        return page.ToString();
    }

    private static string Summary(PageSources sources)
    {
        int Close(string column) => sources.FitMisfits.Count(t => Math.Abs(t.Number(column)) <= Near);
        double Squares(string column) => sources.FitMisfits.Sum(t => t.Number(column) * t.Number(column));
        var studies = sources.FitMisfits.Select(t => t["study"]).Distinct(StringComparer.Ordinal).Count();
        return $"**{sources.FitMisfits.Count} figures of {studies} studies, {sources.FitPosteriors.Count} parameters: {Close("misfit_before")} figures within two spreads at the priors' medians, "
            + $"{Close("misfit")} after the fit**; sum of squared misfits {Numbers.Amount(Squares("misfit_before"))} before, {Numbers.Amount(Squares("misfit"))} after.";
    }

    private static void Targets(StringBuilder page, PageSources sources)
    {
        page.Append("A misfit is (model − published)/spread on the scale of the figure; those above two spreads stand in bold.\n\n")
            .Head("Figure", "Read", "Published", "Before", "After", "Misfit before", "Misfit after", "Study");
        foreach (var t in sources.FitMisfits)
            page.Row(t["target"], $"{t["scenario"]}: {t["time"]}, {t["statistic"]}", Amount(t, "published"), Amount(t, "before"), Amount(t, "after"), Misfit(t, "misfit_before"), Misfit(t, "misfit"), t["study"]);
    }

    private static void Parameters(StringBuilder page, PageSources sources)
    {
        page.Append("Standard deviations are on the scale of the prior (logarithm, logit); moved: in standard deviations of the prior; shrinkage: 1 − variance of the posterior/variance of the prior.\n\n")
            .Head("Parameter", "Disease", "Prior", "Posterior", "5–95 %", "Moved", "Shrinkage", "Known", "Most correlated with", "Why this prior");
        foreach (var p in sources.FitPosteriors)
        {
            var unit = p["unit"] == "1" ? "" : " " + p["unit"];
            page.Row(p["parameter"], p["disease"].Length == 0 ? "all" : p["disease"], $"{Numbers.Amount(p.Number("prior_median"))}{unit}, sd {Numbers.Amount(p.Number("prior_sd"))}",
                $"{Numbers.Amount(p.Number("posterior_median"))}{unit}, sd {Numbers.Amount(p.Number("posterior_sd"))}", Numbers.Range(p.Number("posterior_05"), p.Number("posterior_95"), Numbers.Amount),
                Signed(p.Number("moved_sd")), Numbers.Percent(Math.Max(0, p.Number("shrinkage"))), p["known"].Replace('_', ' '),
                p["partner"].Length == 0 ? "" : $"{p["partner"]} ({Signed(p.Number("correlation"))})", p["reason"]);
        }
    }

    private static void Influence(StringBuilder page, PageSources sources)
    {
        page.Append("Spreads of the figure that one standard deviation of the prior moves; figures that hardly move are left out. A parameter that moved one figure, or figures of one study alone, would be tuned and not fitted: a test refuses it.\n\n")
            .Head("Parameter", "Figures", "Studies", "Moves");
        foreach (var p in sources.FitPosteriors)
        {
            var moved = sources.FitInfluence.Where(i => i["parameter"] == p["parameter"] && i["disease"] == p["disease"]).OrderByDescending(i => Math.Abs(i.Number("effect"))).ToList();
            page.Row(p["disease"].Length == 0 ? p["parameter"] : $"{p["disease"]}.{p["parameter"]}", Numbers.Count(moved.Count), Numbers.Count(moved.Select(i => i["study"]).Distinct(StringComparer.Ordinal).Count()),
                string.Join(", ", moved.Select(i => $"{i["target"]} {Signed(i.Number("effect"))}")));
        }
    }

    private static string Amount(PageRow row, string column) => row.NumberOrNull(column) is { } value ? Numbers.Amount(value) : "none";

    private static string Misfit(PageRow row, string column) => row.NumberOrNull(column) is not { } value ? "" : Math.Abs(value) <= Near ? Signed(value) : $"**{Signed(value)}**";

    private static string Signed(double value) => (value < 0 ? "−" : "+") + Numbers.Amount(Math.Abs(value));
}
