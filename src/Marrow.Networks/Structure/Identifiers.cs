namespace Marrow.Networks.Structure;

/// <summary>Names that both Antimony and SBML can read: letters, digits and '_', not beginning with a digit.</summary>
internal static class Identifiers
{
    /// <summary>A name such as that of a file as such a name.</summary>
    public static string Of(string name)
    {
        var letters = new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        return letters.Length == 0 || char.IsAsciiDigit(letters[0]) ? "_" + letters : letters;
    }
}
