using System.Globalization;

namespace Marrow.Trials.DosingTables;

/// <summary>Times of the clock (hh:mm) and dates of a table, as hours. NM-TRAN's rules hold: one time with a colon, or a column of dates, makes
/// all times hours since the first row of the individual; DATE is month, day, year, DAT1 day, month, year, DAT2 year, month, day and DAT3
/// year, day, month; a single number is a day; years of one or two digits are 1951 to 2050.</summary>
/// <remarks>NONMEM help, DATE and TIME data items, https://nonmem.iconplc.com/nonmem/Nonmem_7_Project/nmvi2.0beta/htmlplus/date.htm.</remarks>
internal sealed class DosingClock(string? dateColumn)
{
    private const double HoursPerDay = 24, MinutesPerHour = 60;
    private const int LastOfThisCentury = 50;
    /// <summary>A date written without signs between its parts, such as 20261122, is no day.</summary>
    private const int LargestDay = 999_999;
    private const int PlainYear = 2001, EndOfFebruary = 59;

    /// <summary>Columns of dates, and the order of their parts.</summary>
    private static readonly Dictionary<string, string> Orders = new(StringComparer.OrdinalIgnoreCase) { ["DATE"] = "mdy", ["DAT1"] = "dmy", ["DAT2"] = "ymd", ["DAT3"] = "ydm" };

    private int _parts;
    private double _firstDay;
    private bool _hasColon;

    /// <summary>Columns of dates.</summary>
    public static IReadOnlyCollection<string> Columns => Orders.Keys;

    /// <summary>Whether times are hours since the first row of each individual.</summary>
    public bool IsUsed => _hasColon || dateColumn is not null;

    /// <summary>Forgets the dates of the individual before.</summary>
    public void Begin() => _parts = 0;

    /// <summary>A time of the clock or a plain number, h; null if it is neither.</summary>
    public double? Hours(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain) && double.IsFinite(plain) ? plain : null;
        _hasColon = true;
        if (!int.TryParse(text.AsSpan(0, colon), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var hours)) return null;
        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes >= MinutesPerHour) return null;
        return hours + ((text[0] == '-' ? -minutes : minutes) / MinutesPerHour);
    }

    /// <summary>The day of a date, in hours.</summary>
    /// <param name="text">The date.</param>
    /// <param name="problem">Why it is none; empty if it is.</param>
    public double? Day(string text, out string problem)
    {
        problem = "";
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Math.Abs((long)number) <= LargestDay) return Same(1, number, out problem);
        string[] parts = [.. text.Split([.. text.Where(c => !char.IsAsciiDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries)];
        // Without a year the order of day and month stays as it is.
        var order = Orders[dateColumn!].Where(c => parts.Length == 3 || c != 'y').ToArray();
        if (parts.Length is < 2 or > 3)
        {
            problem = "it is neither a day nor a date";
            return null;
        }
        int part(char c) => int.TryParse(parts[Array.IndexOf(order, c)], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;
        var year = parts.Length == 2 ? PlainYear : part('y');
        if (year is >= 0 and < 100) year += year <= LastOfThisCentury ? 2000 : 1900;
        if (year is < 1 or > 9999 || part('m') is < 1 or > 12 || part('d') < 1 || part('d') > DateTime.DaysInMonth(year, part('m')))
        {
            problem = $"there is no such date in the order of {dateColumn!.ToUpperInvariant()}: {string.Join(", ", Orders[dateColumn].Select(c => c switch { 'd' => "day", 'm' => "month", _ => "year" }))}";
            return null;
        }
        var date = new DateOnly(year, part('m'), part('d'));
        return Same(parts.Length, parts.Length == 2 ? date.DayOfYear : date.DayNumber, out problem);
    }

    /// <summary>All dates of an individual have the same parts, and none without a year lies beyond a February that may have had 29 days.</summary>
    private double? Same(int parts, double day, out string problem)
    {
        problem = "";
        if (_parts == 0) (_parts, _firstDay) = (parts, day);
        if (_parts != parts) problem = "other dates of the individual have other parts";
        else if (parts == 2 && _firstDay <= EndOfFebruary != day <= EndOfFebruary) problem = "whether a 29 February lies before it depends on the year";
        return problem.Length > 0 ? null : day * HoursPerDay;
    }
}
