using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Comparisons;

/// <summary>Every problem that comparing runs can report. Range: 72xx.</summary>
internal static class ComparisonCodes
{
    public static readonly ErrorCode NoRun = new("MRW7201", "Folder without a finished run",
        "A finished run has manifest.json and its tables; a run that was stopped has a journal only.", "Finish the run with marrow run --resume, or name another folder.");
}
