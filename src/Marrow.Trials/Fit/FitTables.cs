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

    /// <summary>Names of the tables of priors and posteriors, of influence and of misfits: in a folder of results, and beside a fit whose
    /// values stand in the models.</summary>
    public const string Posteriors = "posteriors.csv", Influence = "influence.csv", Misfits = "misfit.csv";

    /// <summary>Writes all of them, whole or not at all; the manifest last.</summary>
    public static void Write(FitResult result, string folder, string key)
    {
        WriteMisfits(result, folder);
        if (result.Posterior is not null)
        {
            WritePosteriors(result, folder);
            WriteInfluence(result, folder);
            WriteFitted(result, folder);
            UncertaintyTables.Write(result, folder);
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

    /// <summary>Writes the three tables that are kept beside a fit.</summary>
    public static void WriteKept(FitResult result, string folder)
    {
        WriteMisfits(result, folder);
        WritePosteriors(result, folder);
        WriteInfluence(result, folder);
        UncertaintyTables.Write(result, folder);
    }

    private static void WriteText(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path + ".tmp", text);
        File.Move(path + ".tmp", path, overwrite: true);
    }

    private static void WriteMisfits(FitResult result, string folder) => CsvTable.Write(folder, Misfits,
        ["target", "scenario", "observable", "time", "statistic", "unit", "published", "spread", "scale", "before", "misfit_before", "after", "misfit", "study", "source", "note"],
        result.Problem.Targets.Select((t, i) => (object?[])
        [
            t.Id, t.Scenario, t.Observable, t.Time.Text, t.Statistic.Text, t.Unit, t.Published, t.Spread, t.Scale, Short(result.Before[i]),
            Short(result.MisfitsBefore[i]), Short(result.After[i]), Short(result.MisfitsAfter[i]), t.Study, t.Source, t.Note,
        ]));

    /// <summary>Standard deviations are those on the scale of the prior's form; shrinkage is 1 - var_posterior / var_prior.</summary>
    private static void WritePosteriors(FitResult result, string folder) => CsvTable.Write(folder, Posteriors,
        ["parameter", "disease", "unit", "prior", "prior_median", "prior_sd", "lower", "upper", "posterior_median", "posterior_sd", "moved_sd", "shrinkage",
            "posterior_05", "posterior_95", "known", "partner", "correlation", "targets", "studies", "reason"],
        result.Problem.Parameters.Select((p, j) =>
        {
            var (z, sd) = (result.Z[j], result.Posterior!.StandardDeviations[j]);
            var partner = result.Posterior.Partner(j);
            var moved = result.MovedBy(j);
            return (object?[])
            [
                p.Id, p.Disease, p.Unit, p.Law, p.Median, p.Sd, double.IsFinite(p.Lower) ? p.Lower : null, double.IsFinite(p.Upper) ? p.Upper : null,
                result.ValueOf(j), Short(p.Sd * sd), Short(z), Short(1 - (sd * sd)), Short(p.ValueAt(z - (Z90 * sd))), Short(p.ValueAt(z + (Z90 * sd))),
                result.Posterior.KnownOf(j), partner.Variable < 0 ? "" : result.Problem.Parameters[partner.Variable].Name, Short(partner.Correlation),
                moved.Count, moved.Select(m => m.Target.Study).Distinct().Count(), p.Reason,
            ];
        }));

    /// <summary>What one prior standard deviation of a parameter does to a target, in the target's spreads.</summary>
    private static void WriteInfluence(FitResult result, string folder) => CsvTable.Write(folder, Influence,
        ["parameter", "disease", "target", "study", "effect"],
        result.Problem.Parameters.SelectMany((p, j) => result.MovedBy(j).Select(m => (object?[])[p.Id, p.Disease, m.Target.Id, m.Target.Study, Short(m.Effect)])));

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
        var row = result.Problem.RowsOf(p) is [var first, ..] ? first : null;
        var (lower, upper) = LimitsOf(row, result.ValueOf(j));
        return
        [
            p.Id, result.ValueOf(j), p.Unit, lower, upper, row?.LogSd is { } sd ? string.Create(CultureInfo.InvariantCulture, $"lognormal({sd})") : "fixed", "fitted",
            $"marrow fit of {Path.GetFileName(result.Problem.File)} to {string.Join(", ", result.MovedBy(j).Select(m => m.Target.Id))}",
            "models/fit", row?.System ?? "", NoteOf(result, j, row),
        ];
    }

    /// <summary>Limits between patients move with the typical value.</summary>
    public static (double? Lower, double? Upper) LimitsOf(ParameterRecord? row, double value)
    {
        var shift = row is { LogSd: not null } ? value / row.Value : 1;
        return (Limit(row?.Lower, shift), Limit(row?.Upper, shift));
    }

    private static double? Limit(double? limit, double shift) => limit is { } value ? FitResult.Round(value * shift) : null;

    private static string NoteOf(FitResult result, int j, ParameterRecord? row)
    {
        var p = result.Problem.Parameters[j];
        var meaning = row is null ? "" : row.Note.Split(';')[0].Trim();
        return string.Create(CultureInfo.InvariantCulture, $"{meaning}{(meaning.Length > 0 ? "; " : "")}prior {p.Median:G6}, moved by {result.Z[j]:0.00} prior sd");
    }

    internal static double Short(double value) => double.IsFinite(value) ? double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value;
}
