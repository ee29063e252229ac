using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Studies;

/// <summary>Every problem that reading a study, population, regimen or drug file can report. Range: 7xxx.</summary>
internal static class StudyCodes
{
    public static readonly ErrorCode Unreadable = new("MRW7001", "File that cannot be read",
        "The file does not exist, or may not be read.", "Correct the path; paths are relative to the file that names them.");
    public static readonly ErrorCode Syntax = new("MRW7002", "Not YAML",
        "The text breaks the rules of YAML, often by indentation, a bracket or a quote that is never closed.", "Look at the line before the place as well.");
    public static readonly ErrorCode UnknownKey = new("MRW7003", "Key that this kind of file does not have",
        "The key is misspelt, or stands at the wrong level.", "Correct the spelling or the indentation.");
    public static readonly ErrorCode MissingKey = new("MRW7004", "Missing key",
        "The file cannot be understood without it.", "Add the key; the studies in studies/ show each in use.");
    public static readonly ErrorCode WrongType = new("MRW7005", "Value of the wrong type",
        "A number, a word, a list or a mapping is needed, and something else is given.", "Give what the message asks for.");
    public static readonly ErrorCode OutOfRange = new("MRW7006", "Number outside its range",
        "The number cannot be meant: a dose below 0, a share above 1.", "Correct the number, or its unit.");
    public static readonly ErrorCode UnknownChoice = new("MRW7007", "Word that is not one of those allowed",
        "The value must be one of a few words.", "Write one of those that the message lists.");
    public static readonly ErrorCode WrongUnit = new("MRW7008", "Unit that does not fit",
        "The unit is unknown, or measures something else than this dose.", "Write the unit in which the drug is dosed, such as mg/m2.");
    public static readonly ErrorCode NoProvenance = new("MRW7009", "Number without provenance",
        "Every number of a population or regimen needs a kind: measured or fitted with a source, or assumed with a reason.", "Add kind and source, or kind and reason.");
    public static readonly ErrorCode UnknownName = new("MRW7010", "Name that nothing defines",
        "Neither the model nor this file nor those it names define it.", "Correct the spelling, or define it.");
    public static readonly ErrorCode Duplicate = new("MRW7011", "The same name twice",
        "Names must be distinct.", "Rename one of them.");
    public static readonly ErrorCode Conflict = new("MRW7012", "Entries that do not go together",
        "Entries exclude each other, or one is missing that the others need.", "Read the message: it names them.");
    public static readonly ErrorCode BadRow = new("MRW7013", "Table row that cannot be read",
        "The row or the header has other columns than it should.", "Compare the header with the columns that the message names.");
    public static readonly ErrorCode Contradiction = new("MRW7040", "Correlations that contradict each other",
        "No random numbers have all the correlations given: their matrix is not positive definite.", "Bring the entries that the message names nearer to 0.");
    public static readonly ErrorCode UnreadValue = new("MRW7014", "Value of the patient that nothing reads",
        "No law, constant, dose, scaling or clinical rule of the study uses it.", "Remove it, or name it where it is to act.");
    public static readonly ErrorCode HiddenName = new("MRW7015", "Value of the patient that a parameter hides",
        "A dose is scaled by a name that both the model and the patient have; the parameter of the model counts.", "Give the value another name.");
    public static readonly ErrorCode ImplausibleDose = new("MRW7016", "Dose that is hardly meant",
        "The amount is 0, or far beyond the largest dose that a label or a trial gives.", "Look at amount and unit: mg or ug, per kg, per m2 or for everybody.");
    public static readonly ErrorCode IdleDose = new("MRW7017", "Dose or rule that changes nothing",
        "It is given on no day of the study, or nothing that the study looks at depends on what takes it up.", "Correct the days, or connect the drug to the model.");
    public static readonly ErrorCode OutsideTable = new("MRW7018", "Value outside the range of the parameter table",
        "The model's table gives the parameter a range, and the value lies outside.", "Correct the value, or the range.");
    public static readonly ErrorCode CyclicFiles = new("MRW7019", "Files that extend one another in a circle",
        "A population extends itself, directly or through others.", "Break the circle.");
}
