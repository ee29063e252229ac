using System.Reflection;

namespace Marrow.Networks.Diagnostics;

/// <summary>Every problem that reading a model can report.
/// Ranges: 1xxx syntax, 2xxx names and structure, 3xxx units, 4xxx provenance and tables; from 5900 on what is not supported.</summary>
public static class ErrorCodes
{
    internal static readonly ErrorCode UnexpectedText = new("MRW1001", "Unexpected text",
        "The statement does not follow Antimony's grammar at this place.", "Compare the statement with the form that the message names.");
    internal static readonly ErrorCode BadCharacter = new("MRW1002", "Character that Antimony does not use",
        "A character outside Antimony's alphabet stands outside a comment or a string.", "Remove it; identifiers use letters, digits and _.");
    internal static readonly ErrorCode Unterminated = new("MRW1003", "String or comment without end",
        "A string must end on its line, and /* needs its */.", "Close it.");
    internal static readonly ErrorCode BadNumber = new("MRW1004", "Not a number",
        "The literal is malformed or outside the range of double precision.", "Write it as 12, 0.5 or 1e-3.");
    internal static readonly ErrorCode MissingEnd = new("MRW1005", "Block without end, or end without block",
        "Every model, module and function closes with 'end'.", "Add the missing 'end', or remove the stray one.");
    internal static readonly ErrorCode UnclosedParenthesis = new("MRW1006", "Parenthesis without partner",
        "A parenthesis is opened and never closed, or closed and never opened.", "Balance the parentheses.");
    internal static readonly ErrorCode MissingRateLaw = new("MRW1007", "Reaction without rate law",
        "A reaction is 'name: reactants -> products; law'.", "Add the rate law after a semicolon; it may be 0.");
    internal static readonly ErrorCode Unsupported = new("MRW1008", "Part of Antimony that is not supported",
        "The statement is Antimony, but Marrow cannot run what it says.", "Leave it out, or say the same with rules, reactions and events.");
    internal static readonly ErrorCode TooComplex = new("MRW1009", "Too deeply nested, or too many errors",
        "Nesting and the number of reported errors are limited so that a broken file is reported at once.", "Name parts of the formula by assignment rules; repair the errors listed first.");
    internal static readonly ErrorCode Ambiguous = new("MRW1010", "Formula that can be read in two ways",
        "a^b^c is read as a^(b^c), a < b < c compares a truth value, and 2 y may mean two years or 2*y.", "Add parentheses, write a < b && b < c, or write the product.");
    internal static readonly ErrorCode FileUnreadable = new("MRW1011", "File cannot be read",
        "The file does not exist, or may not be read.", "Correct the path; imports are relative to the file that imports.");

    internal static readonly ErrorCode Ignored = new("MRW1012", "Part of Antimony that has no effect",
        "Layout, directives and settings of flux balance models do not change what is simulated, and constraints are kept but not enforced.", "Nothing, or leave it out.");

    internal static readonly ErrorCode BadXml = new("MRW1101", "Text that is not XML",
        "SBML is XML without a document type: entities of a model are not read.", "Repair the place that the message names, or export the model anew.");
    internal static readonly ErrorCode BadSbml = new("MRW1102", "Text that is not SBML",
        "An element or attribute is missing or not of the form that SBML gives it.", "Compare it with the specification of its level, or export the model anew.");
    internal static readonly ErrorCode SbmlNoValue = new("MRW1103", "Part of an SBML model without value",
        "SBML allows a parameter without value and a reaction without kinetic law.", "Give it one, if it is to have an effect.");
    internal static readonly ErrorCode SbmlForeignFunction = new("MRW1104", "Function that an SBML model does not define",
        "Some programs write functions of their own language, such as log2, without a definition.", "Define it in listOfFunctionDefinitions, or export the model anew.");
    internal static readonly ErrorCode SbmlRuleWins = new("MRW1105", "Species that both a rule and reactions determine",
        "SBML allows that for boundary species only.", "Set boundaryCondition=\"true\", if reactions are not to change it.");
    internal static readonly ErrorCode ExternalModel = new("MRW1110", "Model in another file that is not read",
        "A model may take submodels from files in its own folder and below it, never from elsewhere.", "Put the file beside the model, and name it by a relative path.");

