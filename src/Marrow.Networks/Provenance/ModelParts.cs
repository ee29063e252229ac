using Marrow.Networks.Diagnostics;
using Marrow.Networks.Shipped;

namespace Marrow.Networks.Provenance;

/// <summary>Files that are parts of models: they name what other parts define.</summary>
public static class ModelParts
{
    /// <summary>The models that import a file, directly or indirectly: those with tables of their own among the files of the same folder of
    /// models. None for a model with a table of its own, and for one that nobody imports.</summary>
    /// <param name="path">The Antimony file.</param>
    public static IReadOnlyList<string> UsersOf(string path)
    {
        var identity = Path.GetFullPath(path);
        if (RootOf(identity) is not { } root || HasTable(identity)) return [];
        return [.. Directory.EnumerateFiles(root, "*.ant", SearchOption.AllDirectories).Where(HasTable).Order(StringComparer.Ordinal).Where(f => ModelImports.Closure(f).Skip(1).Contains(identity))];
    }

    /// <summary>The models over which a table is laid: its own, or all that share it.</summary>
    /// <param name="table">The table.</param>
    public static IReadOnlyList<string> UsersOfTable(string table)
    {
        var identity = Path.GetFullPath(table);
        var own = Path.ChangeExtension(identity, ".ant");
        if (File.Exists(own)) return [own];
        if (RootOf(identity) is not { } root) return [];
        return [.. Directory.EnumerateFiles(root, "*.ant", SearchOption.AllDirectories).Where(HasTable).Order(StringComparer.Ordinal)
            .Where(m => ModelTables.Of(m, new DiagnosticBag()).Any(t => Path.GetFullPath(t) == identity))];
    }

    private static bool HasTable(string file) => File.Exists(Path.ChangeExtension(file, ".csv"));

    private static string? RootOf(string file)
    {
        for (var folder = Path.GetDirectoryName(file); folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, ModelTables.ListName))) return folder;
        return null;
    }
}
