using Marrow.Networks.Diagnostics;

namespace Marrow.Cli.Output;

/// <summary>What was found in a file and in those that it names.</summary>
/// <param name="Path">The file, as the command line names it.</param>
/// <param name="Contents">What it holds, in a few words; empty if it has errors.</param>
/// <param name="Problems">Problems, by file and line.</param>
/// <param name="HasErrors">Whether any of them is an error, also one that was reported before.</param>
internal sealed record CheckedFile(string Path, string Contents, IReadOnlyList<Diagnostic> Problems, bool HasErrors)
{
    /// <summary>Problems with places that an editor can jump to, by file, line and column: a problem of a whole file stands at its first
    /// character, and files below the current folder are named from there.</summary>
    public static IEnumerable<Diagnostic> InOrder(IEnumerable<Diagnostic> problems, string path)
    {
        var placed = problems.Select(d => d with { Where = Placed(d.Where, path) }).ToList();
        var files = placed.Select(d => d.Where.File).Distinct().ToList();
        return placed.OrderBy(d => d.Where.File == path ? -1 : files.IndexOf(d.Where.File)).ThenBy(d => d.Where.Line).ThenBy(d => d.Where.Column);
    }

    private static SourceSpan Placed(SourceSpan where, string path)
    {
        var file = where.File.Length == 0 ? path : where.File;
        if (System.IO.Path.IsPathRooted(file))
        {
            var relative = System.IO.Path.GetRelativePath(Environment.CurrentDirectory, file);
            if (!System.IO.Path.IsPathRooted(path) && !relative.StartsWith("..", StringComparison.Ordinal) && !System.IO.Path.IsPathRooted(relative)) file = relative;
        }
        return where with { File = file, Line = Math.Max(1, where.Line), Column = Math.Max(1, where.Column) };
    }
}