    internal static readonly ErrorCode UnknownName = new("MRW2001", "Name that nothing defines",
        "A formula uses a name to which nothing gives a value.", "Correct the spelling, or give it a value.");
    internal static readonly ErrorCode Duplicate = new("MRW2002", "Defined twice",
        "Two definitions at the same level compete.", "Remove or rename one of them.");
    internal static readonly ErrorCode UnknownMember = new("MRW2003", "Module without such a member",
        "instance.member names something that the module does not have.", "Correct the spelling of the instance or the member.");
    internal static readonly ErrorCode KindConflict = new("MRW2004", "One name for two kinds of things",
        "A name stands for one thing only: species, compartment, reaction, event or parameter.", "Rename one of them.");
    internal static readonly ErrorCode UnknownModule = new("MRW2005", "Module that nothing defines",
        "An instance names a module that neither this file nor its imports define.", "Import its file, or correct the spelling.");
    internal static readonly ErrorCode CyclicModules = new("MRW2006", "Modules or imports in a circle",
        "A module contains itself, or files import one another in a circle.", "Break the circle.");
    internal static readonly ErrorCode WrongArguments = new("MRW2007", "Wrong number of arguments",
        "A function or module is used with another number of arguments than it has.", "Give as many arguments as the definition lists.");
    internal static readonly ErrorCode UnknownFunction = new("MRW2008", "Function that nothing defines",
        "The name before the parenthesis is neither built in nor defined.", "Correct the spelling, or define the function.");
    internal static readonly ErrorCode FunctionBody = new("MRW2009", "Function that uses more than its arguments",
        "The body of a function may name its arguments only, and may not call itself.", "Pass what it needs as an argument.");
    internal static readonly ErrorCode AssignmentCycle = new("MRW2010", "Values that depend on themselves",
        "Assignment rules or initial values refer to one another in a circle.", "Break the circle; a feedback over time is a reaction or a rate rule.");
    internal static readonly ErrorCode ConstantChanged = new("MRW2011", "Constant that something changes",
        "A rule, an event or a reaction changes what is declared constant.", "Declare it 'var', or remove what changes it.");
    internal static readonly ErrorCode Overdetermined = new("MRW2012", "Variable determined twice",
        "A variable has two rules, or a rule and reactions or events that change it.", "Keep one of them; '$' makes a species that reactions do not change.");
    internal static readonly ErrorCode UnknownCompartment = new("MRW2013", "Compartment that is none",
        "A species lies in something that is not a compartment.", "Declare the compartment, or correct its name.");
    internal static readonly ErrorCode NoModel = new("MRW2014", "No model in the file",
        "The file holds neither a model nor statements.", "Write 'model *name() ... end'.");
    internal static readonly ErrorCode UndeclaredSpecies = new("MRW2015", "Species that only a reaction mentions",
        "Other species of the model are declared, this one is not: it may be a misspelling.", "Declare it, or correct the spelling.");
    internal static readonly ErrorCode UnusedParameter = new("MRW2016", "Parameter that nothing uses",
        "No formula of the model names the parameter.", "Remove it, or use it.");
    internal static readonly ErrorCode BadTarget = new("MRW2017", "Assignment to something that cannot be assigned",
        "Events and rules change species, compartments and parameters only.", "Assign to one of these.");

    internal static readonly ErrorCode Deleted = new("MRW2018", "Name of something that was deleted",
        "'delete' removes a member of a submodule with everything that mentions it inside.", "Remove what names it, or the deletion.");

    internal static readonly ErrorCode UnusedFunction = new("MRW2019", "Function that nothing calls",
        "No formula of the model calls it.", "Remove it, or call it.");
    internal static readonly ErrorCode UnusedSpecies = new("MRW2020", "Species that nothing uses",
        "No reaction, rule, event or formula names it, so it stays as it starts.", "Remove it, or correct the spelling where it is meant.");
    internal static readonly ErrorCode HiddenName = new("MRW2021", "Name that hides another",
        "Where the name is used it means the nearer of two things that bear it.", "Give one of them another name.");
    internal static readonly ErrorCode DeadSwitch = new("MRW2022", "Switch that switches nothing",
        "No reaction, rate rule or event depends on it, or no rate is another one when it is turned.", "Name it in the rate that it is to switch, or remove it.");

    internal static readonly ErrorCode UnknownUnit = new("MRW3001", "Unit that nothing defines",
        "The unit is neither built in nor defined by the model.", "Define it: 'unit name = 1e9 item', or correct the spelling.");
    internal static readonly ErrorCode BadUnit = new("MRW3002", "Unit that cannot be read",
        "A unit is a product of named units with exponents, such as pM/d/G or mg*m^-2.", "Rewrite it in that form.");
    internal static readonly ErrorCode UnitMismatch = new("MRW3003", "Units that do not fit together",
        "Only quantities of the same dimension can be added, compared or assigned.", "Check the formula and the units of the names in it.");
    internal static readonly ErrorCode ScaleMismatch = new("MRW3004", "Units of different size",
        "The dimensions agree, the scales do not; nothing is converted silently.", "Use the same unit on both sides, or multiply by a named conversion factor.");
    internal static readonly ErrorCode NotDimensionless = new("MRW3005", "Argument with a dimension",
        "exp, ln, trigonometric functions and exponents take pure numbers.", "Divide by a reference quantity.");
    internal static readonly ErrorCode LiteralWithDimension = new("MRW3006", "Bare number where a quantity with a unit belongs",
        "A number in a formula is dimensionless; zero alone fits anything.", "Name it as a parameter with unit and source.");

