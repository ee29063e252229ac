using System.Collections.Immutable;
using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Structure;

/// <summary>A flat, immutable reaction network: what Antimony and SBML are read into and what every engine runs.
/// Submodules are already instantiated; their members are named <c>instance__member</c>, as Tellurium names them.</summary>
public sealed record ReactionNetwork
{
    /// <summary>Name of the main module.</summary>
    public required string Name { get; init; }
    /// <summary>Display name, if given.</summary>
    public string? DisplayName { get; init; }
    /// <summary>Units that the model defines.</summary>
    public ImmutableArray<UnitDefinition> Units { get; init; } = [];
    /// <summary>User-defined functions.</summary>
    public ImmutableArray<FunctionDefinition> Functions { get; init; } = [];
    /// <summary>Compartments.</summary>
    public ImmutableArray<Compartment> Compartments { get; init; } = [];
    /// <summary>Species, in the order of first mention.</summary>
    public ImmutableArray<Species> Species { get; init; } = [];
    /// <summary>Parameters, in the order of first mention.</summary>
    public ImmutableArray<Parameter> Parameters { get; init; } = [];
    /// <summary>Reactions.</summary>
    public ImmutableArray<Reaction> Reactions { get; init; } = [];
    /// <summary>Assignment rules <c>x := ...</c>.</summary>
    public ImmutableArray<AssignmentRule> AssignmentRules { get; init; } = [];
    /// <summary>Rate rules <c>x' = ...</c>.</summary>
    public ImmutableArray<RateRule> RateRules { get; init; } = [];
    /// <summary>Algebraic rules <c>0 = ...</c>.</summary>
    public ImmutableArray<AlgebraicRule> AlgebraicRules { get; init; } = [];
    /// <summary>Events.</summary>
    public ImmutableArray<NetworkEvent> Events { get; init; } = [];
    /// <summary>Which species influence which reactions, where the model says so.</summary>
    public ImmutableArray<Interaction> Interactions { get; init; } = [];
    /// <summary>Conditions that should hold; kept, not enforced.</summary>
    public ImmutableArray<Constraint> Constraints { get; init; } = [];
    /// <summary>Terms, notes and authors.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
    /// <summary>Uncertainty of values; kept, not used.</summary>
    public ImmutableArray<Uncertainty> Uncertainties { get; init; } = [];
    /// <summary>What the SBML document from which it was read says of units; null if it is from elsewhere.</summary>
    public SbmlUnitDefaults? SbmlUnits { get; init; }
}

/// <summary>Level of an SBML document, and the names of the units of what names none; null where the document gives none.</summary>
public sealed record SbmlUnitDefaults(int Level, string? Substance, string? Extent, string? Time, string? Volume, string? Area, string? Length);

/// <summary>A named unit: product of base units, <c>multiplier * 10^scale * kind^exponent</c> each.</summary>
public sealed record UnitDefinition(string Id, ImmutableArray<UnitFactor> Factors, SourceSpan Where);

/// <summary>One factor of a unit: <c>(multiplier * 10^scale * kind)^exponent</c>; kind is an SBML base unit (mole, litre, second, item, ...).</summary>
public sealed record UnitFactor(string Kind, double Exponent, int Scale, double Multiplier);

/// <summary>A user-defined function; its body names only its arguments.</summary>
public sealed record FunctionDefinition(string Id, ImmutableArray<string> Arguments, Expression Body, SourceSpan Where);

/// <summary>A compartment. <paramref name="Size"/> null means 1.</summary>
public sealed record Compartment(
    string Id, string? DisplayName, Expression? Size, bool IsConstant, string? Unit, double Dimensions, SourceSpan Where)
{
    /// <summary>The compartment in which it lies, if the model says so; it has no effect.</summary>
    public string? Outside { get; init; }
}

/// <summary>A species. In formulas its name means its concentration, unless <paramref name="IsSubstanceOnly"/>: then its amount.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="DisplayName">Name for people, if given.</param>
/// <param name="Compartment">Identifier of its compartment.</param>
/// <param name="Initial">Initial value; null means 0.</param>
/// <param name="InitialIsAmount">Whether <paramref name="Initial"/> is an amount rather than a concentration.</param>
/// <param name="IsSubstanceOnly">SBML hasOnlySubstanceUnits.</param>
/// <param name="IsBoundary">Reactions do not change it (<c>$</c>).</param>
/// <param name="IsConstant">Nothing changes it.</param>
/// <param name="Unit">Unit of its amount, if given.</param>
/// <param name="Where">Place of its declaration.</param>
public sealed record Species(
    string Id, string? DisplayName, string Compartment, Expression? Initial, bool InitialIsAmount,
    bool IsSubstanceOnly, bool IsBoundary, bool IsConstant, string? Unit, SourceSpan Where);

/// <summary>A parameter. Its value may be an expression of other parameters (an initial assignment).</summary>
public sealed record Parameter(string Id, string? DisplayName, Expression? Value, bool IsConstant, string? Unit, SourceSpan Where);

/// <summary>A reaction. The kinetic law is in substance per time.</summary>
public sealed record Reaction(
    string Id, string? DisplayName, ImmutableArray<SpeciesReference> Reactants, ImmutableArray<SpeciesReference> Products,
    ImmutableArray<string> Modifiers, Expression KineticLaw, bool IsReversible, SourceSpan Where)
{
    /// <summary>Whether the reaction is in equilibrium at all times: the others are slow compared with it.</summary>
    public bool IsFast { get; init; }
}

/// <summary>A species taking part in a reaction, with its stoichiometry (above 0).</summary>
public sealed record SpeciesReference(string Species, double Stoichiometry)
{
    /// <summary>A formula by which <see cref="Stoichiometry"/> is multiplied at all times; null: none.</summary>
    public Expression? Factor { get; init; }
}

/// <summary><c>variable := value</c> at all times.</summary>
public sealed record AssignmentRule(string Variable, Expression Value, SourceSpan Where)
{
    /// <summary>Whether it is an algebraic rule, solved for the variable.</summary>
    public bool IsSolved { get; init; }
}

/// <summary><c>d(variable)/dt = rate</c>.</summary>
public sealed record RateRule(string Variable, Expression Rate, SourceSpan Where);

/// <summary><c>0 = value</c> at all times, which determines <paramref name="Variable"/>.</summary>
public sealed record AlgebraicRule(string Variable, Expression Value, SourceSpan Where);

/// <summary>When the trigger turns from false to true, the assignments are made together, at once or after the delay.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="DisplayName">Name for people, if given.</param>
/// <param name="Trigger">Its condition.</param>
/// <param name="Assignments">What it sets.</param>
/// <param name="Delay">Time from trigger to execution; null: none.</param>
/// <param name="Priority">Of events due at the same time the highest comes first; null: after those that have one, in order.</param>
/// <param name="IsPersistent">Whether it is executed although the trigger has ceased to hold meanwhile.</param>
/// <param name="InitialValue">Whether the trigger counts as having held before the start.</param>
/// <param name="Where">Place of its definition.</param>
public sealed record NetworkEvent(
    string Id, string? DisplayName, Expression Trigger, ImmutableArray<EventAssignment> Assignments,
    Expression? Delay, Expression? Priority, bool IsPersistent, bool InitialValue, SourceSpan Where)
{
    /// <summary>Whether the values assigned are those of the time of the trigger; otherwise those of the execution.</summary>
    public bool UsesValuesFromTrigger { get; init; } = true;
}

/// <summary>One assignment of an event.</summary>
public sealed record EventAssignment(string Variable, Expression Value, SourceSpan Where);
