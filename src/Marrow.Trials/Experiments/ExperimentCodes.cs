using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Experiments;

/// <summary>Every problem that reading a table of expected effects or its vocabulary can report. Range: 71xx.</summary>
internal static class ExperimentCodes
{
    public static readonly ErrorCode Columns = new("MRW7101", "Table of effects without its columns",
        "A table of expected effects, or a table of its vocabulary, lacks a column.", "Write the columns that the message lists into the first line.");
    public static readonly ErrorCode BadCell = new("MRW7102", "Cell of a table of effects that cannot be read",
        "A number, a word of a short list or a rule is needed, and something else is given.", "Write what the message asks for.");
    public static readonly ErrorCode Duplicate = new("MRW7103", "The same row twice",
        "Two rows have the same identifier, or define the same thing.", "Rename or remove one of them.");
    public static readonly ErrorCode BadAction = new("MRW7104", "Action that is not understood",
        "Contexts, properties and switches act by short sentences such as 'NAME = 0', 'regimen NAME' or 'without DRUG'.", "Write one of the actions that the message lists.");
}
