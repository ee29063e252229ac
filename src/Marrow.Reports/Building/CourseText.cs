using System.Text;

namespace Marrow.Reports.Building;

/// <summary>Courses as text: each point is one of 4,096 levels between the lowest and the highest value of its series (equal steps of the
/// logarithm on a logarithmic axis), written as two of 64 characters; <c>~</c> and a character repeat the level before. The page's
/// <c>courses.ts</c> reads it.</summary>
internal static class CourseText
{
    /// <summary>The highest level.</summary>
    public const int Highest = (64 * 64) - 1;

    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const char Repeat = '~';

    /// <summary>Level of a value.</summary>
    /// <param name="value">A finite value; above 0 on a logarithmic axis.</param>
    /// <param name="lower">Value of level 0.</param>
    /// <param name="upper">Value of the highest level; at least <paramref name="lower"/>.</param>
    /// <param name="logarithmic">Whether steps are of the logarithm.</param>
    public static int Level(double value, double lower, double upper, bool logarithmic)
    {
        double Place(double v) => logarithmic ? Math.Log(v) : v;
        var width = Place(upper) - Place(lower);
        return width > 0 ? (int)Math.Clamp(Math.Round(Highest * (Place(value) - Place(lower)) / width), 0, Highest) : 0;
    }

    /// <summary>Value of a level.</summary>
    public static double Value(int level, double lower, double upper, bool logarithmic)
    {
        var share = (double)level / Highest;
        return logarithmic ? lower * Math.Exp(share * Math.Log(upper / lower)) : lower + (share * (upper - lower));
    }

    /// <summary>Writes levels.</summary>
    public static string Write(IEnumerable<int> levels)
    {
        var text = new StringBuilder();
        var (last, again) = (-1, 0);
        foreach (var level in levels)
        {
            if (level == last && again < Characters.Length)
            {
                again++;
                continue;
            }
            AppendRepeats(text, again);
            text.Append(Characters[level / 64]).Append(Characters[level % 64]);
            (last, again) = (level, 0);
        }
        AppendRepeats(text, again);
        return text.ToString();
    }

    /// <summary>Reads levels.</summary>
    public static IReadOnlyList<int> Read(string text)
    {
        var levels = new List<int>();
        for (var i = 0; i < text.Length; i += 2)
        {
            var second = Characters.IndexOf(text[i + 1], StringComparison.Ordinal);
            if (text[i] == Repeat) levels.AddRange(Enumerable.Repeat(levels[^1], second + 1));
            else levels.Add((64 * Characters.IndexOf(text[i], StringComparison.Ordinal)) + second);
        }
        return levels;
    }

    private static void AppendRepeats(StringBuilder text, int count)
    {
        if (count > 0) text.Append(Repeat).Append(Characters[count - 1]);
    }
}
