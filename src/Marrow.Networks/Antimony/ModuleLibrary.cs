using Marrow.Networks.Diagnostics;
using Marrow.Networks.Shipped;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>The modules and functions of a file and of all that it imports.</summary>
internal sealed class ModuleLibrary(Reporter reporter)
{
    private readonly HashSet<string> _loaded = new(StringComparer.Ordinal);
    private readonly List<string> _loading = [];

    public Dictionary<string, ModuleSyntax> Modules { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, FunctionDefinition> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>Statements outside modules, those of imported files first: together they are one model.</summary>
    public List<StatementSyntax> Statements { get; } = [];

    /// <summary>Display names that files give to modules.</summary>
    public Dictionary<string, string> DisplayNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a file and what it imports; null if it cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="importedFrom">The import that names it, if one does.</param>
    /// <param name="name">How the import names it.</param>
    public FileSyntax? LoadFile(string path, SourceSpan importedFrom, string? name = null)
    {
        try
        {
            return LoadText(File.ReadAllText(path), path, Path.GetDirectoryName(Path.GetFullPath(path)), Path.GetFullPath(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var where = importedFrom.Line > 0 ? importedFrom : new SourceSpan(path, 0, 0, 1);
            reporter.Error(ErrorCodes.FileUnreadable, where, $"cannot read {ShippedFiles.Describe(name ?? path)}", e.Message,
                name is null || ShippedFiles.Hint(name) is not { Length: > 0 } hint ? "a path relative to the file that imports" : hint);
            return null;
        }
    }

    /// <summary>Reads text, importing relative to <paramref name="folder"/>.</summary>
    public FileSyntax LoadText(string text, string file, string? folder, string identity)
    {
        _loading.Add(identity);
        _loaded.Add(identity);
        if (IsXml(text))
        {
            reporter.Error(ErrorCodes.Unsupported, new SourceSpan(file, 1, 1, 1), "SBML files (XML) are not supported yet", "the file begins with '<'", "the same model as Antimony");
            text = "";
        }
        var syntax = Parser.Parse(text, file, reporter);
        foreach (var import in syntax.Imports) Import(import, file, folder);
        foreach (var module in syntax.Modules) AddUnique(Modules, module.Name, module, module.Where, "model");
        foreach (var function in syntax.Functions)
        {
            if (BuiltIns.Functions.ContainsKey(function.Id) || BuiltIns.IsReserved(function.Id)) reporter.Error(ErrorCodes.Duplicate, function.Where, $"function '{function.Id}' is built in", "", "another name");
            else AddUnique(Functions, function.Id, function, function.Where, "function");
        }
        foreach (var statement in syntax.Statements)
        {
            if (statement is DisplayNameSyntax named && Modules.ContainsKey(named.Name.Path)) DisplayNames[named.Name.Path] = named.Text;
            else if (statement is AnnotationSyntax { Name: { } name } remark && Modules.TryGetValue(name.Path, out var about)) about.Statements.Add(remark with { Name = null });
            else Statements.Add(statement);
        }
        _loading.RemoveAt(_loading.Count - 1);
        return syntax;
    }

    private static bool IsXml(string text) => text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("<");

    private void Import(ImportSyntax import, string importer, string? folder)
    {
        if (import.File.Trim().Length == 0 || import.File.Contains('\0', StringComparison.Ordinal))
        {
            reporter.Error(ErrorCodes.FileUnreadable, import.Where, "the name of the imported file is empty or no name", "", "import \"file.ant\"");
            return;
        }
        var identity = ShippedFiles.Resolve(import.File, folder ?? "");
        if (_loading.Contains(identity))
        {
            reporter.Error(ErrorCodes.CyclicModules, import.Where, $"'{import.File}' is imported while it is being read", $"it imports '{importer}' directly or indirectly", "moving what both need to a third file");
            return;
        }
        if (_loaded.Contains(identity)) return;
        // Messages show a path like the one by which the importing file was named.
        var rooted = Path.IsPathRooted(importer) || ShippedFiles.IsReference(import.File);
        LoadFile(rooted ? identity : Path.GetRelativePath(Directory.GetCurrentDirectory(), identity), import.Where, ShippedFiles.IsReference(import.File) ? import.File : null);
    }

    private void AddUnique<T>(Dictionary<string, T> table, string name, T item, SourceSpan where, string kind)
    {
        if (!table.TryAdd(name, item)) reporter.Error(ErrorCodes.Duplicate, where, $"{kind} '{name}' is defined twice", "", "another name for one of them");
    }
}
