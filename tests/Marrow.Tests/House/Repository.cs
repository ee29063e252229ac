namespace Marrow.Tests.House;

/// <summary>The checked-out repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>A path inside the repository, with the machine's separators.</summary>
    public static string PathOf(string relative) => Path.Combine([Root, .. relative.Split('/')]);

    public static string ReadText(string relative) => File.ReadAllText(PathOf(relative));

    /// <summary>The files below a folder that people write: no build output, no restored packages.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories)
            .Where(path => !Relative(path).Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "dist"))
            .Order(StringComparer.Ordinal);

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Marrow.slnx"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException($"Marrow.slnx is not above {AppContext.BaseDirectory}: the tests read the repository they were built from.");
    }
}
