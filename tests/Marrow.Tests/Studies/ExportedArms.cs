using System.Globalization;
using Marrow.Trials.Endpoints;
using Marrow.Trials.Survival;

namespace Marrow.Tests.Studies;

/// <summary>Two arms of an exported table of outcomes, compared.</summary>
internal static class ExportedArms
{
    /// <summary>Rows of a table without quotes, by column.</summary>
    public static Dictionary<string, string>[] Read(string path)
    {
        var lines = File.ReadAllLines(path).Select(l => l.Split(',')).ToArray();
        return [.. lines.Skip(1).Select(l => lines[0].Zip(l).ToDictionary(c => c.First, c => c.Second))];
    }

    /// <summary>Hazard ratio with its limits and p, and the log-rank test with its p.</summary>
    public static double[] Of(Dictionary<string, string>[] outcomes, string endpoint, string reference, string arm)
    {
        SurvivalObservation[] Observed(string name) =>
            [.. outcomes.Where(o => o["arm"] == name).Select(o => new SurvivalObservation(Number(o[$"model_{endpoint}_months"]), o[$"model_{endpoint}_event"] is "1" or "true"))];
        var (first, second) = (Observed(reference), Observed(arm));
        var ratio = ArmComparer.Hazard(first, second)!;
        var test = LogRank.Test([.. first, .. second], [.. first.Select(_ => 0), .. second.Select(_ => 1)]);
        return [ratio.HazardRatio, ratio.Limits.Lower, ratio.Limits.Upper, ratio.PValue, test.ChiSquared, test.PValue];
    }

    public static void AssertSame(Dictionary<string, string> row, double[] expected)
    {
        string[] columns = ["hazard_ratio", "lower_95", "upper_95", "p_value", "log_rank_chi_squared", "log_rank_p_value"];
        foreach (var (column, value) in columns.Zip(expected)) Assert.Equal(value, Number(row[column]), 1e-12 * Math.Max(1, value));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
