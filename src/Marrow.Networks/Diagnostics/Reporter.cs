namespace Marrow.Networks.Diagnostics;

/// <summary>Reports problems with the text of their source line, which the caret needs.</summary>
internal sealed class Reporter(DiagnosticBag bag)
{
    /// <summary>A program may write a whole model as one line, which nobody wants to see with each message.</summary>
    private const int LongestLine = 400;

    private readonly Dictionary<string, string[]> _lines = new(StringComparer.Ordinal);

    public DiagnosticBag Bag { get; } = bag;

    /// <summary>Remembers the text of a file that has been read.</summary>
    public void AddSource(string file, string text) => _lines[file] = text.ReplaceLineEndings("\n").Split('\n');

    public void Error(ErrorCode code, SourceSpan where, string what, string why = "", string @try = "") =>
        Report(Severity.Error, code, where, what, why, @try);

    public void Warn(ErrorCode code, SourceSpan where, string what, string why = "", string @try = "") =>
        Report(Severity.Warning, code, where, what, why, @try);

    public void Report(Severity severity, ErrorCode code, SourceSpan where, string what, string why = "", string @try = "") =>
        Bag.Add(new Diagnostic(severity, code.Code, what, where, why, @try.Length > 0 ? @try : code.Cure, LineAt(where)));

    private string? LineAt(SourceSpan where)
    {
        if (where.Line < 1 || where.File.Length == 0) return null;
        if (!_lines.TryGetValue(where.File, out var lines))
        {
            lines = File.Exists(where.File) ? File.ReadAllLines(where.File) : [];
            _lines[where.File] = lines;
        }
        if (where.Line > lines.Length) return null;
        var line = lines[where.Line - 1];
        return line.Length <= LongestLine && where.Column <= line.Length + 1 ? line : null;
    }
}
