using System.Collections.Immutable;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Networks.Structure;
using Marrow.Networks.Units;

namespace Marrow.Networks.Antimony;

/// <summary>Turns collected symbols into a flat network.</summary>
internal sealed class NetworkBuilder(ModuleLibrary library, Instantiator instances, SymbolCollector collected, Reporter reporter)
{
    private const string DefaultCompartment = "default_compartment";

    private readonly UnitScope _units = new();
    private readonly FormulaConverter _formulas = new(instances);
    private readonly Dictionary<string, Symbol> _roots = new(StringComparer.Ordinal);
    private bool _needsDefaultCompartment;

    public ReactionNetwork Build(string name)
    {
        var roots = instances.Symbols.Values.Where(s => ReferenceEquals(s, s.Root) && s.Deleted is null).OrderBy(s => s.Order).ToList();
        var units = Units();
        foreach (var symbol in roots)
        {
            _roots[symbol.Id] = symbol;
            Place(symbol, roots);
        }
        var network = new ReactionNetwork
        {
            Name = name,
            DisplayName = library.DisplayNames.GetValueOrDefault(name),
            Units = units,
            Functions = [.. library.Functions.Values.OrderBy(f => f.Where.File, StringComparer.Ordinal).ThenBy(f => f.Where.Line)],
            Species = [.. roots.Where(s => s.IsSpecies).Select(Species)],
            Parameters = [.. roots.Where(IsParameter).Select(Parameter)],
            Reactions = [.. collected.Processes.Where(s => s.Reaction is not null).Select(Reaction)],
            Events = [.. collected.Processes.Where(s => s.Event is not null).Select(Event)],
            AssignmentRules = [.. roots.Where(s => s.Assignment is not null).Select(s => new AssignmentRule(s.Id, Formula(s.Assignment!), s.Assignment!.Where))],
            RateRules = [.. roots.Where(s => s.Rate is not null).Select(s => new RateRule(s.Id, Rate(s.Rate!), s.Rate!.Where))],
            Interactions = [.. collected.Interactions.Select(i => Interaction(i.Prefix, i.Syntax))],
            Constraints = [.. collected.Constraints.Select(c => new Constraint(c.Syntax.Name is null ? null : new Symbol(c.Prefix + c.Syntax.Name.Path, 0, c.Syntax.Where).Id, Formula(c.Syntax.Condition, c.Prefix), c.Syntax.Where))],
        };
        network = new RemarkCollector(library, instances, reporter).Add(network, collected.Remarks);
        var compartments = roots.Where(s => s.IsCompartment).Select(Compartment);
        if (_needsDefaultCompartment) compartments = compartments.Append(new Compartment(DefaultCompartment, null, null, true, null, 3, SourceSpan.None));
        network = network with { Compartments = [.. compartments] };
        return collected.Algebraic.Count == 0 ? network
            : DeclarationOrder.Apply(new AlgebraicRules(network, reporter).Solve([.. collected.Algebraic.Select(r => Formula(r.Syntax.Value, r.Prefix))]));
    }

    private static bool IsParameter(Symbol s) =>
        !s.IsSpecies && !s.IsCompartment && !s.IsInstance && s.Reaction is null && s.Event is null
        && s.IsMember;

    private ImmutableArray<UnitDefinition> Units()
    {
        var result = ImmutableArray.CreateBuilder<UnitDefinition>();
        foreach (var syntax in collected.Units)
        {
            if (!Unit.TryParse(syntax.Value, _units, out var unit, out var problem))
            {
                reporter.Error(ErrorCodes.BadUnit, syntax.ValueWhere, $"unit '{syntax.Name}' cannot be read: {problem}", "", "unit G = 1e9 item");
            }
            else if (_units.Defined(syntax.Name) is not { } old)
            {
                _units.Define(syntax.Name, unit);
                result.Add(new UnitDefinition(syntax.Name, UnitScope.Factors(unit), syntax.Where));
            }
            else if (!old.Equals(unit)) reporter.Error(ErrorCodes.Duplicate, syntax.Where, $"unit '{syntax.Name}' is defined twice, differently", $"once as {old}, once as {unit}", "another name for one of them");
        }
        return result.ToImmutable();
    }

