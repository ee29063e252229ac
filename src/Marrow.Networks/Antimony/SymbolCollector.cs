using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>Collects on each symbol what the statements say about it. A statement of a module nearer to the main one
/// overrides those of the modules that it contains.</summary>
internal sealed class SymbolCollector(Instantiator instances, Reporter reporter)
{
    /// <summary>Symbols with a reaction or an event, in the order of their statements.</summary>
    public List<Symbol> Processes { get; } = [];

    /// <summary>Units that the model defines.</summary>
    public List<UnitSyntax> Units { get; } = [];

    /// <summary>Compartments of whole module instances, by prefix.</summary>
    public Dictionary<string, Symbol> InstanceCompartments { get; } = new(StringComparer.Ordinal);

    /// <summary>Interactions, with the prefix of their instance.</summary>
    public List<(string Prefix, InteractionSyntax Syntax)> Interactions { get; } = [];

    /// <summary>Constraints, with the prefix of their instance.</summary>
    public List<(string Prefix, ConstraintSyntax Syntax)> Constraints { get; } = [];

    /// <summary>Algebraic rules, with the prefix of their instance.</summary>
    public List<(string Prefix, AlgebraicSyntax Syntax)> Algebraic { get; } = [];

    /// <summary>What is said about elements, with the prefix of their instance.</summary>
    public List<(string Prefix, StatementSyntax Syntax)> Remarks { get; } = [];

    private readonly Dictionary<string, int> _anonymous = new(StringComparer.Ordinal);

    public void Run()
    {
        foreach (var placed in instances.Statements) Collect(placed);
        foreach (var symbol in instances.Symbols.Values.Where(s => ReferenceEquals(s, s.Root) && s.Deleted is null)) Settle(symbol);
        foreach (var (prefix, rule) in Algebraic) Free(prefix, rule);
    }

    private Symbol Root(string prefix, NameSyntax name) => instances.Resolve(prefix, name).Root;

    private void Collect(PlacedStatement placed)
    {
        var prefix = placed.Prefix;
        switch (placed.Statement)
        {
            case DeclarationSyntax declaration:
                Declare(Root(prefix, declaration.Name), declaration, prefix);
                break;
            case DefinitionSyntax definition:
                Define(instances.Resolve(prefix, definition.Name), definition, placed);
                break;
            case ClearSyntax clear:
                var cleared = Root(prefix, clear.Name).Cleared;
                cleared[clear.Kind] = Math.Min(placed.Depth, cleared.GetValueOrDefault(clear.Kind, int.MaxValue));
                break;
            case HasUnitSyntax has:
                var measured = Root(prefix, has.Name);
                measured.Unit = Nearer(measured.Unit, new Definition<string>(has.Unit, prefix, placed.Depth, has.Where));
                break;
            case UnitSyntax unit:
                Units.Add(unit);
                break;
            case DisplayNameSyntax display:
                Root(prefix, display.Name).DisplayName = display.Text;
                break;
            case ReactionSyntax reaction:
                React(reaction, placed);
                break;
            case InteractionSyntax interaction:
                Root(prefix, interaction.Reaction).Modifiers.AddRange(interaction.Species.Select(s => Root(prefix, s)));
                Interactions.Add((prefix, interaction));
                break;
            case ConstraintSyntax constraint:
                reporter.Warn(ErrorCodes.Ignored, constraint.Where, "a constraint is kept, not enforced", "the simulation goes on where it does not hold");
                Constraints.Add((prefix, constraint));
                break;
            case AlgebraicSyntax algebraic:
                Algebraic.Add((prefix, algebraic));
                break;
            case AnnotationSyntax or UncertaintySyntax:
                Remarks.Add((prefix, placed.Statement));
                break;
            case EventSyntax @event:
                Happen(@event, placed);
                break;
            case InstanceSyntax { Compartment: { } compartment } instance:
                InstanceCompartments[prefix + instance.Name.Path + "."] = Compartment(prefix, compartment);
                break;
        }
    }

    private Symbol Compartment(string prefix, NameSyntax name)
    {
        var place = Root(prefix, name);
        place.IsCompartment = true;
        return place;
    }

    private void Declare(Symbol symbol, DeclarationSyntax declaration, string prefix)
    {
        var kind = declaration.Kind;
        symbol.IsSpecies |= kind.HasFlag(DeclarationKind.Species);
        symbol.IsCompartment |= kind.HasFlag(DeclarationKind.Compartment);
        symbol.IsSubstanceOnly |= kind.HasFlag(DeclarationKind.SubstanceOnly);
        symbol.IsConstant |= kind.HasFlag(DeclarationKind.Constant);
        symbol.IsVariable |= kind.HasFlag(DeclarationKind.Variable);
        symbol.IsBoundary |= declaration.IsBoundary;
        if (declaration.Compartment is { } compartment) symbol.Compartment = Root(prefix, compartment);
    }

    private void Define(Symbol named, DefinitionSyntax definition, PlacedStatement placed)
    {
        var symbol = named.Root;
        var made = new Definition<Expression>(definition.Value, placed.Prefix, placed.Depth, definition.Where) { ToRoot = named.ToRoot };
        var name = definition.Name.Path;
        switch (definition.Kind)
        {
            case DefinitionKind.Initial:
                if (IsRepeated(symbol.Initial, made)) reporter.Warn(ErrorCodes.Duplicate, definition.Where, $"'{name}' gets a value twice", $"line {symbol.Initial!.Where.Line} gives one already; the later counts", "removing one");
                symbol.Initial = Nearer(symbol.Initial, made);
                break;
            case DefinitionKind.Assignment:
                if (IsRepeated(symbol.Assignment, made)) Repeated($"'{name} :='", definition.Where, symbol.Assignment!.Where);
                symbol.Assignment = Nearer(symbol.Assignment, made);
                break;
            default:
                if (IsRepeated(symbol.Rate, made)) Repeated($"'{name}' ='", definition.Where, symbol.Rate!.Where);
                symbol.Rate = Nearer(symbol.Rate, made);
                break;
        }
    }

