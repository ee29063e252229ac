namespace Marrow.Trials.Clinical;

/// <summary>Codes of the problems that clinical tables and published figures can have.</summary>
internal static class ClinicalCodes
{
    /// <summary>A file that cannot be read.</summary>
    public const string Unreadable = "MRW6001";

    /// <summary>Columns that the table must have are missing.</summary>
    public const string WrongColumns = "MRW6002";

    /// <summary>A row that the rules need is missing.</summary>
    public const string MissingRow = "MRW6003";

    /// <summary>A row that no rule reads.</summary>
    public const string UnknownRow = "MRW6004";

    /// <summary>The same row twice.</summary>
    public const string Duplicate = "MRW6005";

    /// <summary>Not a number, or outside its range.</summary>
    public const string BadNumber = "MRW6006";

    /// <summary>A unit other than the one the rules compute in.</summary>
    public const string WrongUnit = "MRW6007";

    /// <summary>A number without kind, source or reason.</summary>
    public const string NoProvenance = "MRW6008";

    /// <summary>A name that is not known.</summary>
    public const string UnknownName = "MRW6009";

    /// <summary>Rows that must rise do not.</summary>
    public const string NotRising = "MRW6010";
}
