namespace Marrow.Exchange.Sedml;

/// <summary>Where the files are that a document names.</summary>
internal static class DocumentPath
{
    /// <summary>A path relative to the root; null for an address, which is not followed.</summary>
    /// <param name="document">Path of the document that names the file.</param>
    /// <param name="source">What it says.</param>
    public static string? Resolve(string document, string source)
    {
        if (source.Contains(':', StringComparison.Ordinal) || source.StartsWith('/') || source.Contains('\\', StringComparison.Ordinal)) return null;
        var parts = new List<string>(document.Split('/')[..^1]);
        foreach (var part in Uri.UnescapeDataString(source).Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..") parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or "")) parts.Add(part);
        }
        return string.Join('/', parts);
    }
}
