using System.Globalization;
using System.Text;

namespace Marrow.Trials.Fit;

/// <summary>misfit.md: every target beside its predictions, and what each parameter did.</summary>
internal static class MisfitPage
{
    private const double Near = 2;

    /// <summary>The page.</summary>
    public static string Of(FitResult result)
    {
        var page = new StringBuilder();
        var (before, after) = (result.MisfitsBefore, result.MisfitsAfter);
        page.Append(Invariant($"# {result.Problem.Title}\n\n"));
        page.Append(Invariant($"{result.Problem.Targets.Count} targets of {result.Problem.Targets.Select(t => t.Study).Distinct().Count()} studies, {result.Problem.Parameters.Count} parameters. "));
        page.Append(Invariant($"Within {Near} spreads: {before.Count(m => Math.Abs(m) <= Near)} at the priors' medians, {after.Count(m => Math.Abs(m) <= Near)} after the fit. "));
        page.Append(Invariant($"Sum of squares {result.ObjectiveBefore:G5} before, {result.ObjectiveAfter:G5} after (prior included); {result.Iterations} iterations, {result.Evaluations} points, ended by {Words(result.End)}.\n"));
        AppendTargets(page, result, before, after);
        if (result.Posterior is not null) AppendParameters(page, result);
        return page.ToString();
    }

    private static void AppendTargets(StringBuilder page, FitResult result, IReadOnlyList<double> before, IReadOnlyList<double> after)
    {
        foreach (var scenario in result.Problem.Scenarios)
        {
            page.Append(Invariant($"\n## {scenario.Name} ({scenario.Patients} patients)\n\n"));
            page.Append("| Target | Read | Published | Before | After | Misfit before | Misfit after | Moved by | Study |\n|---|---|---|---|---|---|---|---|---|\n");
            for (var i = 0; i < result.Problem.Targets.Count; i++)
            {
                var t = result.Problem.Targets[i];
                if (t.Scenario != scenario.Name) continue;
                page.Append(Invariant($"| {t.Id} | {t.Observable}: {t.Time.Text}, {t.Statistic.Text} | {t.Published:G4} {Unit(t)} | {result.Before[i]:G4} | {result.After[i]:G4} | {Mark(before[i])} | {Mark(after[i])} | {MoversOf(result, i)} | {t.Study} |\n"));
            }
        }
    }

    private static void AppendParameters(StringBuilder page, FitResult result)
    {
        page.Append("\n## Parameters\n\n| Parameter | Prior | Value | Moved, prior sd | Posterior sd / prior sd | Known | Most correlated with | Targets | Studies |\n|---|---|---|---|---|---|---|---|---|\n");
        for (var j = 0; j < result.Problem.Parameters.Count; j++)
        {
            var p = result.Problem.Parameters[j];
            var partner = result.Posterior!.Partner(j);
            var moved = result.MovedBy(j);
            var with = partner.Variable < 0 ? "" : Invariant($"{result.Problem.Parameters[partner.Variable].Name} ({partner.Correlation:0.00})");
            page.Append(Invariant($"| {p.Name} | {p.Median:G4} {p.Unit}, sd {p.Sd} | {p.ValueAt(result.Z[j]):G4} | {result.Z[j]:0.00} | {result.Posterior.StandardDeviations[j]:0.00} | {Words(result.Posterior.KnownOf(j))} | {with} | {moved.Count} | {moved.Select(m => m.Target.Study).Distinct().Count()} |\n"));
        }
    }

    private static string MoversOf(FitResult result, int target) => result.Influence is not { } effects ? "" : string.Join(", ", result.Problem.Parameters
        .Select((p, j) => (p.Name, Effect: effects[target, j]))
        .Where(x => Math.Abs(x.Effect) >= result.Problem.InfluenceThreshold)
        .OrderByDescending(x => Math.Abs(x.Effect)).Take(4)
        .Select(x => Invariant($"{x.Name} {x.Effect:+0.0;-0.0}")));

    private static string Mark(double misfit) => Math.Abs(misfit) <= Near ? Invariant($"{misfit:0.0}") : Invariant($"**{misfit:0.0}**");

    private static string Unit(FitTarget target) => target.Unit == "1" ? "" : target.Unit;

    private static string Words<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? " " : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