    internal static readonly ErrorCode QuantityWithoutUnit = new("MRW3007", "Quantity without unit",
        "Units cannot be checked where a quantity has none.", "Give it one: 'x has unit', or a row of the parameter table.");
    internal static readonly ErrorCode SbmlUnits = new("MRW3008", "Units against a rule of SBML",
        "The units that an SBML model declares do not fit together; the message has the number of the rule. The model runs on its numbers, whatever their units.", "Correct the formula or the unit; or nothing, if the numbers are right.");

    internal static readonly ErrorCode BadTable = new("MRW4001", "Table that cannot be read",
        "The file is missing, not CSV, or lacks a column.", "Compare its first line with the columns that the message names.");
    internal static readonly ErrorCode NotANumber = new("MRW4002", "Cell that is not a number",
        "Value, lower and upper are numbers with a decimal point.", "Correct the cell.");
    internal static readonly ErrorCode MissingUnit = new("MRW4003", "Parameter without unit",
        "Every parameter needs a unit.", "Write its unit; 1 for a pure number.");
    internal static readonly ErrorCode MissingSource = new("MRW4004", "Parameter without source",
        "A measured or fitted value needs a source.", "Give a DOI, an address or a citation; 'unverified: ...' where nobody has read it yet.");
    internal static readonly ErrorCode MissingReason = new("MRW4005", "Assumption without reason",
        "An assumed value needs a reason instead of a source.", "Say in the column note why this value is plausible.");
    internal static readonly ErrorCode UnknownKind = new("MRW4006", "Unknown kind of parameter",
        "A parameter is measured, fitted or assumed.", "Write one of the three.");
    internal static readonly ErrorCode OutOfRange = new("MRW4007", "Value outside its range",
        "The value is below lower or above upper, or lower is above upper.", "Correct the value or the range.");
    internal static readonly ErrorCode UnknownDistribution = new("MRW4008", "Unknown distribution",
        "The distribution is empty, 'fixed' or 'lognormal(sd)' with sd above 0.", "Write one of the three.");
    internal static readonly ErrorCode DuplicateRow = new("MRW4009", "Two rows of a table with one id",
        "Within a table every id stands once; a later table may override it.", "Remove one of the rows.");
    internal static readonly ErrorCode MissingRow = new("MRW4010", "Parameter without a row in the tables",
        "Values of the model stand in its parameter tables, with unit and source.", "Add a row, or correct the spelling.");
    internal static readonly ErrorCode UnusedRow = new("MRW4011", "Row that nothing uses",
        "The row overrides a parameter that neither the model nor the main table has.", "Remove it, or correct its id.");

    internal static readonly ErrorCode SbmlLevel = new("MRW5920", "Not supported: level of SBML",
        "Level 1, Level 2 Versions 1 to 5 and Level 3 Versions 1 and 2 are read.", "Convert the model to Level 3, for instance with libSBML's converter.");
    internal static readonly ErrorCode SbmlPackage = new("MRW5921", "Not supported: package of SBML Level 3",
        "The package changes what the model means.", "Export the model without it.");
    internal static readonly ErrorCode SbmlAlgebraic = new("MRW5923", "Not supported: algebraic rule",
        "Each rule must determine a variable that nothing else does.", "Remove the rule, or what else determines its variables.");
    internal static readonly ErrorCode SbmlRandom = new("MRW5925", "Not supported: random draw in a formula",
        "Each evaluation would give another value.", "Use a parameter, and draw it before the simulation.");
    internal static readonly ErrorCode SbmlSymbol = new("MRW5926", "Not supported: symbol in a formula",
        "Of the symbols of SBML time, delay, avogadro and rateOf are known.", "Replace it by a parameter.");

    /// <summary>Every code, in numerical order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
        [.. typeof(ErrorCodes).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(f => f.FieldType == typeof(ErrorCode)).Select(f => (ErrorCode)f.GetValue(null)!)
            .OrderBy(c => c.Code, StringComparer.Ordinal)];

    /// <summary>Whether a code stands for units that SBML's rules find wrong, of which a foreign model may have hundreds.</summary>
    public static bool IsUnitOfSbml(string code) => code == SbmlUnits.Code;

    /// <summary>Whether a code stands for something that Marrow cannot do, rather than for a mistake: MRW1008 and 59xx.</summary>
    public static bool IsNotSupported(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code == Unsupported.Code || code.StartsWith("MRW59", StringComparison.Ordinal);
    }
}
