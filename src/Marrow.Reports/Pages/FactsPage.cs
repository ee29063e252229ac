using System.Text;
using Marrow.Reports.Words;

namespace Marrow.Reports.Pages;

/// <summary><c>docs/facts.md</c>: what was measured in people beside what the models give, in units of the published spread.</summary>
internal static class FactsPage
{
    private const double Near = 2;
    private const double OrderOfMagnitude = 10;
    private const double Needed = 0.8;
    private const int MostExcused = 5;

    /// <summary>The page.</summary>
    public static string Write(PageSources sources)
    {
        var page = new StringBuilder("# Facts\n");
        page.Paragraph("Published measurements of health, BCP-ALL and CLL beside simulated ones. The distance is (simulated − published)/spread, on the logarithm where the fact says so; "
            + "the spread is the published one, or 30 % of the value where none is published. Wanted: four in five within two spreads, none off tenfold, at most five excused. "
            + "`marrow facts` measures them. " + Markdown.Generated);
        page.Paragraph(Summary(sources)).Append('\n').Head("Fact", "Published ± spread", "Simulated", "Distance", "Spread", "Source");
        foreach (var fact in sources.Facts)
            page.Row($"**{fact["id"]}** {fact["fact"]}", $"{Numbers.Amount(fact.Number("published"))} ± {Spread(fact)}", Simulated(fact, sources), Distance(fact, sources) is { } d ? Signed(d) : "", fact["spread_basis"], $"{fact["source"]} ({fact["mark"]})");
        var excused = sources.Facts.Where(f => f["excuse"].Length > 0).ToList();
        page.Heading(2, "Excused").Bullets(excused.Select(f => $"{f["id"]} {f["fact"]}: {f["excuse"]}."));
        return page.ToString();
    }

    /// <summary>(simulated − published)/spread; null where nothing was simulated.</summary>
    public static double? Distance(PageRow fact, PageSources sources)
    {
        if (!sources.FactResults.TryGetValue(fact["id"], out var result) || result.Value is not { } value) return null;
        var (published, spread) = (fact.Number("published"), fact.Number("spread"));
        return fact["scale"] == "log" ? Math.Log(value / published) / spread : (value - published) / spread;
    }

    private static string Summary(PageSources sources)
    {
        var judged = sources.Facts.Where(f => f["excuse"].Length == 0).ToList();
        var distances = judged.Select(f => (Fact: f, Distance: Distance(f, sources))).Where(f => f.Distance is not null).ToList();
        var near = distances.Count(f => Math.Abs(f.Distance!.Value) <= Near);
        var far = distances.Where(f => IsFar(f.Fact, sources)).Select(f => f.Fact["id"]).ToList();
        var excused = sources.Facts.Count - judged.Count;
        var share = distances.Count == 0 ? "none measured yet" : $"{near} of {distances.Count} within two spreads ({Numbers.Percent((double)near / distances.Count)}, wanted {Numbers.Percent(Needed)})";
        return $"**{share}**; off tenfold: {(far.Count == 0 ? "none" : string.Join(", ", far))}; excused: {excused} (at most {MostExcused}); not measured: {judged.Count - distances.Count}.";
    }

    private static bool IsFar(PageRow fact, PageSources sources)
    {
        var ratio = sources.FactResults[fact["id"]].Value!.Value / fact.Number("published");
        return fact["unit"] != "sign" && (ratio <= 1 / OrderOfMagnitude || ratio >= OrderOfMagnitude);
    }

    private static string Spread(PageRow fact) => fact["scale"] == "log" ? $"×/÷ {Numbers.Amount(Math.Exp(fact.Number("spread")))}" : $"{Numbers.Amount(fact.Number("spread"))} {fact["unit"]}";

    private static string Signed(double distance) => (distance < 0 ? "−" : "+") + Numbers.Amount(Math.Abs(distance));

    private static string Simulated(PageRow fact, PageSources sources)
    {
        if (fact["excuse"].Length > 0) return "excused";
        if (!sources.FactResults.TryGetValue(fact["id"], out var result)) return "not yet run";
        return result.Value is null ? $"waiting: {result.Reason}" : string.Join("; ", new[] { result.Measured(fact["unit"]), result.Reason }.Where(t => t.Length > 0));
    }
}
