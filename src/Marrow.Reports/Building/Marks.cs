namespace Marrow.Reports.Building;

/// <summary>Marks of published figures.</summary>
internal static class Marks
{
    /// <summary>Recalled and not yet read in a public text.</summary>
    public const string Recalled = "R";
}
