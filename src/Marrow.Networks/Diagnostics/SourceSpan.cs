namespace Marrow.Networks.Diagnostics;

/// <summary>A place in a source file: one-based line and column, and the number of characters covered.</summary>
/// <param name="File">Path as the user gave it.</param>
/// <param name="Line">Line, from 1; 0 where the place is unknown.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Length">Characters covered, at least 1.</param>
public readonly record struct SourceSpan(string File, int Line, int Column, int Length)
{
    /// <summary>For things that no file states (built in code).</summary>
    public static SourceSpan None { get; } = new("", 0, 0, 1);
}
