namespace Marrow.Trials.Studies;

/// <summary>Suggestions for misspelt names.</summary>
internal static class Spelling
{
    /// <summary>The candidate nearest to the word, or null if none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var best = candidates
            .Select(c => (Name: c, Distance: Distance(word, c)))
            .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal)
            .FirstOrDefault((Name: "", Distance: int.MaxValue));
        return best.Distance <= Math.Max(1, word.Length / 3) ? best.Name : null;
    }

    /// <summary>What to try: the nearest candidate, or all of them if there are few.</summary>
    public static string Suggest(string word, IEnumerable<string> candidates)
    {
        var all = candidates.OrderBy(c => c, StringComparer.Ordinal).ToArray();
        if (Nearest(word, all) is { } near) return $"'{near}'";
        return all.Length is > 0 and <= 20 ? $"one of {string.Join(", ", all)}" : "";
    }

    /// <summary>Letters to insert, delete, replace or swap (optimal string alignment), ignoring case.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
