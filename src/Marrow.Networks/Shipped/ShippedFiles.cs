using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Shipped;

/// <summary>The models, studies, templates and schemas that come with Marrow, and the names by which files of a user refer to them:
/// <c>marrow:diseases/bcp_all.ant</c> is a file of the models, <c>marrow:studies/eliana.yaml</c> one of another folder.</summary>
public static class ShippedFiles
{
    /// <summary>How such a name begins.</summary>
    public const string Scheme = "marrow:";

    private const string Models = "models";
    private const string InPackages = "marrow";
    private const string Mark = "tables.csv";

    // Folders beside the models; any other first word of a name is a folder of the models.
    private static readonly string[] Beside = ["studies", "templates", "schemas"];

    private static readonly Lazy<string?> Found = new(() => Find(AppContext.BaseDirectory));

    /// <summary>The folder that holds them: the repository where Marrow runs from one, else that of the installation; null where a program
    /// uses the library without them.</summary>
    public static string? Root => Found.Value;

    /// <summary>One of the folders, such as models or studies; null if it is not there.</summary>
    public static string? Folder(string name) => Root is { } root && Path.Combine(root, name) is { } folder && Directory.Exists(folder) ? folder : null;

    /// <summary>Whether a name is of this kind.</summary>
    public static bool IsReference(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(Scheme, StringComparison.Ordinal);
    }

    /// <summary>The path of a file that another file names.</summary>
    /// <param name="name">A name of this kind, or a path.</param>
    /// <param name="folder">Folder to which a path is relative.</param>
    /// <returns>The full path, whether there is such a file or not.</returns>
    public static string Resolve(string name, string folder) => IsReference(name) ? Locate(name) : Path.GetFullPath(Path.Combine(folder, name));

    /// <summary>The path of a file that a command line or a program names: any other name is a path already and stays as it is.</summary>
    public static string Locate(string name)
    {
        if (!IsReference(name) || Root is not { } root) return name;
        var parts = name[Scheme.Length..].Split('/', '\\');
        var inside = Path.GetFullPath(Path.Combine([root, .. Beside.Contains(parts[0]) ? parts : [Models, .. parts]]));
        // A name that leaves the folders names nothing.
        return NameOf(inside) is null ? name : inside;
    }

    /// <summary>The name of a shipped file; null for any other file.</summary>
    public static string? NameOf(string path)
    {
        if (Root is not { } root) return null;
        var parts = Path.GetRelativePath(root, Path.GetFullPath(path)).Replace('\\', '/').Split('/', 2);
        if (parts.Length < 2) return null;
        return parts[0] == Models ? Scheme + parts[1] : Beside.Contains(parts[0]) ? $"{Scheme}{parts[0]}/{parts[1]}" : null;
    }

    /// <summary>Whether a path is one of the shipped models: a template is a start for a user's own.</summary>
    internal static bool IsModel(string path) => NameOf(path) is { } name && !Array.Exists(Beside, folder => name.StartsWith($"{Scheme}{folder}/", StringComparison.Ordinal));

    /// <summary>A name as messages show it: with the path that it stands for.</summary>
    public static string Describe(string name)
    {
        var path = Locate(name);
        return path == name ? $"'{name}'" : $"'{name}' ({path})";
    }

    /// <summary>What to try where a name leads to no file.</summary>
    public static string Hint(string name)
    {
        if (!IsReference(name)) return "";
        if (Root is null) return "a path: this program comes without Marrow's models";
        var path = Locate(name);
        var folder = Path.GetDirectoryName(path);
        var siblings = path != name && Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        return Spelling.Hint(Path.GetFileName(path), siblings, "a name of 'marrow models', such as marrow:diseases/bcp_all.ant");
    }

    /// <summary>The nearest folder above (or below its name) that holds the models.</summary>
    internal static string? Find(string start)
    {
        for (var folder = Path.TrimEndingDirectorySeparator(start); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (var root in (string[])[folder, Path.Combine(folder, InPackages)])
                if (File.Exists(Path.Combine(root, Models, Mark))) return root;
        }
        return null;
    }
}
