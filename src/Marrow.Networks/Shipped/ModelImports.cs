using System.Text.RegularExpressions;

namespace Marrow.Networks.Shipped;

/// <summary>The files that a model is made of, read off its text without reading the model.</summary>
public static partial class ModelImports
{
    /// <summary>A model file and everything that it imports, directly or not: full paths, each once. What does not exist is left out.</summary>
    public static IReadOnlyList<string> Closure(string file)
    {
        var all = new List<string>();
        Follow(Path.GetFullPath(file), all, _ => true);
        return all;
    }

    /// <summary>The shipped files that a model of a user's stands on: those that it, or a file of the user's that it imports, names as
    /// <c>marrow:...</c>; none for a shipped model itself.</summary>
    public static IReadOnlyList<string> Shipped(string file)
    {
        var all = new List<string>();
        Follow(Path.GetFullPath(file), all, path => !ShippedFiles.IsModel(path));
        return [.. all.Skip(1).Where(ShippedFiles.IsModel)];
    }

    private static void Follow(string file, List<string> all, Func<string, bool> into)
    {
        if (all.Contains(file) || !File.Exists(file)) return;
        all.Add(file);
        if (!into(file)) return;
        foreach (Match match in ImportLine().Matches(File.ReadAllText(file)))
            Follow(ShippedFiles.Resolve(match.Groups[1].Value, Path.GetDirectoryName(file)!), all, into);
    }

    [GeneratedRegex("^\\s*import\\s+\"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex ImportLine();
}
