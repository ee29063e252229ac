namespace Marrow.Networks.Diagnostics;

/// <summary>Finds the known name that a misspelt one most likely means.</summary>
public static class Spelling
{
    /// <summary>The candidate nearest to <paramref name="name"/> by edit distance (insertions, deletions, replacements and
    /// swaps of neighbours), if it is near enough: at most a third of the letters may differ, and of a name of two letters
    /// only their case. Null if none is.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        var limit = name.Length / 3 + 1;
        foreach (var candidate in candidates)
        {
            if (candidate == name || Math.Abs(candidate.Length - name.Length) >= limit) continue;
            var distance = string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, candidate);
            if (distance >= limit) continue;
            limit = distance;
            best = candidate;
            if (distance == 0) break;
        }
        return best;
    }

    /// <summary>"did you mean 'x'" or, without a near candidate, <paramref name="otherwise"/>.</summary>
    public static string Hint(string name, IEnumerable<string> candidates, string otherwise) =>
        Nearest(name, candidates) is { } near ? $"'{near}', if that is meant" : otherwise;

    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                var best = Math.Min(replace, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = Math.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }
        }
        return rows[a.Length, b.Length];
    }
}
