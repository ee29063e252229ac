using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using Marrow.Networks.Validation;

namespace Marrow.Networks.Antimony;

/// <summary>Reads models written in Antimony (Smith et al., Bioinformatics 25:2452, 2009) into flat networks.</summary>
public static class AntimonyReader
{
    /// <summary>Reads a file and what it imports. Every problem goes to <paramref name="bag"/>.</summary>
    /// <returns>The network of the main module; null if the text has errors.</returns>
    public static ReactionNetwork? ReadFile(string path, DiagnosticBag bag) => ReadFile(path, new Reporter(bag), valuesFollow: false);

    /// <summary>Reads text.</summary>
    /// <param name="text">The model.</param>
    /// <param name="fileName">How messages name the text.</param>
    /// <param name="bag">Receives every problem.</param>
    /// <param name="baseFolder">Folder to which imports are relative.</param>
    public static ReactionNetwork? ReadText(string text, string fileName, DiagnosticBag bag, string? baseFolder = null) =>
        ReadText(text, fileName, new Reporter(bag), valuesFollow: false, baseFolder);

    /// <summary>Reads text; if <paramref name="valuesFollow"/>, parameters may lack values.</summary>
    internal static ReactionNetwork? ReadText(string text, string fileName, Reporter reporter, bool valuesFollow, string? baseFolder = null)
    {
        var library = new ModuleLibrary(reporter);
        return Flatten(library.LoadText(text, fileName, baseFolder, Path.GetFullPath(fileName)), library, reporter, valuesFollow);
    }

    /// <summary>Reads a file; if <paramref name="valuesFollow"/>, parameters may lack values, because tables give them later.</summary>
    internal static ReactionNetwork? ReadFile(string path, Reporter reporter, bool valuesFollow)
    {
        var library = new ModuleLibrary(reporter);
        var file = library.LoadFile(path, SourceSpan.None);
        return file is null ? null : Flatten(file, library, reporter, valuesFollow);
    }

    private static ReactionNetwork? Flatten(FileSyntax file, ModuleLibrary library, Reporter reporter, bool valuesFollow)
    {
        var main = Main(file, library, reporter);
        if (main is null) return null;
        var instances = new Instantiator(library, reporter);
        instances.Run(main);
        var collected = new SymbolCollector(instances, reporter);
        collected.Run();
        var network = new NetworkBuilder(library, instances, collected, reporter).Build(main.Name);
        NetworkValidator.Check(network, reporter, valuesFollow);
        return reporter.Bag.HasErrors ? null : network;
    }

    /// <summary>The module marked '*'; else the statements outside modules, named after the file; else the last module.</summary>
    private static ModuleSyntax? Main(FileSyntax file, ModuleLibrary library, Reporter reporter)
    {
        var starred = file.Modules.Where(m => m.IsMain).ToList();
        if (starred.Count > 1) reporter.Error(ErrorCodes.Duplicate, starred[1].Where, $"two main models: '{starred[0].Name}' and '{starred[1].Name}'", "", "removing one '*'");
        if (starred.Count > 0) return starred[0];
        if (library.Statements.Count > 0 && (file.Modules.Count == 0 || file.Statements.Count > 0))
        {
            return new ModuleSyntax(Path.GetFileNameWithoutExtension(file.File), true, [], library.Statements, library.Statements[0].Where);
        }
        if (file.Modules.Count > 0) return file.Modules[^1];
        if (!reporter.Bag.HasErrors) reporter.Error(ErrorCodes.NoModel, new SourceSpan(file.File, 0, 0, 1), "the file holds no model", "", "model *name() ... end");
        return null;
    }
}
