using Marrow.Exchange.Archives;
using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Sedml;

/// <summary>Reads SED-ML documents and COMBINE archives for their problems only.</summary>
public static class SedmlCheck
{
    /// <summary>Whether a file is a document or an archive by its ending.</summary>
    public static bool Reads(string path) => SedmlRun.Reads(path) || CombineArchive.Reads(path);

    /// <summary>Reads a document, or those of an archive, with the models that they name and their changes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bag">Receives every problem.</param>
    /// <returns>In a few words what it holds; empty if it cannot be read.</returns>
    public static string Check(string path, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(bag);
        try
        {
            if (SedmlRun.Reads(path)) return Document(new FolderFiles(Path.GetDirectoryName(path) ?? ""), Path.GetFileName(path), bag);
            using var archive = CombineArchive.Open(path, bag);
            string[] documents = archive is null ? [] : [.. archive.Documents(bag).Select(document => Document(archive, document, bag))];
            return documents.Length > 0 ? $"archive, {string.Join("; ", documents)}" : "";
        }
        catch (InvalidDataException problem)
        {
            bag.Error(SedmlCodes.BadArchive, "an entry of the archive cannot be read", new SourceSpan(path, 0, 0, 1), problem.Message);
            return "";
        }
    }

    private static string Document(IDocumentFiles files, string path, DiagnosticBag bag)
    {
        if (SedmlRun.Open(files, path, bag) is not { } open) return "";
        var document = open.Document;
        var library = new ModelLibrary(document, path, files, bag);
        foreach (var model in document.Models) library.Network(model.Id);
        return $"SED-ML document: {Count(document.Models.Count, "model")}, {Count(document.Tasks.Count, "task")}, {Count(document.Reports.Count, "report")}, {Count(document.Plots.Count, "plot")}";
    }

    private static string Count(int count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
}
