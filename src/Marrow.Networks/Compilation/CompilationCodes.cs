using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Compilation;

/// <summary>Every problem that compiling a network can report. Range: 5xxx; from 5900 on what is not supported.</summary>
internal static class CompilationCodes
{
    public static readonly ErrorCode UnknownName = new("MRW5001", "Formula with an unknown name",
        "No species, parameter, compartment or reaction has this name.", "Correct the spelling, or declare it.");
    public static readonly ErrorCode UnknownFunction = new("MRW5002", "Formula with an unknown function",
        "The function is neither built in nor defined.", "Correct the spelling, or define the function.");
    public static readonly ErrorCode WrongArguments = new("MRW5003", "Wrong number of arguments",
        "A function is called with another number of arguments than it takes.", "Give as many as the message says.");
    public static readonly ErrorCode RecursiveFunction = new("MRW5004", "Function that calls itself",
        "Functions are written out where they are used, which never ends here.", "Write the function without itself.");
    public static readonly ErrorCode Duplicate = new("MRW5005", "Name declared twice",
        "Species, parameters, compartments and reactions share one set of names.", "Rename one of them.");
    public static readonly ErrorCode RateCycle = new("MRW5006", "Rate that depends on itself",
        "A formula uses rateOf of something whose rate needs this formula.", "Write the rate out.");
    public static readonly ErrorCode ValueCycle = new("MRW5007", "Value that depends on itself",
        "Rules or initial assignments lead back to where they began.", "Break the circle; a feedback over time is a reaction or a rate rule.");
    public static readonly ErrorCode NoValue = new("MRW5008", "Quantity without value",
        "It is used, and nothing sets it.", "Give it a value, a rule or a row in the parameter table.");
    public static readonly ErrorCode FixedTarget = new("MRW5009", "Event that assigns to something fixed",
        "A rule or a kinetic law determines it at all times.", "Assign to what the rule uses.");
    public static readonly ErrorCode UnknownScale = new("MRW5010", "Tolerance scale for something that is not a state",
        "Only what changes continuously has an absolute tolerance.", "Correct the name, or remove the scale.");
    public static readonly ErrorCode BadScale = new("MRW5011", "Tolerance scale that is not above 0",
        "The scale multiplies the absolute tolerance.", "Give a finite number above 0.");
    public static readonly ErrorCode BadPopulation = new("MRW5012", "Counted population that the model cannot have",
        "Species that are counted while they are few belong to one population each and change by reactions alone.", "Correct the row of the table.");
    public static readonly ErrorCode NotCountable = new("MRW5013", "Reaction that cannot be counted in cells",
        "Cells come, go and move one by one, each with a hazard of its own.", "Write the rate as hazard times cells, and the change as a whole number.");
    public static readonly ErrorCode InitialRateOf = new("MRW5902", "Not supported: rateOf in an initial assignment",
        "Rates are known only after the initial values.", "Write the rate out.");
    public static readonly ErrorCode StochasticRateRule = new("MRW5905", "Not supported: rate rule in tau-leaping",
        "A leap holds propensities, and what follows a rate rule changes meanwhile.", "Simulate with --method ssa, which follows it exactly, or write reactions.");
    public static readonly ErrorCode StochasticTime = new("MRW5906", "Not supported: rate that depends on time in tau-leaping",
        "A leap holds propensities, which time changes meanwhile.", "Simulate with --method ssa, which is exact, or change a parameter by an event.");
    public static readonly ErrorCode StochasticFraction = new("MRW5907", "Not supported: part of an individual in a stochastic simulation",
        "A reaction changes whole numbers of individuals.", "Use whole stoichiometry, and put the factor into the rate.");
    public static readonly ErrorCode StochasticStoichiometry = new("MRW5908", "Not supported: stoichiometry that changes in a stochastic simulation",
        "A reaction changes the same whole number of individuals each time.", "Use a number, or a constant parameter with a plain number.");
    public static readonly ErrorCode DelayInFunction = new("MRW5909", "Not supported: delay inside a function",
        "Functions are of their arguments alone; the past of an argument is none of them.", "Write the delay out where the function is called.");
    public static readonly ErrorCode StochasticDelay = new("MRW5910", "Not supported: delay in a stochastic simulation",
        "What is to come of a jump process depends on its present alone.", "Simulate with --method ode.");
    public static readonly ErrorCode ImplicitRateOf = new("MRW5911", "Not supported: rate of what an equation determines",
        "A species of a fast reaction, and the variable of an algebraic rule, have no rate of their own.", "Write the rate out.");
    public static readonly ErrorCode FastStoichiometry = new("MRW5912", "Not supported: stoichiometry that changes in a fast reaction",
        "What a fast reaction leaves the same must not change with time.", "Use a number, or a constant parameter.");
    public static readonly ErrorCode StochasticEquation = new("MRW5913", "Not supported: algebraic rule or fast reaction in a stochastic simulation",
        "A jump process changes by reactions, one at a time.", "Simulate with --method ode.");
    public static readonly ErrorCode DelayNesting = new("MRW5914", "Not supported: delays inside delays without measure",
        "A value of the past that needs others of its own past multiplies the work.", "Make the inner delays variables with rate rules, or leave some out.");
}
