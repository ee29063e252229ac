using System.Globalization;
using System.Net;
using System.Text;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Experiments;

/// <summary>Writes judged tables: effects.csv for programs, effects.md to read, effects.html to look at. Each appears whole or not at all.</summary>
public static class EffectsReport
{
    private const string Style = "body{font:15px/1.45 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}"
        + "th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd;vertical-align:top}td.n{font-variant-numeric:tabular-nums;white-space:nowrap}"
        + ".met{color:#136f3a}.missed{color:#a4261d;font-weight:600}.waiting{color:#777}";

    private static readonly string[] Headings = ["Row", "Verdict", "Effect", "Expected", "Measured [90 %]", "Pairs", "Remark"];

    /// <summary>Writes all files into a folder.</summary>
    public static void Write(EffectsResult result, string folder)
    {
        ArgumentNullException.ThrowIfNull(result);
        Directory.CreateDirectory(folder);
        CsvTable.Write(folder, "effects.csv",
            ["id", "switch", "disease", "context", "observable", "statistic", "subgroup_rule", "alternative", "expected", "direction", "verdict", "value", "lower", "upper", "unit", "pairs", "reason"],
            result.Rows.Select(r => new object?[]
            {
                r.Row.Id, r.Row.Switch, r.Row.Disease, r.Row.Context, r.Row.Observable, EffectsTable.NameOf(r.Row.Statistic), r.Row.Subgroup, r.Row.Alternative,
                r.Row.Condition, r.Row.Direction, r.Verdict, Plain(r.Value), Plain(r.Interval.Lower), Plain(r.Interval.Upper), r.Row.Unit, r.Pairs, r.Reason,
            }));
        WriteWhole(Path.Combine(folder, "effects.md"), Markdown(result));
        WriteWhole(Path.Combine(folder, "effects.html"), Html(result));
    }

    /// <summary>The counts, as a sentence.</summary>
    public static string Summary(EffectsResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return string.Create(CultureInfo.InvariantCulture,
            $"{result.Count(EffectVerdict.Met)} met, {result.Count(EffectVerdict.Missed)} missed, {result.Count(EffectVerdict.Waiting)} waiting, of {result.Rows.Count} checks in {result.Pairs} pairs each.");
    }

    /// <summary>A measured value with its interval; empty where there is none.</summary>
    public static string Measured(EffectResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (double.IsNaN(result.Value)) return "";
        return string.Create(CultureInfo.InvariantCulture, $"{result.Value:G4} [{result.Interval.Lower:G4}, {result.Interval.Upper:G4}]");
    }

    private static string[] Cells(EffectResult r) =>
    [
        r.Row.Id, Vocabulary.SnakeCase(r.Verdict.ToString()),
        $"{r.Row.Switch} on {r.Row.Observable}; {r.Row.Disease}, {r.Row.Context}; {r.Row.Subgroup}{(r.Row.Alternative.Length > 0 ? $" (alternative {r.Row.Alternative})" : "")}",
        $"{EffectsTable.NameOf(r.Row.Statistic)} {r.Row.Condition} {r.Row.Unit}{(r.Row.Direction == EffectDirection.None ? "" : ", " + Vocabulary.SnakeCase(r.Row.Direction.ToString()))}",
        Measured(r), r.Pairs > 0 ? r.Pairs.ToString(CultureInfo.InvariantCulture) : "", r.Reason,
    ];

    private static string Markdown(EffectsResult result)
    {
        var page = new StringBuilder($"# Expected effects\n\n{Summary(result)} Seed {result.Seed.ToString(CultureInfo.InvariantCulture)}.\n\n");
        page.Append("Intervals are 90 % bootstrap intervals over pairs; of shares, score intervals; of signs and contrasts, those of the effect itself.\n\n");
        page.Append("| ").AppendJoin(" | ", Headings).Append(" |\n|").Append(string.Concat(Enumerable.Repeat("---|", Headings.Length))).Append('\n');
        foreach (var row in result.Rows) page.Append("| ").AppendJoin(" | ", Cells(row).Select(c => c.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
        return page.ToString();
    }

    private static string Html(EffectsResult result)
    {
        var page = new StringBuilder($"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Expected effects</title><style>{Style}</style>");
        page.Append("<h1>Expected effects</h1><p>").Append(WebUtility.HtmlEncode(Summary(result)));
        page.Append(" Research use only.</p><table><thead><tr>").Append(string.Concat(Headings.Select(h => $"<th>{h}</th>"))).Append("</tr></thead><tbody>");
        foreach (var row in result.Rows)
        {
            var cells = Cells(row);
            page.Append("<tr>");
            for (var i = 0; i < cells.Length; i++) page.Append(i == 1 ? $"<td class=\"{cells[i]}\">" : i is 4 or 5 ? "<td class=\"n\">" : "<td>").Append(WebUtility.HtmlEncode(cells[i])).Append("</td>");
            page.Append("</tr>\n");
        }
        return page.Append("</tbody></table></html>\n").ToString();
    }

    /// <summary>Infinite values have no place in a table of numbers; the words of JSON and R do.</summary>
    private static object? Plain(double value) => double.IsPositiveInfinity(value) ? "Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value;

    private static void WriteWhole(string path, string text)
    {
        var draft = path + ".tmp";
        File.WriteAllText(draft, text);
        File.Move(draft, path, overwrite: true);
    }
}
