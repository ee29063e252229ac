using Marrow.Networks.Shipped;

namespace Marrow.Trials.Studies;

/// <summary>Files that YAML files name: relative to the file that names them, or shipped ones as <c>marrow:...</c>.</summary>
internal static class NamedFile
{
    /// <summary>The path that a key names; a file that does not exist is reported. Empty if the key is missing, which is reported, too.</summary>
    public static string Of(YamlMap map, string key) => Of(map, key, map.Text(key));

    /// <summary>The path of one of the names that a key lists.</summary>
    public static string Of(YamlMap map, string key, string name)
    {
        if (name.Length == 0) return name;
        var path = ShippedFiles.Resolve(name, map.Source.Folder);
        if (!File.Exists(path))
            map.Error(key, StudyCodes.Unreadable, $"the file {ShippedFiles.Describe(name)} does not exist", "paths are relative to the file that names them", Similar(path));
        return path;
    }

    private static string Similar(string path) =>
        Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder)
            ? Suggestion.For(Path.GetFileName(path), Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)!))
            : "";
}
