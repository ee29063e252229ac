using Marrow.Trials.Endpoints;

namespace Marrow.Reports.Words;

/// <summary>A row of the endpoint table in words: what page and command line print.</summary>
internal sealed record EndpointWords(string Simulated, string SimulatedInterval, string Published, string PublishedInterval, string Verdict)
{
    /// <summary>Interval of how well the simulated value is known; empty where typical values of parameters are taken as known.</summary>
    public string Uncertainty { get; private init; } = "";

    /// <summary>Words of a row.</summary>
    public static EndpointWords Of(EndpointRow row)
    {
        var form = Form(row);
        return new(
            Finite(row.Simulated) is { } simulated ? form(simulated) : row.Kind == EndpointKind.Months && row.SimulatedN > 0 ? "not reached" : "",
            Interval(row.Lower, row.Upper, row.Kind, form),
            row.Published is { } published ? form(published) : "",
            PublishedIntervalOf(row, form),
            VerdictOf(row))
        {
            Uncertainty = Interval(row.UncertaintyLower, row.UncertaintyUpper, row.Kind, form),
        };
    }

    /// <summary>How the values of a row are printed.</summary>
    public static Func<double, string> Form(EndpointRow row) => row.Kind == EndpointKind.Share ? Numbers.Percent : Numbers.Amount;

    /// <summary>Whether the published interval says how well the value is known, rather than how patients differ.</summary>
    public static bool IsConfidence(string interval) =>
        interval.Contains("CI", StringComparison.Ordinal) || interval.Contains("confidence", StringComparison.OrdinalIgnoreCase);

    /// <summary>A time that is not reached may be infinite; the page knows it as missing.</summary>
    public static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;

    private static string PublishedIntervalOf(EndpointRow row, Func<double, string> form)
    {
        var interval = Interval(row.PublishedLower, row.PublishedUpper, row.Kind, form);
        return interval.Length == 0 || row.PublishedInterval.Length == 0 || IsConfidence(row.PublishedInterval) ? interval : $"{row.PublishedInterval} {interval}";
    }

    private static string Interval(double? lower, double? upper, EndpointKind kind, Func<double, string> form) => (Finite(lower), Finite(upper)) switch
    {
        ({ } low, { } high) => Numbers.Range(low, high, form),
        ({ } low, null) when kind == EndpointKind.Months => $"{form(low)} to not reached",
        _ => "",
    };

    /// <summary>Whether the published value lies above the simulated interval.</summary>
    public static bool IsPublishedHigher(EndpointRow row) => row.Published > Finite(row.Upper);

    private static string VerdictOf(EndpointRow row) => row.Inside switch
    {
        null => "–",
        true => "inside",
        false => IsPublishedHigher(row) ? "▲ published higher" : "▼ published lower",
    };
}