    private void React(ReactionSyntax reaction, PlacedStatement placed)
    {
        var symbol = Process(reaction.Name, "_J", placed, reaction.Where);
        var made = new Definition<ReactionSyntax>(reaction, placed.Prefix, placed.Depth, reaction.Where);
        if (symbol.Reaction is null) Processes.Add(symbol);
        else if (IsRepeated(symbol.Reaction, made)) Repeated($"reaction '{symbol.Path}'", reaction.Where, symbol.Reaction.Where);
        symbol.Reaction = Nearer(symbol.Reaction, made);
        foreach (var participant in reaction.Reactants.Concat(reaction.Products))
        {
            var species = Root(placed.Prefix, participant.Species);
            species.IsSpecies = true;
            species.IsBoundary |= participant.IsBoundary;
            if (reaction.Compartment is { } place) species.ReactionCompartment = Compartment(placed.Prefix, place);
        }
    }

    private void Happen(EventSyntax @event, PlacedStatement placed)
    {
        var symbol = Process(@event.Name, "_E", placed, @event.Where);
        var made = new Definition<EventSyntax>(@event, placed.Prefix, placed.Depth, @event.Where);
        if (symbol.Event is null) Processes.Add(symbol);
        else if (IsRepeated(symbol.Event, made)) Repeated($"event '{symbol.Path}'", @event.Where, symbol.Event.Where);
        symbol.Event = Nearer(symbol.Event, made);
        foreach (var assignment in @event.Assignments) Root(placed.Prefix, assignment.Variable).IsChangedByEvent = true;
    }

    private Symbol Process(NameSyntax? name, string anonymous, PlacedStatement placed, SourceSpan where)
    {
        if (name is not null) return Root(placed.Prefix, name);
        var key = placed.Prefix + anonymous;
        var number = _anonymous[key] = _anonymous.GetValueOrDefault(key, -1) + 1;
        return Root(placed.Prefix, new NameSyntax($"{anonymous}{number}", where));
    }

    /// <summary>An algebraic rule determines what is declared to vary; where nothing is, the one parameter that nothing else determines.</summary>
    private void Free(string prefix, AlgebraicSyntax rule)
    {
        var open = FormulaNames.Of(rule.Value).Select(n => Root(prefix, n)).Distinct()
            .Where(s => !s.IsConstant && s.Assignment is null && s.Rate is null && !s.IsChangedByEvent && s.Reaction is null).ToList();
        if (!open.Exists(s => s.IsVariable || s.IsSpecies) && open.Count == 1) open[0].IsVariable = true;
    }

    private static bool IsRepeated<T>(Definition<T>? old, Definition<T> made) => old is not null && old.Prefix == made.Prefix && old.Depth == made.Depth;

    private void Repeated(string what, SourceSpan where, SourceSpan first) =>
        reporter.Error(ErrorCodes.Duplicate, where, $"{what} is defined twice", $"first on line {first.Line}", "removing or renaming one");

    private static Definition<T> Nearer<T>(Definition<T>? old, Definition<T> made) => old is not null && old.Depth < made.Depth ? old : made;

    /// <summary>Chooses between competing kinds of definition.</summary>
    private void Settle(Symbol symbol)
    {
        bool isCleared(DefinitionKind kind, int? depth) => depth > symbol.Cleared.GetValueOrDefault(kind, int.MaxValue);
        if (isCleared(DefinitionKind.Initial, symbol.Initial?.Depth)) symbol.Initial = null;
        if (isCleared(DefinitionKind.Assignment, symbol.Assignment?.Depth)) symbol.Assignment = null;
        if (isCleared(DefinitionKind.Rate, symbol.Rate?.Depth)) symbol.Rate = null;
        if (symbol.Assignment is { } rule && symbol.Initial is { } initial)
        {
            if (rule.Depth == initial.Depth) reporter.Error(ErrorCodes.Overdetermined, initial.Where, $"'{symbol.Path}' has an initial value and an assignment rule", $"the rule on line {rule.Where.Line} determines it at all times", "keeping one of them");
            if (initial.Depth < rule.Depth) symbol.Assignment = null;
            else symbol.Initial = null;
        }
        if (symbol.Assignment is { } assignment && symbol.Rate is { } rate)
        {
            if (assignment.Depth == rate.Depth) reporter.Error(ErrorCodes.Overdetermined, rate.Where, $"'{symbol.Path}' has an assignment rule and a rate rule", "", "keeping one of them");
            if (rate.Depth < assignment.Depth) symbol.Assignment = null;
            else symbol.Rate = null;
        }
        var kinds = new List<string>();
        if (symbol.IsSpecies) kinds.Add("species");
        if (symbol.IsCompartment) kinds.Add("compartment");
        if (symbol.Reaction is not null) kinds.Add("reaction");
        if (symbol.Event is not null) kinds.Add("event");
        if (symbol.IsInstance) kinds.Add("module instance");
        if (kinds.Count > 1) reporter.Error(ErrorCodes.KindConflict, symbol.Where, $"'{symbol.Path}' is used as {string.Join(" and ", kinds)}", "", "another name for one of them");
    }
}
