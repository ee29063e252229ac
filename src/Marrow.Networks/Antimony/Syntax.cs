using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>A name as written, with its dots: <c>A.B.x</c>.</summary>
internal sealed record NameSyntax(string Path, SourceSpan Where);

/// <summary>One file: what it imports, the modules and functions it defines, and its statements outside modules.</summary>
internal sealed record FileSyntax(
    string File, List<ImportSyntax> Imports, List<ModuleSyntax> Modules, List<FunctionDefinition> Functions, List<StatementSyntax> Statements);

internal sealed record ImportSyntax(string File, SourceSpan Where);

internal sealed record ModuleSyntax(
    string Name, bool IsMain, List<NameSyntax> Exports, List<StatementSyntax> Statements, SourceSpan Where);

internal abstract record StatementSyntax(SourceSpan Where);

/// <summary>What a declaration says about its names.</summary>
[Flags]
internal enum DeclarationKind
{
    None = 0,
    Species = 1,
    Compartment = 2,
    SubstanceOnly = 4,
    Constant = 8,
    Variable = 16,
}

/// <summary><c>species $A in C</c>: one name of a declaration; its value follows as a statement of its own.</summary>
internal sealed record DeclarationSyntax(
    DeclarationKind Kind, NameSyntax Name, bool IsBoundary, NameSyntax? Compartment, SourceSpan Where) : StatementSyntax(Where);

internal enum DefinitionKind
{
    /// <summary><c>x = ...</c></summary>
    Initial,

    /// <summary><c>x := ...</c></summary>
    Assignment,

    /// <summary><c>x' = ...</c></summary>
    Rate,
}

internal sealed record DefinitionSyntax(DefinitionKind Kind, NameSyntax Name, Expression Value, SourceSpan Where) : StatementSyntax(Where);

/// <summary><c>x has unit</c>.</summary>
internal sealed record HasUnitSyntax(NameSyntax Name, string Unit, SourceSpan Where) : StatementSyntax(Where);

/// <summary><c>unit u = 1e9 item</c>.</summary>
internal sealed record UnitSyntax(string Name, string Value, SourceSpan ValueWhere, SourceSpan Where) : StatementSyntax(Where);

/// <summary><c>x is "words"</c>.</summary>
internal sealed record DisplayNameSyntax(NameSyntax Name, string Text, SourceSpan Where) : StatementSyntax(Where);

/// <summary><c>x is y</c>: both are one; <c>x*f is y</c> or <c>x is y/f</c>: y is f times x.</summary>
internal sealed record SynchronizeSyntax(NameSyntax Name, NameSyntax Other, Expression? Factor, SourceSpan Where) : StatementSyntax(Where);

/// <summary><c>A: module(x, 3), timeconv = 60 in C</c>; an argument is a name (synchronised) or a value (override).</summary>
internal sealed record InstanceSyntax(
    NameSyntax Name, NameSyntax Module, List<ArgumentSyntax> Arguments, Expression? TimeFactor, Expression? ExtentFactor, NameSyntax? Compartment,
    SourceSpan Where) : StatementSyntax(Where);

internal sealed record ArgumentSyntax(NameSyntax? Name, Expression? Value, SourceSpan Where);

/// <summary><c>delete A.x</c>.</summary>
internal sealed record DeleteSyntax(NameSyntax Name, SourceSpan Where) : StatementSyntax(Where);

/// <summary><c>A.x = </c>, <c>A.x := </c> or <c>A.x' = </c> with nothing after it: the module's own definition is taken away.</summary>
internal sealed record ClearSyntax(DefinitionKind Kind, NameSyntax Name, SourceSpan Where) : StatementSyntax(Where);

/// <summary><c>2 S</c>, or <c>p S</c> with a parameter.</summary>
internal sealed record ParticipantSyntax(NameSyntax Species, double Stoichiometry, NameSyntax? Parameter, bool IsBoundary);

internal sealed record ReactionSyntax(
    NameSyntax? Name, List<ParticipantSyntax> Reactants, List<ParticipantSyntax> Products, bool IsReversible,
    Expression? Law, NameSyntax? Compartment, SourceSpan Where) : StatementSyntax(Where);

/// <summary><c>i: I -| J0</c>: a species that influences a reaction.</summary>
internal sealed record InteractionSyntax(
    NameSyntax? Name, List<NameSyntax> Species, NameSyntax Reaction, InteractionKind Kind, SourceSpan Where) : StatementSyntax(Where);

internal sealed record EventSyntax(
    NameSyntax? Name, Expression Trigger, Expression? Delay, Expression? Priority, bool IsPersistent, bool InitialValue, bool FromTrigger,
    List<EventAssignmentSyntax> Assignments, SourceSpan Where) : StatementSyntax(Where);

internal sealed record EventAssignmentSyntax(NameSyntax Variable, Expression Value, SourceSpan Where);

/// <summary><c>constraint c: x &gt; 0</c> or <c>0 &lt;= J0</c>.</summary>
internal sealed record ConstraintSyntax(NameSyntax? Name, Expression Condition, SourceSpan Where) : StatementSyntax(Where);

/// <summary><c>0 = f</c>, with a name or without; the name says nothing.</summary>
internal sealed record AlgebraicSyntax(Expression Value, SourceSpan Where) : StatementSyntax(Where);

/// <summary><c>x identity "http://..."</c>; without a name it is about the model.</summary>
internal sealed record AnnotationSyntax(NameSyntax? Name, string Qualifier, List<string> Values, SourceSpan Where) : StatementSyntax(Where);

/// <summary><c>x.stdev = 0.1</c>; if x is an instance of a module, its member of that name is meant.</summary>
internal sealed record UncertaintySyntax(NameSyntax Name, string Kind, string Text, DefinitionSyntax? Member, SourceSpan Where) : StatementSyntax(Where);
