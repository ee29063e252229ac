using System.Text.RegularExpressions;
using Marrow.Networks.Shipped;

namespace Marrow.Cli.Inputs;

/// <summary>Files to start from, kept as real files: a folder for each kind below templates, in which NAME stands for the user's name.</summary>
internal sealed partial class Template
{
    private const string Folder = "templates";
    private const string Placeholder = "NAME";

    private readonly string _folder;

    private Template(string folder) => _folder = folder;

    /// <summary>The kinds at hand.</summary>
    public static IReadOnlyList<string> Kinds =>
        ShippedFiles.Folder(Folder) is { } root ? [.. Directory.EnumerateDirectories(root).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)] : [];

    /// <summary>The template of a kind; null if there is none.</summary>
    public static Template? Of(string kind) =>
        Kinds.Contains(kind) ? new Template(Path.Combine(ShippedFiles.Folder(Folder)!, kind)) : null;

    /// <summary>Whether a name will do: it becomes the name of a model, of states and of parameters.</summary>
    public static bool IsName(string name) => NameForm().IsMatch(name) && name != Placeholder;

    /// <summary>The files under a name: their names and texts, the one to begin with first.</summary>
    public IReadOnlyList<(string File, string Text)> Write(string name) =>
        [.. Directory.EnumerateFiles(_folder).Select(f => Path.GetFileName(f)).OrderBy(f => f.Length).ThenBy(f => f, StringComparer.Ordinal)
            .Select(f => (Named(f, name), Named(File.ReadAllText(Path.Combine(_folder, f)), name)))];

    /// <summary>What the opening comment of a file says to do next.</summary>
    public static string Next(string text) =>
        text.Split('\n').TakeWhile(l => l.StartsWith('#') || l.StartsWith("//", StringComparison.Ordinal)).FirstOrDefault(l => l.Contains(": marrow ", StringComparison.Ordinal))
            is { } line ? line.TrimStart('#', '/', ' ').TrimEnd() : "";

    private static string Named(string text, string name) => text.Replace(Placeholder, name, StringComparison.Ordinal);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$")]
    private static partial Regex NameForm();
}
