namespace Marrow.Reports.Words;

/// <summary>Small parts of sentences.</summary>
internal static class Sentences
{
    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => $"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}",
    };

    /// <summary>"1 patient", "1,000 patients".</summary>
    public static string Plural(int count, string one, string many) => $"{Numbers.Count(count)} {(count == 1 ? one : many)}";

    /// <summary>"at one year", "at 6 months".</summary>
    public static string At(double months) => months switch
    {
        12 => "at one year",
        24 => "at two years",
        36 => "at three years",
        60 => "at five years",
        _ => $"at {Numbers.Amount(months)} months",
    };

    /// <summary>The text with a full stop, if it has none.</summary>
    public static string Stop(string text) => text.Length == 0 || text.EndsWith('.') ? text : $"{text}.";
}
