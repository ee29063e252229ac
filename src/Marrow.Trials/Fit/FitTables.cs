using System.Globalization;
using System.Text.Json;
using Marrow.Networks.Provenance;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Fit;

/// <summary>Tables of a fit: parameters, targets, influence, and a parameter table to lay over a model.</summary>
internal static class FitTables
{
    private const double Z90 = 1.6448536269514722;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Writes all of them, whole or not at all; the manifest last.</summary>
    public static void Write(FitResult result, string folder, string key)
    {
        WriteTargets(result, folder);
        if (result.Posterior is not null)
        {
            WriteParameters(result, folder);
            WriteInfluence(result, folder);
            WriteFitted(result, folder);
        }
        WriteText(folder, "misfit.md", MisfitPage.Of(result));
        WriteText(folder, Manifest.FileName, JsonSerializer.Serialize(
            new
            {
                title = result.Problem.Title,
                seed = result.Problem.Seed,
                method = result.Method.ToString(),
                key,
                objective_before = result.ObjectiveBefore,
                objective_after = result.ObjectiveAfter,
                iterations = result.Iterations,
                points = result.Evaluations,
                ended = result.End.ToString(),
            },
            Json) + "\n");
    }

    private static void WriteText(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path + ".tmp", text);
        File.Move(path + ".tmp", path, overwrite: true);
    }

    private static void WriteTargets(FitResult result, string folder) => CsvTable.Write(folder, "targets.csv",
        ["target", "scenario", "observable", "time", "statistic", "unit", "published", "spread", "scale", "before", "misfit_before", "after", "misfit_after", "study", "source", "note"],
        result.Problem.Targets.Select((t, i) => (object?[])
        [
            t.Id, t.Scenario, t.Observable, t.Time.Text, t.Statistic.Text, t.Unit, t.Published, t.Spread, t.Scale, Short(result.Before[i]),
            Short(result.MisfitsBefore[i]), Short(result.After[i]), Short(result.MisfitsAfter[i]), t.Study, t.Source, t.Note,
        ]));

    private static void WriteParameters(FitResult result, string folder) => CsvTable.Write(folder, "fit.csv",
        ["parameter", "unit", "prior", "prior_median", "prior_sd", "lower", "upper", "value", "moved_sd", "posterior_sd", "posterior_05", "posterior_95",
            "known", "partner", "correlation", "targets", "studies", "reason"],
        result.Problem.Parameters.Select((p, j) =>
        {
            var (z, sd) = (result.Z[j], result.Posterior!.StandardDeviations[j]);
            var partner = result.Posterior.Partner(j);
            var moved = result.MovedBy(j);
            return (object?[])
            [
                p.Name, p.Unit, p.Law, p.Median, p.Sd, double.IsFinite(p.Lower) ? p.Lower : null, double.IsFinite(p.Upper) ? p.Upper : null, Short(p.ValueAt(z)),
                Short(z), Short(sd), Short(p.ValueAt(z - (Z90 * sd))), Short(p.ValueAt(z + (Z90 * sd))), result.Posterior.KnownOf(j),
                partner.Variable < 0 ? "" : result.Problem.Parameters[partner.Variable].Name, Short(partner.Correlation), moved.Count,
                moved.Select(m => m.Target.Study).Distinct().Count(), p.Reason,
            ];
        }));

    private static void WriteInfluence(FitResult result, string folder) => CsvTable.Write(folder, "influence.csv",
        ["parameter", "target", "study", "effect"],
        result.Problem.Parameters.SelectMany((p, j) => result.MovedBy(j).Select(m => (object?[])[p.Name, m.Target.Id, m.Target.Study, Short(m.Effect)])));

    /// <summary>Tables of the columns that models read: one for the parameters that all share, one for each disease's own. Limits between
    /// patients move with the typical value.</summary>
    private static void WriteFitted(FitResult result, string folder)
    {
        foreach (var group in Enumerable.Range(0, result.Problem.Parameters.Count).GroupBy(j => result.Problem.Parameters[j].Disease))
        {
            CsvTable.Write(folder, group.Key.Length == 0 ? "fitted.csv" : $"fitted_{group.Key}.csv",
                ["id", "value", "unit", "lower", "upper", "distribution", "kind", "source", "locator", "system", "note"],
                group.Select(j => FittedRow(result, j)));
        }
    }

    private static object?[] FittedRow(FitResult result, int j)
    {
        var p = result.Problem.Parameters[j];
        var row = result.Problem.Scenarios.Where(p.ActsIn).Select(s => s.Model.Parameters.Find(p.Id)).FirstOrDefault(r => r is not null);
        var value = Round(p.ValueAt(result.Z[j]));
        var shift = row is { LogSd: not null } ? value / row.Value : 1;
        return
        [
            p.Id, value, p.Unit, Limit(row?.Lower, shift), Limit(row?.Upper, shift), DistributionOf(row), "fitted",
            $"marrow fit of {Path.GetFileName(result.Problem.File)} to {string.Join(", ", result.MovedBy(j).Select(m => m.Target.Id))}",
            "models/fit", row?.System ?? "", NoteOf(result, j, row),
        ];
    }

    private static double? Limit(double? limit, double shift) => limit is { } value ? Round(value * shift) : null;

    private static string DistributionOf(ParameterRecord? row) =>
        row?.LogSd is { } sd ? string.Create(CultureInfo.InvariantCulture, $"lognormal({sd})") : "fixed";

    private static string NoteOf(FitResult result, int j, ParameterRecord? row)
    {
        var p = result.Problem.Parameters[j];
        var meaning = row is null ? "" : row.Note.Split(';')[0].Trim();
        return string.Create(CultureInfo.InvariantCulture, $"{meaning}{(meaning.Length > 0 ? "; " : "")}prior {p.Median:G6}, moved by {result.Z[j]:0.00} prior sd");
    }

    /// <summary>Four digits: what a fit knows.</summary>
    private static double Round(double value) => value == 0 || !double.IsFinite(value) ? value : double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double Short(double value) => double.IsFinite(value) ? double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value;
}
