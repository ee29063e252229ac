namespace Marrow.Networks.Diagnostics;

/// <summary>Collects the problems of an input so that all of them are reported at once.</summary>
public sealed class DiagnosticBag
{
    /// <summary>As many errors, and as many warnings, are kept: a broken file may have one at each of millions of places.</summary>
    internal const int MostOfAKind = 10_000;

    private readonly List<Diagnostic> _items = [];
    private readonly HashSet<Diagnostic> _known = [];
    private int _errors;

    /// <summary>Problems in the order they were found.</summary>
    public IReadOnlyList<Diagnostic> Items => _items;

    /// <summary>True if at least one problem is an error.</summary>
    public bool HasErrors => _errors > 0;

    /// <summary>Adds a problem; the same problem at the same place is kept once.</summary>
    public void Add(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        var isError = diagnostic.Severity == Severity.Error;
        if ((isError ? _errors : _items.Count - _errors) >= MostOfAKind || !_known.Add(diagnostic)) return;
        _items.Add(diagnostic);
        if (isError) _errors++;
    }

    /// <summary>Adds an error.</summary>
    public void Error(string code, string what, SourceSpan where, string why = "", string @try = "", string? sourceLine = null) =>
        Add(new Diagnostic(Severity.Error, code, what, where, why, @try, sourceLine));

    /// <summary>Adds an error of a registered kind; without a remedy of its own it gets that of its kind.</summary>
    public void Error(ErrorCode code, string what, SourceSpan where, string why = "", string @try = "", string? sourceLine = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        Error(code.Code, what, where, why, @try.Length > 0 ? @try : code.Cure, sourceLine);
    }

    /// <summary>Adds a warning.</summary>
    public void Warn(string code, string what, SourceSpan where, string why = "", string @try = "", string? sourceLine = null) =>
        Add(new Diagnostic(Severity.Warning, code, what, where, why, @try, sourceLine));

    /// <summary>Adds a warning of a registered kind.</summary>
    public void Warn(ErrorCode code, string what, SourceSpan where, string why = "", string @try = "", string? sourceLine = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        Warn(code.Code, what, where, why, @try.Length > 0 ? @try : code.Cure, sourceLine);
    }

    /// <summary>Adds all problems of another collection.</summary>
    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var d in diagnostics) Add(d);
    }
}

/// <summary>The input is wrong; carries every problem found.</summary>
public sealed class InputException : Exception
{
    /// <summary>Creates the exception from the problems found.</summary>
    public InputException(IReadOnlyList<Diagnostic> diagnostics)
        : base(string.Join('\n', diagnostics)) => Diagnostics = diagnostics;

    /// <summary>Every problem found.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
