using Marrow.Reports.Words;

namespace Marrow.Reports.Pages;

/// <summary>What came out of a check: a row of <c>models/results/*.csv</c>.</summary>
/// <param name="Verdict">met, missed or waiting.</param>
/// <param name="Value">Measured value; null where nothing was measured.</param>
/// <param name="Lower">Lower end of its 90 % interval.</param>
/// <param name="Upper">Upper end of its 90 % interval.</param>
/// <param name="N">Patients or pairs.</param>
/// <param name="Reason">Why it was missed or waits.</param>
internal sealed record CheckResult(string Verdict, double? Value, double? Lower, double? Upper, int? N, string Reason)
{
    /// <summary>Results by the id of their check; none where the file is absent.</summary>
    public static IReadOnlyDictionary<string, CheckResult> Read(string path) =>
        PageTable.ById(path, "verdict", "value", "lower", "upper", "pairs", "reason").ToDictionary(p => p.Key, p => Of(p.Value), StringComparer.Ordinal);

    /// <summary>0.71 (0.65–0.78) ratio, n = 200; empty where nothing was measured.</summary>
    public string Measured(string unit)
    {
        if (Value is not { } value) return "";
        var interval = Lower is { } low && Upper is { } high ? $" ({Numbers.Range(low, high, Numbers.Amount)})" : "";
        var name = unit is "" or "1" or "ratio" or "fraction" or "share" or "sign" ? "" : " " + unit;
        return $"{Numbers.Amount(value)}{interval}{name}{(N is { } n ? $", n = {Numbers.Count(n)}" : "")}";
    }

    private static CheckResult Of(PageRow row) => new(row["verdict"], row.NumberOrNull("value"), row.NumberOrNull("lower"), row.NumberOrNull("upper"), (int?)row.NumberOrNull("pairs"), row["reason"]);
}
