using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Clinical;

/// <summary>Every problem that reading clinical tables and published figures can report. Range: 6xxx.</summary>
internal static class ClinicalCodes
{
    public static readonly ErrorCode Unreadable = new("MRW6001", "File or protocol that cannot be read",
        "The file or the protocol's folder does not exist, or a quote is never closed.", "Correct the path, or the commas and quotes of the row.");
    public static readonly ErrorCode WrongColumns = new("MRW6002", "Table without a column that it needs",
        "The first line of the table lacks a column.", "Add the columns that the message names.");
    public static readonly ErrorCode MissingRow = new("MRW6003", "Row that the rules need and the table lacks",
        "A clinical rule reads a number that no row gives.", "Add the row that the message names.");
    public static readonly ErrorCode UnknownRow = new("MRW6004", "Row that no rule reads",
        "The id is misspelt, or the rule that used it is gone.", "Correct the spelling, or remove the row.");
    public static readonly ErrorCode Duplicate = new("MRW6005", "The same row twice",
        "Ids must be distinct within a table.", "Remove one of the rows.");
    public static readonly ErrorCode BadNumber = new("MRW6006", "Not a number, or outside its range",
        "The cell is empty, no number, or outside what it can mean.", "Correct the cell.");
    public static readonly ErrorCode WrongUnit = new("MRW6007", "Unit other than the one that the rules compute in",
        "Clinical tables are not converted when they are read.", "Convert the value, and write the unit that the message names.");
    public static readonly ErrorCode NoProvenance = new("MRW6008", "Number without provenance",
        "Every clinical number is measured or fitted with a source, or assumed with a reason.", "Fill in kind and source, or kind and note.");
    public static readonly ErrorCode UnknownName = new("MRW6009", "Name that is not known",
        "The cell must be one of a few names.", "Write one of those that the message lists.");
    public static readonly ErrorCode NotRising = new("MRW6010", "Rows that must rise and do not",
        "Ages, days and steps of a function come in rising order.", "Sort the rows.");
}
