using System.Globalization;
using CsvHelper;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Fit;

/// <summary>Reads target tables: id, scenario, observable, factor, time, statistic, published, spread, scale, unit, study, source, note, and
/// among where figures are of some of the patients.</summary>
internal static class TargetTable
{
    private const string AmongColumn = "among";

    /// <summary>Columns of the table.</summary>
    internal static readonly string[] Columns =
        ["id", "scenario", "observable", "factor", "time", "statistic", "published", "spread", "scale", "unit", "study", "source", "note"];

    /// <summary>All rows that can be read; problems go to <paramref name="bag"/>.</summary>
    public static IReadOnlyList<FitTarget> Load(string path, DiagnosticBag bag)
    {
        var targets = new List<FitTarget>();
        try
        {
            using var csv = CsvReader.FromFile(path, new CsvReaderOptions { TrackLineNumbers = true, CommentPrefix = '#', TrimWhitespace = true });
            string[] missing = [.. Columns.Where(c => !csv.Headers.Contains(c))];
            foreach (var column in missing) bag.Error(StudyCodes.BadRow, $"the column '{column}' is missing", new SourceSpan(path, 1, 1, 1));
            if (missing.Length > 0) return targets;
            while (csv.Read())
            {
                var where = new SourceSpan(path, (int)csv.LineNumber, 1, 1);
                if (Read(csv, where, bag) is not { } target) continue;
                if (targets.Exists(t => t.Id == target.Id)) bag.Error(StudyCodes.Duplicate, $"target '{target.Id}' stands twice", where);
                else targets.Add(target);
            }
        }
        catch (Exception e) when (e is IOException or CsvFormatException or IndexOutOfRangeException)
        {
            bag.Error(StudyCodes.Unreadable, $"cannot read '{path}'", new SourceSpan(path, 0, 0, 1), e.Message, "check the path and the commas of each row");
        }
        return targets;
    }

    private static FitTarget? Read(CsvReader csv, SourceSpan where, DiagnosticBag bag)
    {
        var good = true;
        void Problem(ErrorCode code, string what)
        {
            good = false;
            bag.Error(code, $"target '{csv.GetString("id")}': {what}", where);
        }

        double Number(string column)
        {
            if (double.TryParse(csv.GetString(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)) return value;
            Problem(FitCodes.BadTarget, $"{column} is '{csv.GetString(column)}', not a number");
            return double.NaN;
        }

        PatientGroup? Lost(string why)
        {
            Problem(FitCodes.BadReadout, why);
            return null;
        }

        foreach (var column in new[] { "id", "scenario", "observable", "unit", "study", "source" })
        {
            if (csv.GetString(column).Length == 0) Problem(FitCodes.BadTarget, $"{column} is empty");
        }
        var time = TimeReadout.Parse(csv.GetString("time"), out var timeProblem);
        if (time is null) Problem(FitCodes.BadReadout, timeProblem);
        var statistic = PatientStatistic.Parse(csv.GetString("statistic"), out var statisticProblem);
        if (statistic is null) Problem(FitCodes.BadReadout, statisticProblem);
        var among = csv.Headers.Contains(AmongColumn) ? csv.GetString(AmongColumn) : "";
        var group = among.Length == 0 ? null : PatientGroup.Parse(among, out var groupProblem) is { } read ? read : Lost(groupProblem);
        if (statistic?.NeedsGroup == true && among.Length == 0) Problem(FitCodes.BadReadout, $"'{statistic.Text}' compares a group with the others: name it in the column '{AmongColumn}'");
        if (!Enum.TryParse<TargetScale>(csv.GetString("scale"), ignoreCase: true, out var scale)) Problem(FitCodes.BadTarget, $"scale '{csv.GetString("scale")}' is not linear, log or logit");
        var published = Number("published");
        var spread = Number("spread");
        if (spread <= 0) Problem(FitCodes.BadTarget, "the spread must be above 0");
        if (scale == TargetScale.Log && published <= 0) Problem(FitCodes.BadTarget, "a value on a logarithmic scale must be above 0");
        if (scale == TargetScale.Logit && published is not (> 0 and < 1)) Problem(FitCodes.BadTarget, "a value on a logit scale must lie between 0 and 1");
        var factor = csv.GetString("factor").Length == 0 ? 1 : Number("factor");
        return good ? new FitTarget
        {
            Id = csv.GetString("id"),
            Scenario = csv.GetString("scenario"),
            Observable = csv.GetString("observable"),
            Factor = factor,
            Time = time!,
            Statistic = statistic!,
            Among = group,
            Published = published,
            Spread = spread,
            Scale = scale,
            Unit = csv.GetString("unit"),
            Study = csv.GetString("study"),
            Source = csv.GetString("source"),
            Note = csv.GetString("note"),
            Where = where,
        } : null;
    }
}
