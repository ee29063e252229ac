using System.Collections.Immutable;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using Marrow.Numerics.Random;

namespace Marrow.Tests.Antimony;

/// <summary>Networks made from a seed that use every part of the structure.</summary>
internal sealed class GeneratedModel
{
    private static readonly SourceSpan None = SourceSpan.None;
    private static readonly MathFunction[] All = Enum.GetValues<MathFunction>();
    private static readonly string[] Names = ["C1", "C2", "A", "B", "D", "E", "k", "p", "q"];

    private RandomStream _random;

    private GeneratedModel(uint seed) => _random = new RandomKey(seed, Purpose.Of("generated models")).Stream();

    /// <summary>Any formulas: not meant to be simulated.</summary>
    public static ReactionNetwork Network(uint seed) => new GeneratedModel(seed).Make(tame: false);

    /// <summary>Formulas that stay finite.</summary>
    public static ReactionNetwork Tame(uint seed) => new GeneratedModel(seed).Make(tame: true);

    private bool Coin() => _random.Uniform() < 0.5;

    private double Number() => Math.Round(_random.Uniform(0.1, 3), 3);

    private static NameExpression Name(string name) => new(name, None);

    private Expression Formula(bool tame, int depth = 3) => tame ? TameFormula(depth) : AnyFormula(depth);

    private Expression TameFormula(int depth)
    {
        if (depth == 0 || _random.Uniform() < 0.2) return Coin() ? Name(Names[_random.Below(Names.Length)]) : new NumberExpression(Number(), null, None);
        Expression part() => TameFormula(depth - 1);
        var (a, b) = (part(), part());
        var positive = new ApplyExpression(MathFunction.Add, [new NumberExpression(1, null, None), new ApplyExpression(MathFunction.Abs, [b], None)], None);
        return _random.Below(6) switch
        {
            0 => new ApplyExpression(MathFunction.Tanh, [a], None),
            1 => new ApplyExpression(MathFunction.Divide, [a, positive], None),
            2 => new ApplyExpression(MathFunction.Add, [a, b, part()], None),
            3 => new ApplyExpression(MathFunction.Subtract, [a, b], None),
            4 => new ApplyExpression(MathFunction.Ln, [positive], None),
            _ => new CallExpression("f", [a, new ApplyExpression(MathFunction.Tanh, [b], None)], None),
        };
    }

    private Expression AnyFormula(int depth)
    {
        if (depth == 0 || _random.Uniform() < 0.2)
        {
            return _random.Below(4) switch
            {
                0 => new TimeExpression(None),
                1 => new NumberExpression(Coin() ? Number() : _random.Uniform() * 1e-20, Coin() ? "mole" : null, None),
                2 when Coin() => new NumberExpression(double.PositiveInfinity, null, None),
                _ => Name(Names[_random.Below(Names.Length)]),
            };
        }
        var function = All[_random.Below(All.Length)];
        if (function == MathFunction.RateOf) return new ApplyExpression(function, [Name(Names[_random.Below(Names.Length)])], None);
        var (least, most) = Arity(function);
        var count = least + _random.Below(most - least + 1);
        return new ApplyExpression(function, [.. Enumerable.Range(0, count).Select(_ => AnyFormula(depth - 1))], None);
    }

    private static (int Least, int Most) Arity(MathFunction function) => function switch
    {
        MathFunction.True or MathFunction.False => (0, 0),
        MathFunction.Add or MathFunction.Multiply or MathFunction.And or MathFunction.Or or MathFunction.Xor => (0, 3),
        MathFunction.Min or MathFunction.Max => (1, 3),
        MathFunction.Piecewise => (3, 5),
        MathFunction.Less or MathFunction.LessOrEqual or MathFunction.Greater or MathFunction.GreaterOrEqual or MathFunction.Equal => (2, 3),
        MathFunction.NotEqual or MathFunction.Subtract or MathFunction.Divide or MathFunction.Power or MathFunction.Log or MathFunction.Root
            or MathFunction.Quotient or MathFunction.Remainder or MathFunction.Implies or MathFunction.Delay => (2, 2),
        _ => (1, 1),
    };

