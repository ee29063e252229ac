using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Sbml.Composition;

/// <summary>Finds the model that a submodel names, in its document or in another file. Files are read from the folder of the main document
/// and below only, and never from elsewhere: a model must not make a program fetch what its sender chooses.</summary>
/// <param name="folder">That folder; null if the document comes from no file.</param>
/// <param name="reporter">Receives problems.</param>
internal sealed class ModelSources(string? folder, Reporter reporter)
{
    private const int MostFiles = 100, LongestChain = 100;

    private readonly Dictionary<string, CompDocument?> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<CompDocument, string> _paths = [];

    /// <summary>Packages that the other files use, and whether they require them.</summary>
    public Dictionary<string, bool> Packages { get; } = new(StringComparer.Ordinal);

    /// <summary>The model; null, with the reason reported, if there is none.</summary>
    /// <param name="document">The document with the reference.</param>
    /// <param name="id">What it names.</param>
    /// <param name="from">The element with the reference.</param>
    public ModelIndex? Find(CompDocument document, string? id, XmlNode from)
    {
        for (var steps = 0; steps < LongestChain; steps++)
        {
            if (id is null)
            {
                reporter.Error(ErrorCodes.BadSbml, from.Where, $"'{from.Name}' without 'modelRef'");
                return null;
            }
            if (document.Model(id) is { } model) return model;
            if (document.External(id) is not { } external)
            {
                reporter.Error(ErrorCodes.UnknownModule, from.Where, $"the document defines no model '{id}'", "", Spelling.Hint(id, document.Ids, "a modelDefinition with this id"));
                return null;
            }
            if (Open(document, external) is not { } other) return null;
            if (external["modelRef"] is not { Length: > 0 } next)
            {
                if (other.Main is null) reporter.Error(ErrorCodes.NoModel, external.Where, $"'{external["source"]}' holds no model");
                return other.Main;
            }
            (document, id, from) = (other, next, external);
        }
        reporter.Error(ErrorCodes.CyclicModules, from.Where, $"external model '{id}' leads back to itself");
        return null;
    }

    private CompDocument? Open(CompDocument document, XmlNode external)
    {
        if (PathOf(document, external) is not { } path) return null;
        if (_files.TryGetValue(path, out var known)) return known;
        if (_files.Count >= MostFiles)
        {
            reporter.Error(ErrorCodes.TooComplex, external.Where, $"more than {MostFiles} files");
            return null;
        }
        _files[path] = null;
        if (XmlLoader.Load(XmlLoader.File(path), path, reporter) is not { } root) return null;
        if (root.Name != "sbml" || root["level"] != "3")
        {
            reporter.Error(ErrorCodes.ExternalModel, external.Where, $"'{external["source"]}' is no SBML of Level 3");
            return null;
        }
        foreach (var (space, isRequired) in root.Packages) Packages[space] = isRequired || Packages.GetValueOrDefault(space);
        var opened = new CompDocument(root);
        (_files[path], _paths[opened]) = (opened, path);
        return opened;
    }

    private string? PathOf(CompDocument document, XmlNode external)
    {
        var source = Uri.UnescapeDataString(external["source"] ?? "").Replace('\\', '/');
        if (folder is null || source.Length == 0 || source[0] == '/' || source.Contains(':', StringComparison.Ordinal) || source.Contains('\0', StringComparison.Ordinal))
        {
            reporter.Error(ErrorCodes.ExternalModel, external.Where, $"the source '{external["source"]}' of a model is not read", folder is null ? "the document comes from no file" : "it is no relative path");
            return null;
        }
        var place = _paths.TryGetValue(document, out var file) ? Path.GetDirectoryName(file)! : folder;
        var path = Path.GetFullPath(Path.Combine(place, source));
        if (path.StartsWith(folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return path;
        reporter.Error(ErrorCodes.ExternalModel, external.Where, $"the source '{external["source"]}' of a model is not read", "it lies outside the folder of the main document");
        return null;
    }
}
