using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Studies;

/// <summary>What to try instead of a name that is not known.</summary>
internal static class Suggestion
{
    private const int FewEnoughToList = 20;

    /// <summary>The nearest candidate, or all of them if there are few.</summary>
    public static string For(string word, IEnumerable<string> candidates)
    {
        var all = candidates.Distinct().Order(StringComparer.Ordinal).ToArray();
        if (Spelling.Nearest(word, all) is { } near) return $"'{near}'";
        return all.Length is > 0 and <= FewEnoughToList ? $"one of {string.Join(", ", all)}" : "";
    }
}
