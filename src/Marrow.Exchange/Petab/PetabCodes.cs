using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Petab;

/// <summary>Every problem that a PEtab problem can have. Range: 92xx, and 597x for what is not supported.</summary>
internal static class PetabCodes
{
    public static readonly ErrorCode BadProblem = new("MRW9201", "PEtab problem whose files do not fit together",
        "The YAML file lacks a key, has one that PEtab does not know, or names a file that cannot be read.", "Compare it with the specification of its format_version.");
    public static readonly ErrorCode BadTable = new("MRW9202", "PEtab table that cannot be read",
        "The table is missing, is not separated by tabs, lacks a column, or a row has more cells than the header.", "Compare its first line with the columns that the message names.");
    public static readonly ErrorCode BadId = new("MRW9203", "Identifier that PEtab does not allow",
        "Identifiers consist of letters, digits and _, do not begin with a digit, and are not empty.", "Rename it.");
    public static readonly ErrorCode Duplicate = new("MRW9204", "Defined twice in a PEtab problem",
        "An identifier, or the target of a condition, stands in two rows.", "Remove or rename one of them.");
    public static readonly ErrorCode UnknownId = new("MRW9205", "Identifier that nothing in the PEtab problem defines",
        "Neither the model nor the tables define it.", "Correct the spelling, or add it to the table of parameters.");
    public static readonly ErrorCode BadValue = new("MRW9206", "Cell of a PEtab table that does not hold what it must",
        "A number, an identifier or one of a few words is expected.", "Correct the cell.");
    public static readonly ErrorCode BadFormula = new("MRW9207", "Formula that PEtab's grammar does not allow",
        "An operator, operand or parenthesis is missing, or a function is unknown or has too many or too few arguments.", "Correct the formula.");
    public static readonly ErrorCode WrongOverrides = new("MRW9208", "Measurement that does not fill the placeholders of its observable",
        "A formula has as many placeholders as a row of the measurement table has values for them, numbered from 1.", "Give one number or parameter for each, separated by ';'.");
    public static readonly ErrorCode BadTarget = new("MRW9209", "Identifier that a PEtab table may not set",
        "An assignment rule, a kinetic law, or another table determines it.", "Set what the rule uses instead.");
    public static readonly ErrorCode BadParameter = new("MRW9210", "Parameter of a PEtab problem whose numbers contradict one another",
        "Bounds are numbers with the lower one below; a logarithmic scale needs values above 0; a prior needs as many numbers as its kind has.", "Correct the row.");
    public static readonly ErrorCode BadMeasurement = new("MRW9211", "Measurement that its noise model does not allow",
        "The logarithm of a value needs a value above 0.", "Remove the row, or change the transformation of its observable.");
    public static readonly ErrorCode BadTimes = new("MRW9212", "Times of a PEtab experiment that contradict one another",
        "A measurement lies before the start of its experiment, or -inf is not its first time.", "Correct the time.");
    public static readonly ErrorCode NoNominal = new("MRW9213", "Parameter without nominal value",
        "An evaluation needs a value for each parameter.", "Fill in nominalValue.");
    public static readonly ErrorCode Unused = new("MRW9214", "Part of a PEtab problem that has no effect",
        "A parameter, condition or observable that neither the model nor any measurement uses.", "Remove it, or correct its identifier.");

    public static readonly ErrorCode Version = new("MRW5970", "Not supported: version of PEtab",
        "Versions 1 and 2.0 are read.", "Convert the problem with the PEtab library.");
    public static readonly ErrorCode Models = new("MRW5971", "Not supported: several models in one PEtab problem",
        "A problem of version 1 has one SBML file for each entry of 'problems', one of version 2 has one model.", "Write one problem for each model.");
    public static readonly ErrorCode Language = new("MRW5972", "Not supported: language of the model of a PEtab problem",
        "Models are SBML.", "Export the model as SBML.");
    public static readonly ErrorCode Extension = new("MRW5973", "Not supported: extension that a PEtab problem requires",
        "The extension changes what the problem means.", "Write the problem without it.");
    public static readonly ErrorCode Estimation = new("MRW5974", "Not supported: estimation of a PEtab problem",
        "A PEtab problem is evaluated at its nominal values.", "Add --evaluate.");
    public static readonly ErrorCode Mapping = new("MRW5975", "Not supported: alias of a PEtab mapping table",
        "The model entity has no name of its own in formulas.", "Name it in the model by an identifier, and use that.");
    public static readonly ErrorCode DelayedEvents = new("MRW5976", "Not supported: delayed event across a pre-equilibration",
        "What waits at its end would have to happen after the clock has been set back.", "Write the delay as an intermediate state.");
}
