using System.Globalization;
using System.Text;

namespace Marrow.Reports.Words;

/// <summary>Numbers as reports print them; <c>web/src/format.ts</c> has the same rules, and one table of cases tests both.</summary>
internal static class Numbers
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private const char Minus = '\u2212';

    /// <summary>A share as per cent: 81%; below 10 % one decimal (5.2%); never 0% for something that happened (&lt;0.1%).</summary>
    public static string Percent(double share)
    {
        var percent = share * 100;
        if (percent is > 0 and < 0.1) return "<0.1%";
        var decimals = percent is > 0 and < 9.95 ? 1 : 0;
        return Round(percent, decimals).ToString(decimals == 1 ? "F1" : "F0", CultureInfo.InvariantCulture) + "%";
    }

    /// <summary>A whole number with thousands separated.</summary>
    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Three significant digits with thousands separated; 3.2 × 10⁶ from a million and below a thousandth; a dash for what is no number.</summary>
    public static string Amount(double value)
    {
        if (value == 0) return "0";
        if (!double.IsFinite(value)) return "–";
        var size = Math.Abs(value);
        var sign = value < 0 ? Minus.ToString() : "";
        if (size is >= 999_500 or < 1e-3) return sign + Scientific(size);
        return sign + Round(size, 2 - Exponent(size)).ToString("#,##0.######", CultureInfo.InvariantCulture);
    }

    /// <summary>72–90% or 9.1–12.2; "to" where a limit is negative.</summary>
    public static string Range(double lower, double upper, Func<double, string> form)
    {
        var (low, high) = (form(lower), form(upper));
        if (low.EndsWith('%') && high.EndsWith('%') && !low.StartsWith('<')) low = low[..^1];
        return low + (lower < 0 || upper < 0 ? " to " : "–") + high;
    }

    /// <summary>A power of ten: 10⁻⁴.</summary>
    public static string Power10(int power)
    {
        var text = new StringBuilder("10").Append(power < 0 ? "⁻" : "");
        foreach (var digit in Math.Abs(power).ToString(CultureInfo.InvariantCulture)) text.Append(Superscripts[digit - '0']);
        return text.ToString();
    }

    private static string Scientific(double size)
    {
        var power = Exponent(size);
        var mantissa = Round(power >= 0 ? size / TenTo(power) : size * TenTo(-power), 1);
        if (mantissa >= 10) (mantissa, power) = (1, power + 1);
        return $"{mantissa.ToString("F1", CultureInfo.InvariantCulture)} × {Power10(power)}";
    }

    /// <summary>Rounds half up by the same few operations as the page does, because formatting functions of the two languages treat ties differently.</summary>
    private static double Round(double value, int decimals) => decimals >= 0
        ? Math.Floor(value * TenTo(decimals) + 0.5) / TenTo(decimals)
        : Math.Floor(value / TenTo(-decimals) + 0.5) * TenTo(-decimals);

    private static int Exponent(double size)
    {
        var exponent = 0;
        while (size >= TenTo(exponent + 1)) exponent++;
        while (size < TenTo(exponent)) exponent--;
        return exponent;
    }

    private static double TenTo(int exponent) => double.Parse($"1e{exponent.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture);
}
