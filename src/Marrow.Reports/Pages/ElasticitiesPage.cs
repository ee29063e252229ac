using System.Text;
using Marrow.Reports.Words;

namespace Marrow.Reports.Pages;

/// <summary><c>docs/elasticities.md</c>: how escape and cure follow every parameter, and how much of that rests on assumptions.</summary>
internal static class ElasticitiesPage
{
    private const int Shown = 40;
    private static readonly string[] Kinds = ["measured", "fitted", "assumed"];

    /// <summary>The page.</summary>
    public static string Write(PageSources sources)
    {
        var page = new StringBuilder("# Elasticities\n");
        page.Paragraph("d ln(share of patients)/d ln(parameter), from the same patients and the same random numbers with each parameter multiplied and divided by a factor; every number of the tables counts that is no switch, conversion of units or zero. "
            + "Shares are soft: a patient counts by how far it is from the border. [models/fit/elasticities.yaml](../models/fit/elasticities.yaml) says of what; `marrow elasticities` measures them. " + Markdown.Generated);
        if (sources.Elasticities.Count == 0) return page.Paragraph("**Not yet run.**").ToString();
        foreach (var outcome in sources.Elasticities.GroupBy(e => e["outcome"], StringComparer.Ordinal)) Outcome(page, outcome.Key, [.. outcome.Where(e => e["elasticity"].Length > 0)]);
        return page.ToString();
    }

    private static void Outcome(StringBuilder page, string name, IReadOnlyList<PageRow> rows)
    {
        page.Heading(2, name);
        if (rows.Count == 0)
        {
            page.Append("Not measured.\n");
            return;
        }
        var all = rows.Sum(Size);
        var still = rows.Count(r => r.Number("low") == r.Number("high"));
        page.Append($"{rows.Count} parameters, {still} without effect; largest {Numbers.Amount(rows.Max(Size))} in size; {rows[0]["patients"]} patients.\n\n")
            .Head("Kind", "Parameters", "Share by count", "Share weighted by the size of the elasticity");
        foreach (var kind in Kinds)
        {
            var own = rows.Where(r => r["kind"] == kind).ToList();
            page.Row(kind, Numbers.Count(own.Count), Numbers.Percent((double)own.Count / rows.Count), all > 0 ? Numbers.Percent(own.Sum(Size) / all) : "");
        }
        page.Append('\n').Head("Parameter", "Kind", "Elasticity", "90 % interval", "Share, divided", "Share, multiplied");
        foreach (var r in rows.OrderByDescending(Size).ThenBy(r => r["parameter"], StringComparer.Ordinal).Take(Shown).Where(r => Size(r) > 0))
            page.Row(r["parameter"], r["kind"], Signed(r.Number("elasticity")), Numbers.Range(r.Number("lower"), r.Number("upper"), Signed), Numbers.Percent(r.Number("low")), Numbers.Percent(r.Number("high")));
    }

    private static double Size(PageRow row) => Math.Abs(row.Number("elasticity"));

    private static string Signed(double value) => (value < 0 ? "−" : "+") + Numbers.Amount(Math.Abs(value));
}
