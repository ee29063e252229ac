namespace Marrow.Networks.Shipped;

/// <summary>The files that a model is made of, read off its text without reading the model.</summary>
public static class ModelImports
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
        foreach (var imported in Imports(File.ReadLines(file))) Follow(ShippedFiles.Resolve(imported, Path.GetDirectoryName(file)!), all, into);
    }

    /// <summary>The files that lines of the form <c>import "FILE"</c> name. Plain text, because every command on a model comes by here
    /// and regular expressions take longer to start than a small model takes to run.</summary>
    private static IEnumerable<string> Imports(IEnumerable<string> lines)
    {
        const string Word = "import";
        foreach (var line in lines)
        {
            var statement = line.AsSpan().TrimStart();
            if (!statement.StartsWith(Word, StringComparison.Ordinal)) continue;
            var name = statement[Word.Length..].TrimStart();
            if (name.Length == statement.Length - Word.Length || name is not ['"', .. var rest] || rest.IndexOf('"') is not (> 0 and var end)) continue;
            yield return rest[..end].ToString();
        }
    }
}
