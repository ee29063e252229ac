namespace Marrow.Trials.Clinical;

/// <summary>Where a number comes from.</summary>
public enum ValueKind
{
    /// <summary>Read or measured, in the source.</summary>
    Measured,

    /// <summary>Estimated from data, in the source.</summary>
    Fitted,

    /// <summary>Chosen, for the reason in the note.</summary>
    Assumed,
}

/// <summary>A number of the clinical tables.</summary>
/// <param name="Id">Name within its file.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit; 1 for a pure number.</param>
/// <param name="Kind">Measured, fitted or assumed.</param>
/// <param name="Source">DOI or address; begins with "unverified:" where nobody has read it yet.</param>
/// <param name="Note">Meaning, or the reason of an assumption.</param>
/// <param name="File">File of the row.</param>
/// <param name="Line">Its line.</param>
public sealed record ClinicalValue(string Id, double Value, string Unit, ValueKind Kind, string Source, string Note, string File, int Line)
{
    /// <summary>Whether the source was recalled and not read.</summary>
    public bool Unverified => Source.StartsWith("unverified:", StringComparison.Ordinal);
}
