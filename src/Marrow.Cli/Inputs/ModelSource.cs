using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Networks.Sbml;
using Marrow.Networks.Shipped;

namespace Marrow.Cli.Inputs;

/// <summary>Finds a model and the tables that hold its numbers.</summary>
internal static class ModelSource
{
    /// <summary>Reads a model. Below a list of tables or a <c>parameters.csv</c>, a model with a table of its own name beside it is one of
    /// Marrow's own kind: all are laid over it, and every number needs unit and source. Tables may be named instead. Any other model is a
    /// user's own, in which what is missing is a warning.</summary>
    internal static LoadedModel? Load(string path, IReadOnlyList<string> named, DiagnosticBag bag)
    {
        if (InputFile.Find(path, bag) is not { } found) return null;
        (path, named) = (found, [.. named.Select(table => InputFile.Find(table, bag) ?? table)]);
        // An SBML model is always a user's own.
        if (SbmlReader.Reads(path)) return bag.HasErrors ? null : ModelLoader.Load(path, named, bag, strict: false);
        var common = ModelTables.Common(path, bag);
        var own = Path.ChangeExtension(path, ".csv");
        // Without common tables a file of the model's name is more likely the result of a simulation.
        IReadOnlyList<string> tables = named.Count == 0 ? ModelTables.Of(path, bag) : ModelImports.Shipped(path).Count == 0 ? named : [.. ModelTables.Of(path, bag), .. named];
        return bag.HasErrors ? null : ModelLoader.Load(path, tables, bag, strict: tables.Count > 0 && common.Count > 0 && (named.Count > 0 || File.Exists(own)));
    }
}
