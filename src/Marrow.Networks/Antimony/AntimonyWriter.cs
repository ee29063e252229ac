using System.Collections.Immutable;
using System.Text;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>Writes a flat network as Antimony. Reading the text gives the same network (up to places in files and, where the order has no
/// meaning, order), so that it simulates to the same bits.</summary>
/// <remarks>Names that are words of Antimony get a '_'. Antimony has no spelling for the number of dimensions of a compartment. Strings hold neither quotes nor line ends: these become
/// apostrophes and blanks, except in notes.</remarks>
public sealed class AntimonyWriter
{
    private readonly ReactionNetwork _network;
    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _ruled;

    private AntimonyWriter(ReactionNetwork network)
    {
        _network = network;
        _ruled = network.AssignmentRules.Select(r => r.Variable).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The network as text, with line feeds.</summary>
    public static string Write(ReactionNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new AntimonyWriter(AntimonyNames.In(NamedStoichiometries.In(network, areAbove0: true))).Run();
    }

    /// <summary>The first part of a network for which Antimony has no words, with its place; null if there is none.</summary>
    public static (string What, SourceSpan Where)? Unspeakable(ReactionNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Reactions.FirstOrDefault(r => r.IsFast) is { } fast ? ($"the fast reaction '{fast.Id}'", fast.Where) : null;
    }

    private string Run()
    {
        foreach (var function in _network.Functions)
            _text.Append("function ").Append(function.Id).Append('(').AppendJoin(", ", function.Arguments).Append(")\n  ").Append(ExpressionText.Of(function.Body)).Append("\nend\n\n");
        var name = Identifiers.Of(_network.Name);
        _text.Append("model *").Append(name).Append("()\n");
        Section("Units", _network.Units.Select(u => $"unit {u.Id} = {UnitText.Of(u)}"));
        // Names first and without values, so that they are read in this order whatever the formulas mention.
        Section("Compartments", _network.Compartments.Select(Declaration));
        Section("Species", _network.Species.Select(Declaration));
        Section("Parameters", _network.Parameters.Select(p => $"{(p.IsConstant ? "const" : "var")} {p.Id}"));
        Section("Values", Values());
        Section("Reactions", _network.Reactions.Select(Reaction));
        Section("Interactions", Interactions());
        Section("Rules", Rules());
        Section("Events", _network.Events.Select(Event));
        Section("Constraints", _network.Constraints.Select(c => $"constraint{(c.Id is null ? "" : " " + c.Id)}: {ExpressionText.Of(c.Condition)}"));
        Section("Units of quantities", UnitsOfQuantities());
        Section("Names", DisplayNames());
        Section("Annotations", _network.Annotations.Select(Annotation).Concat(_network.Uncertainties.Select(Uncertainty)));
        _text.Append("end\n");
        if (_network.DisplayName is { } display) _text.Append('\n').Append(name).Append(" is ").Append(Quoted(display)).Append('\n');
        return _text.ToString();
    }

    private void Section(string title, IEnumerable<string> lines)
    {
        var first = true;
        foreach (var line in lines)
        {
            if (first) _text.Append("\n  // ").Append(title).Append('\n');
            first = false;
            _text.Append("  ").Append(line).Append('\n');
        }
    }

    private static string Declaration(Compartment c) =>
        $"{(c.IsConstant ? "const" : "var")} compartment {c.Id}{(c.Outside is null ? "" : " in " + c.Outside)}";

    private static string Declaration(Species s)
    {
        var kind = (s.IsConstant ? "const " : "") + (s.IsSubstanceOnly ? "substanceOnly " : "");
        return $"{kind}species {(s.IsBoundary && !s.IsConstant ? "$" : "")}{s.Id} in {s.Compartment}";
    }

    private IEnumerable<string> Values()
    {
        foreach (var c in _network.Compartments.Where(c => c.Size is not null && !_ruled.Contains(c.Id))) yield return $"{c.Id} = {ExpressionText.Of(c.Size!)}";
        foreach (var s in _network.Species.Where(s => s.Initial is not null && !_ruled.Contains(s.Id))) yield return $"{s.Id} = {Initial(s)}";
        foreach (var p in _network.Parameters.Where(p => p.Value is not null && !_ruled.Contains(p.Id))) yield return $"{p.Id} = {ExpressionText.Of(p.Value!)}";
    }

    /// <summary>An amount of a species that is a concentration, as amount/compartment; the other way round as concentration*compartment.</summary>
    private static string Initial(Species s)
    {
        var place = new NameExpression(s.Compartment, s.Where);
        if (s.InitialIsAmount != s.IsSubstanceOnly)
            return ExpressionText.Of(new ApplyExpression(s.InitialIsAmount ? MathFunction.Divide : MathFunction.Multiply, [s.Initial!, place], s.Where));
        // A formula that happens to look like that is kept apart from it by a factor of 1.
        var looksLikeIt = s.Initial is ApplyExpression { Function: MathFunction.Divide or MathFunction.Multiply, Arguments: [_, NameExpression last] } && last.Name == s.Compartment;
        return looksLikeIt ? $"1*({ExpressionText.Of(s.Initial!)})" : ExpressionText.Of(s.Initial!);
    }

    private static string Reaction(Reaction r) =>
        $"{r.Id}: {Side(r.Reactants)}{(r.Reactants.IsEmpty ? "" : " ")}{(r.IsReversible ? "->" : "=>")}{(r.Products.IsEmpty ? " " : " " + Side(r.Products))}; {ExpressionText.Of(r.KineticLaw)}";

    private static string Side(ImmutableArray<SpeciesReference> side) => string.Join(" + ", side.Select(part =>
        part.Factor is NameExpression factor ? $"{factor.Name} {part.Species}" : part.Stoichiometry == 1 ? part.Species : $"{ExpressionText.Of(part.Stoichiometry)} {part.Species}"));

    private IEnumerable<string> Interactions()
    {
        foreach (var i in _network.Interactions)
        {
            var arrow = i.Kind switch { InteractionKind.Activation => "-o", InteractionKind.Inhibition => "-|", _ => "-(" };
            yield return $"{(i.Id is null ? "" : i.Id + ": ")}{string.Join(" + ", i.Species)} {arrow} {i.Reaction}";
        }
        var said = _network.Interactions.SelectMany(i => i.Species.Select(s => (s, i.Reaction))).ToHashSet();
        foreach (var r in _network.Reactions)
        {
            var named = ExpressionWalk.Nodes(r.KineticLaw).OfType<NameExpression>().Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var modifier in r.Modifiers.Where(m => !named.Contains(m) && !said.Contains((m, r.Id)))) yield return $"{modifier} -( {r.Id}";
        }
    }

    /// <summary>Rules in the order of the declarations, which is the order in which they are read.</summary>
    private IEnumerable<string> Rules()
    {
        var ordered = DeclarationOrder.Apply(_network);
        foreach (var rule in ordered.AssignmentRules) yield return $"{rule.Variable} := {ExpressionText.Of(rule.Value)}";
        foreach (var rule in ordered.RateRules) yield return $"{rule.Variable}' = {ExpressionText.Of(rule.Rate)}";
        foreach (var rule in _network.AlgebraicRules) yield return $"0 = {ExpressionText.Of(rule.Value)}";
    }

    private static string Event(NetworkEvent e)
    {
        var text = new StringBuilder(e.Id).Append(": at ");
        if (e.Delay is not null) text.Append(ExpressionText.Of(e.Delay)).Append(" after (").Append(ExpressionText.Of(e.Trigger)).Append(')');
        else text.Append(ExpressionText.Of(e.Trigger));
        if (e.Priority is not null) text.Append(", priority = ").Append(ExpressionText.Of(e.Priority));
        if (!e.InitialValue) text.Append(", t0 = false");
        if (!e.IsPersistent) text.Append(", persistent = false");
        if (!e.UsesValuesFromTrigger) text.Append(", fromTrigger = false");
        // The ';' keeps what follows from being read as an assignment.
        return e.Assignments.IsEmpty ? text.Append(": ;").ToString() : text.Append(':').AppendJoin(",", e.Assignments.Select(a => $" {a.Variable} = {ExpressionText.Of(a.Value)}")).ToString();
    }

    private IEnumerable<string> UnitsOfQuantities() =>
        _network.Compartments.Select(c => (c.Id, c.Unit)).Concat(_network.Species.Select(s => (s.Id, s.Unit))).Concat(_network.Parameters.Select(p => (p.Id, p.Unit)))
            .Where(x => x.Unit is not null).Select(x => $"{x.Id} has {UnitText.Ascii(x.Unit!)}");

    private IEnumerable<string> DisplayNames() =>
        _network.Compartments.Select(c => (c.Id, c.DisplayName)).Concat(_network.Species.Select(s => (s.Id, s.DisplayName)))
            .Concat(_network.Parameters.Select(p => (p.Id, p.DisplayName))).Concat(_network.Reactions.Select(r => (r.Id, r.DisplayName)))
            .Concat(_network.Events.Select(e => (e.Id, e.DisplayName))).Where(x => x.DisplayName is not null).Select(x => $"{x.Id} is {Quoted(x.DisplayName!)}");

    private static string Annotation(Annotation a)
    {
        var element = a.Element.Length == 0 ? "model" : a.Element;
        if (a.Qualifier == "sboTerm") return $"{element}.sboTerm = {a.Values[0]}";
        var isLong = a.Values.Any(v => v.AsSpan().IndexOfAny('"', '\n', '\r') >= 0);
        return $"{element} {a.Qualifier} {(isLong ? string.Join(", ", a.Values.Select(Fenced)) : string.Join(", ", a.Values.Select(Quoted)))}";
    }

    private static string Uncertainty(Uncertainty u) => $"{u.Element}.{u.Kind} {(u.Value.StartsWith('"') ? "is" : "=")} {u.Value}";

    private static string Quoted(string text) => $"\"{text.Replace('"', '\'').ReplaceLineEndings(" ")}\"";

    private static string Fenced(string text) => $"```{text.Replace("```", "'''", StringComparison.Ordinal)}```";
}
