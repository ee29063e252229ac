using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Provenance;

/// <summary>How a parameter's value came about.</summary>
public enum ParameterKind
{
    /// <summary>Measured, as its source says.</summary>
    Measured,

    /// <summary>Estimated from data, as its source says.</summary>
    Fitted,

    /// <summary>Assumed, for the reason in its note.</summary>
    Assumed,

    /// <summary>A choice that the user makes, such as a mechanism turned off; not a number of nature, and not counted as one.</summary>
    Switch,
}

/// <summary>One row of a parameter table.</summary>
/// <param name="Id">The parameter's name in the model.</param>
/// <param name="Value">Typical value, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit; <c>1</c> for a pure number.</param>
/// <param name="Lower">Least value allowed, in the same unit; null if none is given.</param>
/// <param name="Upper">Largest value allowed, in the same unit; null if none is given.</param>
/// <param name="LogSd">Standard deviation of the natural logarithm between patients; null if the parameter is the same in all.</param>
/// <param name="Kind">Measured, fitted, assumed or a switch.</param>
/// <param name="Source">DOI, address or citation; <c>unverified: ...</c> where nobody has read it yet. May be empty for assumptions.</param>
/// <param name="Locator">Table, figure or page in the source.</param>
/// <param name="System">Species, disease or cell system in which the value holds.</param>
/// <param name="Note">Meaning; for assumptions, the reason; for a switch, the mechanism.</param>
/// <param name="Where">Place of the row.</param>
public sealed record ParameterRecord(
    string Id, double Value, string Unit, double? Lower, double? Upper, double? LogSd, ParameterKind Kind,
    string Source, string Locator, string System, string Note, SourceSpan Where)
{
    /// <summary>True if the source has not been read yet.</summary>
    public bool IsUnverified => Source.StartsWith("unverified:", StringComparison.OrdinalIgnoreCase);
}
