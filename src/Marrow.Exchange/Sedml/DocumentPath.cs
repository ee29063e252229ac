using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Sedml;

/// <summary>Where the files are that a document names.</summary>
internal static class DocumentPath
{
    /// <summary>A path relative to the root, which may lead out of it; null for an address, which is not followed.</summary>
    /// <param name="document">Path of the document that names the file.</param>
    /// <param name="source">What it says.</param>
    public static string? Resolve(string document, string source)
    {
        var path = Uri.UnescapeDataString(source);
        if (source.StartsWith('/') || path.Contains(':', StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal)) return null;
        var parts = new List<string>(document.Split('/')[..^1]);
        foreach (var part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..") parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or "")) parts.Add(part);
        }
        return string.Join('/', parts);
    }

    /// <summary>The text of a file that a document names; null, with the reason reported, if it cannot be read or lies outside the root: what a
    /// document may read is an archive, or the folder that it was put into.</summary>
    /// <param name="files">Where files come from.</param>
    /// <param name="place">The path relative to the root.</param>
    /// <param name="what">What is read and how the document names it, such as <c>the model 'm.xml'</c>.</param>
    /// <param name="where">Place that names it.</param>
    /// <param name="bag">Receives problems.</param>
    public static string? Read(IDocumentFiles files, string place, string what, SourceSpan where, DiagnosticBag bag)
    {
        if (place.Split('/')[0] == "..")
        {
            bag.Error(SedmlCodes.Outside, $"{what} lies outside the folder of the document, or the archive", where);
            return null;
        }
        if (files.Read(place) is { } text) return text;
        bag.Error(ExchangeCodes.FileUnreadable, $"{what} is not there", where, $"{files.NameOf(place)} cannot be read");
        return null;
    }
}
