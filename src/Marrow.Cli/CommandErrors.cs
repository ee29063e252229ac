using Marrow.Networks.Diagnostics;

namespace Marrow.Cli;

/// <summary>Problems that the command line itself reports. Range: 8xxx.</summary>
internal static class CommandErrors
{
    internal static readonly ErrorCode FileMissing = new("MRW8001", "File or folder that does not exist",
        "The command line names a file that is not there, or may not be read.", "Correct the path; it is relative to the current folder.");
    internal static readonly ErrorCode UnknownKindOfFile = new("MRW8002", "File of a kind that Marrow does not read",
        "Models are .ant, tables .csv, studies, populations and regimens .yaml; a table is known by its first line.",
        "Correct the ending, or compare the first line of the table with docs/adding-a-model.md.");

    /// <summary>A problem of this kind at a place.</summary>
    internal static Diagnostic At(this ErrorCode code, SourceSpan where, string what, string? @try = null) =>
        new(Severity.Error, code.Code, what, where, "", @try ?? code.Cure);
}
