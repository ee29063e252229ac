namespace Marrow.Exchange.Sedml;

/// <summary>Where a document finds the files that it names.</summary>
public interface IDocumentFiles
{
    /// <summary>The text of a file; null if there is none that may be read.</summary>
    /// <param name="path">Path with <c>/</c>, relative to the root: no address, nothing absolute.</param>
    string? Read(string path);

    /// <summary>How messages name a file.</summary>
    string NameOf(string path);
}

/// <summary>Files in the folder of a document and below it: a document of others reads nothing else.</summary>
public sealed class FolderFiles(string folder) : IDocumentFiles
{
    private const long LargestFile = 64L << 20;

    /// <inheritdoc/>
    public string NameOf(string path) => Path.Combine(folder, path);

    /// <inheritdoc/>
    public string? Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        // Windows knows more ways to name a place elsewhere than a document may use.
        if (Path.IsPathRooted(path) || path.Contains('\0', StringComparison.Ordinal) || path.Split('/', '\\').Contains("..")) return null;
        try
        {
            var file = new FileInfo(Path.Combine(folder, path));
            return file.Exists && file.Length <= LargestFile ? File.ReadAllText(file.FullName) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
