namespace Marrow.Exchange.Sedml;

/// <summary>Where a document finds the files that it names.</summary>
public interface IDocumentFiles
{
    /// <summary>The text of a file; null if there is none.</summary>
    /// <param name="path">Path with <c>/</c>, relative to the root: no address, nothing absolute.</param>
    string? Read(string path);

    /// <summary>How messages name a file.</summary>
    string NameOf(string path);
}

/// <summary>Files in the folder of a document and beside it.</summary>
public sealed class FolderFiles(string folder) : IDocumentFiles
{
    private const long LargestFile = 64L << 20;

    /// <inheritdoc/>
    public string NameOf(string path) => Path.Combine(folder, path);

    /// <inheritdoc/>
    public string? Read(string path)
    {
        var file = new FileInfo(Path.Combine(folder, path));
        return file.Exists && file.Length <= LargestFile ? File.ReadAllText(file.FullName) : null;
    }
}