    private ReactionNetwork Make(bool tame)
    {
        Expression? number() => new NumberExpression(Number(), null, None);
        return new ReactionNetwork
        {
            Name = "generated",
            DisplayName = Coin() ? "a generated model" : null,
            Units = [new UnitDefinition("gram_per_litre", [new UnitFactor("metre", -3, 0, 1), new UnitFactor("kilogram", 1, 0, 1)], None)],
            Functions = [new FunctionDefinition("f", ["x", "y"], new ApplyExpression(MathFunction.Multiply, [Name("x"), Name("y")], None), None)],
            Compartments = [new Compartment("C1", null, number(), true, "L", 3, None), new Compartment("C2", "second", number(), false, null, 3, None) { Outside = "C1" }],
            Species =
            [
                new Species("A", "alpha", "C1", number(), Coin(), Coin(), false, false, null, None), new Species("B", null, "C2", number(), Coin(), Coin(), false, false, null, None),
                new Species("D", null, "C1", number(), Coin(), Coin(), true, Coin(), "mole", None), new Species("E", null, "C2", number(), false, Coin(), Coin(), false, null, None),
            ],
            Parameters =
            [
                new Parameter("k", null, new ApplyExpression(MathFunction.Add, [Name("p"), number()!], None), true, null, None), new Parameter("p", "rate", number(), true, "1/d", None),
                new Parameter("q", null, number(), false, null, None), new Parameter("r", null, null, false, null, None),
            ],
            Reactions = [Reaction("J1", ["A"], ["B", "D"], tame), Reaction("J2", [], ["A"], tame), Reaction("J3", ["B", "D"], [], tame)],
            AssignmentRules = [new AssignmentRule("r", Formula(tame), None)],
            RateRules = [new RateRule("E", new ApplyExpression(MathFunction.Negate, [Name("E")], None), None), new RateRule("C2", new ApplyExpression(MathFunction.Multiply, [new NumberExpression(0.1, null, None), Name("C2")], None), None)],
            Events = [Event("late", tame), Event("soon", tame)],
            Interactions = [new Interaction(Coin() ? "i1" : null, ["E"], "J1", (InteractionKind)_random.Below(3), None)],
            Constraints = [new Constraint(Coin() ? "positive" : null, new ApplyExpression(MathFunction.GreaterOrEqual, [Name("A"), new NumberExpression(0, null, None)], None), None)],
            Annotations =
            [
                new Annotation("", "notes", ["several\nlines, and \"quotes\""], None), new Annotation("A", "identity", ["http://identifiers.org/chebi/CHEBI:17234", "http://example.org"], None),
                new Annotation("J1", "sboTerm", ["SBO:0000176"], None), new Annotation("", "creator1.name", ["Hugh Barrett"], None),
            ],
            Uncertainties = [new Uncertainty("p", "stdev", "0.1", None), new Uncertainty("p", "confidenceInterval", "{0.5, 1.5}", None), new Uncertainty("p", "distribution", "\"http://example.org/normal\"", None)],
        };
    }

    private Reaction Reaction(string id, string[] from, string[] to, bool tame)
    {
        SpeciesReference part(string species) => Coin() ? new SpeciesReference(species, Coin() ? 1 : Number()) : new SpeciesReference(species, 1) { Factor = Name(Coin() ? "p" : "q") };
        ImmutableArray<SpeciesReference> reactants = [.. from.Select(part)], products = [.. to.Select(part)];
        var law = Formula(tame);
        var taking = from.Concat(to).ToHashSet(StringComparer.Ordinal);
        var modifiers = ExpressionWalk.Nodes(law).OfType<NameExpression>().Select(n => n.Name).Where(n => n is "A" or "B" or "D" or "E").Concat(id == "J1" ? ["E"] : []).Where(n => !taking.Contains(n)).Distinct();
        return new Reaction(id, Coin() ? "a reaction" : null, reactants, products, [.. modifiers], law, Coin(), None);
    }

    private NetworkEvent Event(string id, bool tame)
    {
        var trigger = tame ? new ApplyExpression(MathFunction.Greater, [new TimeExpression(None), new NumberExpression(Number(), null, None)], None) : AnyFormula(2);
        return new NetworkEvent(
            id, null, trigger, [new EventAssignment("q", new NumberExpression(Number(), null, None), None), new EventAssignment("B", Formula(tame), None)],
            Coin() ? new NumberExpression(Number(), null, None) : null, Coin() ? Formula(tame, 1) : null, Coin(), Coin(), None)
        { UsesValuesFromTrigger = Coin() };
    }
}
