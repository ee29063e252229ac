using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.DosingTables;

/// <summary>Every problem that a dosing table can have. Range: 93xx; what is not supported 596x.</summary>
internal static class DosingCodes
{
    public static readonly ErrorCode BadTable = new("MRW9301", "Dosing table that cannot be read as a table",
        "The file has no header, a row has another number of cells, or quotes do not match.", "Export it again as CSV with one header line.");
    public static readonly ErrorCode MissingColumn = new("MRW9302", "Dosing table without a column that it needs",
        "ID and TIME are needed, and AMT, unless every row is an observation.", "Add the column that the message names.");
    public static readonly ErrorCode BadCell = new("MRW9303", "Cell of a dosing table that is no number, or not one of those allowed",
        "Every column but ID and a named CMT holds numbers; '.' and an empty cell are missing values.", "Correct the cell that the message names.");
    public static readonly ErrorCode BadOrder = new("MRW9304", "Rows of a dosing table out of order",
        "The rows of an ID stand together, and their times do not fall.", "Sort the table by ID and TIME.");
    public static readonly ErrorCode Conflict = new("MRW9305", "Cells of a dosing row that do not go together",
        "Cells of the row contradict each other, or one is missing that another needs.", "Read the message: it names them.");
    public static readonly ErrorCode UnknownTarget = new("MRW9306", "Dose into something that the model does not have",
        "CMT names a species or a variable with a rate rule, or counts them from 1 in the order of the model.", "Correct CMT, or the model.");
    public static readonly ErrorCode UnusedColumn = new("MRW9307", "Column of a dosing table that has no effect",
        "It is neither a column of dosing tables nor a parameter of the model.", "Name it as a parameter of the model, if it should have one.");
    public static readonly ErrorCode NoParameter = new("MRW9308", "Modelled infusion without its parameter",
        "RATE -1 reads the rate from the parameter R_NAME or Rn, RATE -2 the duration from D_NAME or Dn.", "Add the parameter to the model, or a column of that name.");
    public static readonly ErrorCode NothingToWrite = new("MRW9309", "Dosing table without observations",
        "Rows are written at observations (EVID 0) and at times given to the command, and there are neither.", "Give --end, --times or the like, or add rows with EVID 0.");
    public static readonly ErrorCode NotSupported = new("MRW5960", "Not supported: part of dosing tables",
        "The row or column asks for something that Marrow does not do yet.", "Write the table without it.");
}