    /// <summary>Finds the compartment of a species and checks that it is one.</summary>
    private void Place(Symbol symbol, List<Symbol> roots)
    {
        if (symbol.Compartment is null) return;
        if (symbol.Reaction is not null || symbol.Event is not null || symbol.IsInstance) return;
        if (!symbol.IsCompartment) symbol.IsSpecies = true;
        var place = symbol.Compartment.Root;
        if (place.IsCompartment) return;
        var declared = roots.Where(s => s.IsCompartment).Select(s => s.Path).ToList();
        if (place.IsSpecies || place.Reaction is not null || declared.Count > 0)
        {
            reporter.Error(ErrorCodes.UnknownCompartment, symbol.Where, $"'{symbol.Path}' lies in '{place.Path}', which is not a compartment", "", Spelling.Hint(place.Path, declared, $"compartment {place.Path} = 1"));
            return;
        }
        place.IsCompartment = true;
    }

    private Compartment Compartment(Symbol s) => new(
        s.Id, s.DisplayName, s.Initial is null ? null : Formula(s.Initial), !IsChanging(s), UnitOf(s), 3, s.Where)
    { Outside = s.Compartment?.Root.Id };

    private Species Species(Symbol s)
    {
        var compartment = (s.Compartment ?? s.ReactionCompartment)?.Root.Id ?? DefaultOf(s.Path);
        var initial = s.Initial is null ? null : Formula(s.Initial);
        var isAmount = s.IsSubstanceOnly;
        // Antimony writes an amount as "S = 5/C" with C the compartment of S, and a concentration of a substance-only species as "S = 5*C".
        if (initial is ApplyExpression { Arguments: [var value, NameExpression place] } given && place.Name == compartment
            && given.Function == (isAmount ? MathFunction.Multiply : MathFunction.Divide))
        {
            initial = value;
            isAmount = !isAmount;
        }
        return new Species(s.Id, s.DisplayName, compartment, initial, isAmount, s.IsSubstanceOnly, s.IsBoundary || s.IsConstant, s.IsConstant, UnitOf(s), s.Where);
    }

    private string DefaultOf(string path)
    {
        for (var dot = path.LastIndexOf('.'); dot >= 0; dot = dot == 0 ? -1 : path.LastIndexOf('.', dot - 1))
        {
            if (collected.InstanceCompartments.TryGetValue(path[..(dot + 1)], out var place)) return place.Root.Id;
        }
        _needsDefaultCompartment = true;
        return DefaultCompartment;
    }

    private Parameter Parameter(Symbol s) => new(
        s.Id, s.DisplayName, s.Initial is null ? null : Formula(s.Initial), !IsChanging(s), UnitOf(s), s.Initial?.Where ?? s.Where);

    private static bool IsChanging(Symbol s) => !s.IsConstant && (s.Assignment is not null || s.Rate is not null || s.IsChangedByEvent || s.IsVariable);

    private string? UnitOf(Symbol s)
    {
        if (s.Unit is not { } unit) return null;
        if (Unit.TryParse(unit.Value, _units, out _, out var problem)) return unit.Value;
        reporter.Error(ErrorCodes.UnknownUnit, unit.Where, $"unit of '{s.Path}': {problem}", "", "'unit name = ...', or a built-in unit such as d, pM, mg/L");
        return null;
    }

    private Reaction Reaction(Symbol s)
    {
        var (syntax, prefix) = (s.Reaction!.Value, s.Reaction.Prefix);
        // "A.J = law" overrides the rate law of a module's reaction.
        var law = s.Initial is not null ? Law(s.Initial.Value, s.Initial.Prefix) : syntax.Law is not null ? Law(syntax.Law, prefix) : null;
        if (law is null)
        {
            reporter.Error(ErrorCodes.MissingRateLaw, syntax.Where, $"reaction '{s.Path}' has no rate law", "neither after its ';' nor as a definition of its name", $"{s.Path} = ...");
            law = new NumberExpression(0, null, syntax.Where);
        }
        var reactants = Participants(syntax.Reactants, prefix);
        var products = Participants(syntax.Products, prefix);
        var taking = reactants.Concat(products).Select(r => r.Species).ToHashSet(StringComparer.Ordinal);
        var named = ExpressionWalk.Nodes(law).OfType<NameExpression>().Select(n => n.Name).Distinct();
        var modifiers = named.Select(n => _roots.GetValueOrDefault(n)).OfType<Symbol>().Where(x => x.IsSpecies).OrderBy(x => x.Order)
            .Concat(s.Modifiers.Select(m => m.Root)).Select(x => x.Id).Where(id => !taking.Contains(id)).Distinct();
        return new Reaction(s.Id, s.DisplayName, reactants, products, [.. modifiers], law, syntax.IsReversible, syntax.Where);
    }

