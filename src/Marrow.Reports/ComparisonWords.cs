using System.Globalization;
using Marrow.Reports.Words;
using Marrow.Trials.Comparisons;

namespace Marrow.Reports;

/// <summary>A table of a comparison in words.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Cells.</param>
public sealed record ComparisonTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>Two runs side by side in the words of the report.</summary>
public static class ComparisonWords
{
    private const string None = "–";

    /// <summary>The tables that have rows: what went in, endpoints, curves, patients.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="all">Endpoints that are the same, too.</param>
    public static IReadOnlyList<ComparisonTable> Tables(RunComparison comparison, bool all)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ComparisonTable[] tables =
        [
            Inputs("Settings", "Setting", comparison.Settings),
            Inputs("Numbers that went in", "Number", comparison.Numbers),
            Inputs("Files that went in", "File", comparison.Files),
            Inputs("Arms without a counterpart", "", comparison.LoneArms),
            new("Endpoints", ["Arm", "Endpoint", "A", "B", "B − A"], [.. comparison.Endpoints.Where(e => all || !e.Same).Select(Endpoint)]),
            Curves("Largest gap of survival curves", "Month", comparison.Survival, Numbers.Percent),
            Curves("Largest gap of medians over time", "Day", comparison.Kinetics, Numbers.Amount),
            new("The same patients in both runs", ["Arm", "Event", "In both", "Only A", "Only B", "In neither"],
            [
                .. comparison.Outcomes.Where(o => all || o.OnlyA + o.OnlyB > 0)
                    .Select(o => (string[])[o.Arms, o.What, Numbers.Count(o.Both), Numbers.Count(o.OnlyA), Numbers.Count(o.OnlyB), Numbers.Count(o.Neither)]),
            ]),
        ];
        return [.. tables.Where(t => t.Rows.Count > 0)];
    }

    /// <summary>The comparison in one sentence.</summary>
    public static string Verdict(RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        if (comparison.Same) return "No difference.";
        var patients = $"{Numbers.Count(comparison.SamePatients)} of {Numbers.Count(comparison.CommonPatients)} patients that both runs have were born with the same values";
        if (comparison.SameResults) return $"The results are the same; what went in is not. {patients}.";
        var differing = comparison.Endpoints.Count(e => !e.Same);
        return $"{differing.ToString(CultureInfo.InvariantCulture)} of {comparison.Endpoints.Count.ToString(CultureInfo.InvariantCulture)} endpoints differ; {patients}.";
    }

    private static ComparisonTable Inputs(string title, string what, IReadOnlyList<RunDifference> rows) =>
        new(title, [what, "A", "B"], [.. rows.Select(r => (string[])[r.What, Or(r.A), Or(r.B)])]);

    private static string[] Endpoint(EndpointPair pair)
    {
        var share = pair.Endpoint.IsShare;
        Func<double, string> form = share ? Numbers.Percent : Numbers.Amount;
        string Value(double x) => double.IsPositiveInfinity(x) ? "not reached" : double.IsFinite(x) ? form(x) : None;
        var label = pair.Endpoint.Unit.Length == 0 ? pair.Endpoint.Label : $"{pair.Endpoint.Label} ({pair.Endpoint.Unit})";
        return [pair.Arms, label, Value(pair.A), Value(pair.B), Difference(pair.A, pair.B, share)];
    }

    private static string Difference(double a, double b, bool share)
    {
        if (!double.IsFinite(a) || !double.IsFinite(b)) return None;
        if (a == b) return "0";
        var points = 100 * (b - a);
        return share ? points.ToString("+0.0;−0.0", CultureInfo.InvariantCulture) + " points" : (b > a ? "+" : "") + Numbers.Amount(b - a);
    }

    private static ComparisonTable Curves(string title, string at, IReadOnlyList<CurveGap> gaps, Func<double, string> form) => new(title, ["Arm", "Curve", at, "A", "B"],
        [.. gaps.Select(g => (string[])[g.Arms, g.Unit.Length == 0 ? g.Id : $"{g.Id} ({g.Unit})", Numbers.Amount(g.At), form(g.A), form(g.B)])]);

    private static string Or(string text) => text.Length == 0 ? None : text;
}
