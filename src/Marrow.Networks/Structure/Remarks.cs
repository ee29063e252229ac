using System.Collections.Immutable;
using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Structure;

/// <summary>How a species influences a reaction that it does not take part in.</summary>
public enum InteractionKind
{
    /// <summary><c>-o</c>: more of it makes the reaction faster.</summary>
    Activation,

    /// <summary><c>-|</c>: more of it makes the reaction slower.</summary>
    Inhibition,

    /// <summary><c>-(</c>: either.</summary>
    Unknown,
}

/// <summary>A statement that species influence a reaction; the rate law says how.</summary>
/// <param name="Id">Its name, if given.</param>
/// <param name="Species">The species.</param>
/// <param name="Reaction">The reaction.</param>
/// <param name="Kind">In which direction.</param>
/// <param name="Where">Place of the statement.</param>
public sealed record Interaction(string? Id, ImmutableArray<string> Species, string Reaction, InteractionKind Kind, SourceSpan Where);

/// <summary>A condition that the model's author expects to hold at all times. It is kept, not enforced.</summary>
/// <param name="Id">Its name, if given.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Where">Place of the statement.</param>
public sealed record Constraint(string? Id, Expression Condition, SourceSpan Where);

/// <summary>What is said about an element for people and databases: terms of ontologies, notes, creators, dates.</summary>
/// <param name="Element">Identifier; empty for the model itself.</param>
/// <param name="Qualifier">The relation, as Antimony spells it: <c>identity</c>, <c>isVersionOf</c>, <c>notes</c>, <c>sboTerm</c>, <c>creator1.name</c>.</param>
/// <param name="Values">Addresses or texts.</param>
/// <param name="Where">Place of the statement.</param>
public sealed record Annotation(string Element, string Qualifier, ImmutableArray<string> Values, SourceSpan Where);

/// <summary>What is known about the uncertainty of a value, as written.</summary>
/// <param name="Element">Identifier.</param>
/// <param name="Kind">Which statistic: <c>mean</c>, <c>stdev</c>, <c>confidenceInterval</c>, <c>distribution</c> and so on.</param>
/// <param name="Value">The text after <c>=</c>; of a definition by address, the address in quotes.</param>
/// <param name="Where">Place of the statement.</param>
public sealed record Uncertainty(string Element, string Kind, string Value, SourceSpan Where);
