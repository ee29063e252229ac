using System.Globalization;
using System.Text.RegularExpressions;

namespace Marrow.Reports.Words;

/// <summary>Text of tables and studies as print sets it.</summary>
internal static partial class Typography
{
    /// <summary>1e-4 becomes 10⁻⁴, 0.5e9 becomes 0.5 × 10⁹, 29-90 becomes 29–90.</summary>
    public static string Of(string text) => Ranges().Replace(Powers().Replace(text, Power), "–");

    /// <summary>The text with a capital at its start.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Power(Match match)
    {
        var power = Numbers.Power10(int.Parse(match.Groups["power"].Value, CultureInfo.InvariantCulture));
        return match.Groups["factor"].Value is "1" ? power : $"{match.Groups["factor"].Value} × {power}";
    }

    [GeneratedRegex(@"(?<![\w.])(?<factor>\d+(\.\d+)?)[eE](?<power>[+-]?\d+)(?!\w)")]
    private static partial Regex Powers();

    [GeneratedRegex(@"(?<=(?<![\w.-])\d+)-(?=\d+(?![\w.-]))")]
    private static partial Regex Ranges();
}
