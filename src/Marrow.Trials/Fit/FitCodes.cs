using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Fit;

/// <summary>Every problem that reading a fit can report. Range: 81xx.</summary>
internal static class FitCodes
{
    public static readonly ErrorCode UnknownParameter = new("MRW8101", "Fitted parameter that the model does not have",
        "A fit estimates parameters of its models, by their names in the parameter tables.", "Correct the spelling.");
    public static readonly ErrorCode BadPrior = new("MRW8102", "Prior that cannot be",
        "A log-normal prior needs a value above 0, a logit-normal one a value between 0 and 1, each with a standard deviation above 0 and limits around the value.",
        "Correct value, standard deviation or limits.");
    public static readonly ErrorCode NoReason = new("MRW8103", "Prior without reason or source",
        "A prior is a claim about nature like any number.", "Add 'reason: ...' or 'source: ...'.");
    public static readonly ErrorCode BadTarget = new("MRW8104", "Target that cannot be read",
        "A row of the target table lacks a cell, or holds a number that its scale cannot have.", "Compare the row with docs/fit.md.");
    public static readonly ErrorCode UnknownScenario = new("MRW8105", "Target of an unknown scenario",
        "Every target names one of the fit's scenarios.", "Correct the spelling, or add the scenario.");
    public static readonly ErrorCode BadReadout = new("MRW8106", "Readout in time or over patients that is not understood",
        "The columns 'time' and 'statistic' hold a word and its numbers, such as 'max 0 28' and 'median'.", "Write one of those that docs/fit.md lists.");
    public static readonly ErrorCode UnknownObservable = new("MRW8107", "Observable that the model does not have",
        "A target reads a state or a computed value of its scenario's model.", "Correct the spelling.");
    public static readonly ErrorCode OutsideTime = new("MRW8108", "Readout outside the time simulated",
        "The scenario ends before the readout does.", "Lengthen the scenario, or correct the times.");
    public static readonly ErrorCode NothingToFit = new("MRW8109", "Fit without parameters, targets or scenarios",
        "A fit needs at least one of each.", "Add what is missing.");
    public static readonly ErrorCode UnusedScenario = new("MRW8110", "Scenario without target",
        "Nothing that the scenario gives is compared with anything.", "Remove it, or add a target.");
}
