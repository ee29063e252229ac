namespace Marrow.Trials.Studies;

/// <summary>Codes of the problems that study, population and regimen files can have.</summary>
internal static class StudyCodes
{
    /// <summary>A file that cannot be read.</summary>
    public const string Unreadable = "MRW7001";
    /// <summary>Text that is not YAML.</summary>
    public const string Syntax = "MRW7002";
    /// <summary>A key that the file format does not know.</summary>
    public const string UnknownKey = "MRW7003";
    /// <summary>A key that must be there.</summary>
    public const string MissingKey = "MRW7004";
    /// <summary>A value of the wrong type, such as text where a number is needed.</summary>
    public const string WrongType = "MRW7005";
    /// <summary>A number outside its range.</summary>
    public const string OutOfRange = "MRW7006";
    /// <summary>A word that is not one of those allowed.</summary>
    public const string UnknownChoice = "MRW7007";
    /// <summary>A unit that does not fit.</summary>
    public const string WrongUnit = "MRW7008";
    /// <summary>A number without kind, source or reason.</summary>
    public const string NoProvenance = "MRW7009";
    /// <summary>A name that neither the model nor the file defines.</summary>
    public const string UnknownName = "MRW7010";
    /// <summary>The same name twice.</summary>
    public const string Duplicate = "MRW7011";
    /// <summary>Entries that exclude each other or are incomplete together.</summary>
    public const string Conflict = "MRW7012";
    /// <summary>A table row that cannot be read.</summary>
    public const string BadRow = "MRW7013";
}