    /// <summary>A rate law of a module, per time and in extents of the main module.</summary>
    private Expression Law(Expression law, string prefix) => _formulas.Times(Formula(law, prefix), instances.Conversions[prefix].Rate);

    private ImmutableArray<SpeciesReference> Participants(List<ParticipantSyntax> participants, string prefix) =>
        [.. participants.Select(p => Participant(p, prefix)).GroupBy(p => p.Species).Select(Together)];

    private SpeciesReference Participant(ParticipantSyntax syntax, string prefix)
    {
        var species = instances.Resolve(prefix, syntax.Species);
        var factor = syntax.Parameter is { } name ? Formula(new NameExpression(name.Path, name.Where), prefix) : null;
        if (species.ToRoot is { Count: > 0 } toRoot) factor = _formulas.Times(factor ?? new NumberExpression(1, null, syntax.Species.Where), toRoot);
        return new SpeciesReference(species.Root.Id, syntax.Stoichiometry) { Factor = factor };
    }

    /// <summary>A species that stands several times on one side.</summary>
    private static SpeciesReference Together(IGrouping<string, SpeciesReference> parts)
    {
        if (parts.Count() == 1) return parts.First();
        if (parts.All(p => p.Factor is null)) return new SpeciesReference(parts.Key, parts.Sum(p => p.Stoichiometry));
        var terms = parts.Select(p =>
        {
            var number = new NumberExpression(p.Stoichiometry, null, SourceSpan.None);
            return p.Factor is null ? number : (Expression)new ApplyExpression(MathFunction.Multiply, [number, p.Factor], SourceSpan.None);
        });
        return new SpeciesReference(parts.Key, 1) { Factor = new ApplyExpression(MathFunction.Add, [.. terms], SourceSpan.None) };
    }

    private Interaction Interaction(string prefix, InteractionSyntax syntax) => new(
        syntax.Name is null ? null : new Symbol(prefix + syntax.Name.Path, 0, syntax.Where).Id, [.. syntax.Species.Select(s => instances.Resolve(prefix, s).Root.Id)],
        instances.Resolve(prefix, syntax.Reaction).Root.Id, syntax.Kind, syntax.Where);

    private NetworkEvent Event(Symbol s)
    {
        var (syntax, prefix) = (s.Event!.Value, s.Event.Prefix);
        var assignments = syntax.Assignments.Select(a =>
        {
            var variable = instances.Resolve(prefix, a.Variable);
            return new EventAssignment(variable.Root.Id, _formulas.Times(Formula(a.Value, prefix), variable.ToRoot), a.Where);
        });
        var delay = syntax.Delay is null ? null : _formulas.Times(Formula(syntax.Delay, prefix), instances.Conversions[prefix].Time);
        return new NetworkEvent(s.Id, s.DisplayName, Formula(syntax.Trigger, prefix), [.. assignments], delay,
            syntax.Priority is null ? null : Formula(syntax.Priority, prefix), syntax.IsPersistent, syntax.InitialValue, syntax.Where)
        { UsesValuesFromTrigger = syntax.FromTrigger };
    }

    private Expression Formula(Definition<Expression> definition) => _formulas.Times(Formula(definition.Value, definition.Prefix), definition.ToRoot);

    /// <summary>A rate of change, per time of the main module.</summary>
    private Expression Rate(Definition<Expression> definition) =>
        _formulas.Times(Formula(definition), instances.Conversions[definition.Prefix].Time.Select(f => f.Inverse()));

    private Expression Formula(Expression formula, string prefix)
    {
        foreach (var number in ExpressionWalk.Nodes(formula).OfType<NumberExpression>())
        {
            if (number.Unit is null) continue;
            var product = $"{ExpressionText.Of(number.Value)}*{number.Unit}, if a product is meant";
            if (!Unit.TryParse(number.Unit, _units, out _, out var problem)) reporter.Error(ErrorCodes.UnknownUnit, number.Where, problem, "a name after a number is its unit", product);
            else if (instances.Symbols.ContainsKey(prefix + number.Unit)) reporter.Error(ErrorCodes.Ambiguous, number.Where, $"'{number.Unit}' is a unit and a name of the model", "a name after a number is its unit", product);
        }
        return _formulas.Convert(formula, prefix);
    }
}
