using Marrow.Networks.Diagnostics;

namespace Marrow.Cli;

/// <summary>Problems that the command line itself reports. Range: 8xxx, and 599x for what is not supported.</summary>
internal static class CommandErrors
{
    internal static readonly ErrorCode FileMissing = new("MRW8001", "File or folder that does not exist",
        "The command line names a file that is not there, or may not be read.", "Correct the path; it is relative to the current folder.");
    internal static readonly ErrorCode UnknownKindOfFile = new("MRW8002", "File of a kind that Marrow does not read",
        "Models are .ant or .xml (SBML), tables .csv, studies, populations and regimens .yaml; a table is known by its first line.",
        "Correct the ending, or compare the first line of the table with docs/adding-a-model.md.");
    internal static readonly ErrorCode UnknownName = new("MRW8003", "Name on the command line that the model does not have",
        "--set, --species, --amount and --concentration name things of the model.", "Correct the spelling; submodule members are written instance__member.");
    internal static readonly ErrorCode SetsComputedValue = new("MRW8004", "Value on the command line for something that a rule computes",
        "An assignment rule holds at all times, so a value given beside it would have no effect.", "Set the parameters that the rule uses.");
    internal static readonly ErrorCode NothingCounted = new("MRW8005", "Hybrid simulation of a model that counts nothing",
        "No table marks species of the model as counted while they are few.", "Name a table with --counted, keep it as modules/counted.csv above the model, or use --method ssa.");

    internal static readonly ErrorCode FileExists = new("MRW8020", "File that is there already",
        "A new file would take its place, and nothing of the user's is overwritten.", "Choose another name, or move the file away.");

    internal static readonly ErrorCode BrokenModel = new("MRW8006", "Part of a model that cannot be read",
        "A part is checked within the models that import it, and other parts or tables of such a model have errors.", "Check that model.");

    internal static readonly ErrorCode UnusedRow = new("MRW8007", "Row of a parameter table that no model uses",
        "None of the models over which the table is laid has a parameter, species or compartment of this name.", "Remove it, or correct its id.");

    internal static readonly ErrorCode BadEnsemble = new("MRW8008", "Table of --ensemble that cannot be used",
        "A row is a patient and a column a parameter, a species or a compartment of the model; a column id may name the rows.",
        "Correct the column or the row; submodule members are written instance__member.");

    internal static readonly ErrorCode ConversionUnsupported = new("MRW5990", "Not supported: a conversion of formats",
        "Models are written as Antimony only, from Antimony or SBML.", "Write to a file that ends in .ant.");

    /// <summary>A problem of this kind at a place.</summary>
    internal static Diagnostic At(this ErrorCode code, SourceSpan where, string what, string? @try = null) =>
        new(Severity.Error, code.Code, what, where, "", @try ?? code.Cure);

    /// <summary>The same as a warning.</summary>
    internal static Diagnostic Warn(this ErrorCode code, SourceSpan where, string what, string @try) => code.At(where, what, @try) with { Severity = Severity.Warning };

    /// <summary>A misspelt name at a place, with the nearest known one.</summary>
    internal static Diagnostic Misspelt(this ErrorCode code, string option, string name, string what, IEnumerable<string> known) =>
        code.At(new SourceSpan(option, 0, 0, 1), what, Spelling.Hint(name, known, code.Cure));
}
