using System.Globalization;
using System.Text;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Fit;

/// <summary>elasticities.csv and elasticities.md.</summary>
internal static class ElasticityPage
{
    private const int Shown = 30;

    /// <summary>Name of the table, here and in models/.</summary>
    public const string Table = "elasticities.csv";

    /// <summary>Writes both, whole or not at all.</summary>
    public static void Write(ElasticityProblem problem, FitProblem inner, IReadOnlyList<Elasticity> all, string folder)
    {
        CsvTable.Write(folder, Table, ["parameter", "kind", "outcome", "elasticity", "lower", "upper", "low", "high", "patients"],
            all.Select(e => (object?[])[e.Parameter, e.Kind, e.Outcome, Short(e.Value), Short(e.Lower), Short(e.Upper), Short(e.Low), Short(e.High), e.Patients]));
        var path = Path.Combine(folder, "elasticities.md");
        File.WriteAllText(path + ".tmp", Page(problem, inner, all));
        File.Move(path + ".tmp", path, overwrite: true);
        File.WriteAllText(Path.Combine(folder, Manifest.FileName), FormattableString.Invariant($"{{\n  \"title\": \"{problem.Title}\",\n  \"seed\": {inner.Seed}\n}}\n"));
    }

    private static string Page(ElasticityProblem problem, FitProblem inner, IReadOnlyList<Elasticity> all)
    {
        var page = new StringBuilder();
        page.Append(Invariant($"# {problem.Title}\n\nElasticity: d ln(share of patients) / d ln(parameter), from the same patients with each parameter multiplied and divided by {problem.Factor}; 90 % interval by resampling patients. "));
        page.Append(Invariant($"Shares are soft: a patient counts by the logistic function of ln(readout / limit) / width, so that a slope can be read from few patients. Parameters that change no bit of a course have elasticity 0. Seed {inner.Seed}; written by `marrow elasticities {Path.GetFileName(problem.File)}`.\n"));
        foreach (var outcome in inner.Targets)
        {
            Elasticity[] own = [.. all.Where(e => e.Outcome == outcome.Id && !double.IsNaN(e.Value))];
            if (own.Length == 0) continue;
            var scenario = inner.ScenarioOf(outcome);
            var largest = own.Max(e => Math.Abs(e.Value));
            var total = own.Sum(e => Math.Abs(e.Value));
            page.Append(Invariant($"\n## {outcome.Id}\n\n{outcome.Observable}: {outcome.Time.Text}, {outcome.Statistic.Text}; scenario {scenario.Name}, {scenario.Patients} patients. "));
            page.Append(Invariant($"{own.Length} parameters; {own.Count(e => e.Low == e.High)} without effect; largest {largest:0.00} in size. "));
            page.Append(Invariant($"Share of assumed parameters: {own.Count(e => e.Kind == "assumed") / (double)own.Length:P0} by count, {Weighted(own, total):P0} weighted by the size of the elasticity.\n\n"));
            page.Append("| Parameter | Kind | Elasticity | 90 % interval | Share, divided | Share, multiplied |\n|---|---|---|---|---|---|\n");
            foreach (var e in own.OrderByDescending(e => Math.Abs(e.Value)).ThenBy(e => e.Parameter, StringComparer.Ordinal).Take(Shown))
                page.Append(Invariant($"| {e.Parameter} | {e.Kind} | {e.Value:0.00} | {e.Lower:0.00} to {e.Upper:0.00} | {e.Low:P1} | {e.High:P1} |\n"));
        }
        return page.ToString();
    }

    private static double Weighted(Elasticity[] own, double total) => total == 0 ? 0 : own.Where(e => e.Kind == "assumed").Sum(e => Math.Abs(e.Value)) / total;

    private static double Short(double value) => double.IsFinite(value) ? double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
