namespace Marrow.Networks.Diagnostics;

/// <summary>How grave a <see cref="Diagnostic"/> is.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,

    /// <summary>Probably not meant, but it runs.</summary>
    Warning,

    /// <summary>It cannot run.</summary>
    Error,
}

/// <summary>One problem in an input: what, where, why, and what to try.</summary>
/// <param name="Severity">How grave it is.</param>
/// <param name="Code">MRW and four digits; docs list each with cause and cure.</param>
/// <param name="What">What is wrong, with the offending name or value.</param>
/// <param name="Where">Place in the file.</param>
/// <param name="Why">Why it is wrong; may be empty.</param>
/// <param name="Try">What to do; may be empty.</param>
/// <param name="SourceLine">The text of the line, for the caret; may be null.</param>
public sealed record Diagnostic(
    Severity Severity, string Code, string What, SourceSpan Where, string Why = "", string Try = "", string? SourceLine = null)
{
    /// <summary>The message as printed: <c>file:line:column: error MRWnnnn: what, why, try</c>, the source line and a caret.</summary>
    public override string ToString()
    {
        var line = Where.Line > 0 ? $":{Where.Line}" : "";
        var column = line.Length > 0 && Where.Column > 0 ? $":{Where.Column}" : "";
        var place = $"{Where.File}{line}{column}";
        var text = $"{place}: {Severity.ToString().ToLowerInvariant()} {Code}: {What}";
        if (Why.Length > 0) text += $"; {Why}";
        if (Try.Length > 0) text += $"; try: {Try}";
        if (SourceLine is null || Where.Column < 1) return text;
        var lead = new string([.. SourceLine.Take(Where.Column - 1).Select(c => c == '\t' ? '\t' : ' ')]);
        return $"{text}\n    {SourceLine}\n    {lead}{new string('^', Math.Max(1, Math.Min(Where.Length, SourceLine.Length - Where.Column + 1)))}";
    }
}
