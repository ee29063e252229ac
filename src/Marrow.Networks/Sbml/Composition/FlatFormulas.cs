using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Sbml.Composition;

/// <summary>Rewrites the formulas of an instance in the names, the time and the extents of the main model.</summary>
internal sealed class FlatFormulas(Merging merging, FlatNames names, Reporter reporter)
{
    private const string Space = "http://www.w3.org/1998/Math/MathML";
    private const int DeepestFactor = 50, MostFactors = 1_000_000;

    private int _factors;

    /// <summary>The formula with its factors.</summary>
    /// <param name="math">The element <c>math</c>.</param>
    /// <param name="instance">Where it stands.</param>
    /// <param name="locals">The local parameters; null: none.</param>
    /// <param name="factors">By what its value is multiplied.</param>
    public XmlNode Convert(XmlNode math, ModelInstance instance, LocalNames? locals = null, IEnumerable<Factor>? factors = null)
    {
        var scope = new Scope(instance, locals ?? LocalNames.None, [.. Merging.Time(instance)]);
        var copy = new XmlNode(math.Name, math.Space, math.Where);
        foreach (var child in math.Children) copy.Add(Times(Convert(child, scope), factors ?? [], 0));
        return copy;
    }

    /// <summary>The name of what an element became; null, with the reason reported, if nothing is left of it.</summary>
    /// <param name="element">The element.</param>
    /// <param name="from">Where it is named.</param>
    /// <param name="factors">Receives the factors from the value under that name to that of the element.</param>
    public string? NameOf(Element element, XmlNode from, List<Factor>? factors = null)
    {
        var final = merging.Final(element, factors);
        if (merging.IsGone(final))
        {
            reporter.Error(ErrorCodes.Deleted, from.Where, $"'{element.Node["id"]}' of submodel '{element.Owner.Prefix.Replace("__", ".", StringComparison.Ordinal).TrimEnd('.')}' is used, and was deleted or replaced together with what it stands in");
            return null;
        }
        if (factors is not null && final.Node.Name == "reaction")
            foreach (var factor in Merging.Rate(final.Owner)) Factor.Multiply(factors, factor.Inverse);
        return names.Of(merging.NameSource(final)) ?? names.Of(final);
    }

    private sealed record Scope(ModelInstance Instance, LocalNames Locals, List<Factor> Time);

    private XmlNode Convert(XmlNode node, Scope scope) => node.Name switch
    {
        "ci" => Name(node, scope),
        "csymbol" when IsSymbol(node, "time") => Times(Copy(node), scope.Time.Select(f => f.Inverse), 0),
        "apply" when node.Children.Count > 0 => Apply(node, scope),
        "lambda" => Lambda(node, scope),
        "cn" => Number(node, scope),
        _ => Copy(node, c => Convert(c, scope)),
    };

    private XmlNode Apply(XmlNode node, Scope scope)
    {
        var head = node.Children[0];
        if (IsSymbol(head, "rateOf") && node.Children is [_, { Name: "ci" } variable]) return RateOf(node, variable, scope);
        var delays = IsSymbol(head, "delay") && node.Children.Count == 3;
        var copy = Copy(node, c => c == head ? Head(head, scope) : delays && c == node.Children[2] ? Times(Convert(c, scope), scope.Time, 0) : Convert(c, scope));
        return copy;
    }

    /// <summary>An operator, or the name of a function.</summary>
    private XmlNode Head(XmlNode head, Scope scope)
    {
        if (head.Name != "ci") return Copy(head);
        var isKnown = scope.Instance.Index.Ids.TryGetValue(head.Text, out var function);
        return Identifier((isKnown ? NameOf(new Element(scope.Instance, function!), head) : null) ?? scope.Instance.Prefix + head.Text, head);
    }

    private XmlNode RateOf(XmlNode node, XmlNode variable, Scope scope)
    {
        if (scope.Locals.Names.ContainsKey(variable.Text) || scope.Locals.Replaced.ContainsKey(variable.Text) || !scope.Instance.Index.Ids.TryGetValue(variable.Text, out var target)) return Copy(node, c => Convert(c, scope));
        var factors = new List<Factor>();
        if (NameOf(new Element(scope.Instance, target), variable, factors) is not { } name) return Copy(node);
        var rate = new XmlNode(node.Name, node.Space, node.Where);
        rate.Add(Copy(node.Children[0]));
        rate.Add(Identifier(name, variable));
        foreach (var factor in scope.Time) Factor.Multiply(factors, factor);
        return Times(rate, factors, 0);
    }

    /// <summary>A function: its arguments hide other names.</summary>
    private XmlNode Lambda(XmlNode node, Scope scope)
    {
        var arguments = node.Children.Where(c => c.Name == "bvar").Select(c => c.Child("ci")?.Text).OfType<string>();
        var inside = scope with { Locals = LocalNames.None with { Names = arguments.Distinct(StringComparer.Ordinal).ToDictionary(n => n, n => n, StringComparer.Ordinal) } };
        return Copy(node, c => Convert(c, inside));
    }

    private XmlNode Number(XmlNode node, Scope scope)
    {
        var copy = new XmlNode(node.Name, node.Space, node.Where);
        foreach (var (name, value) in node.Attributes) copy.Add(name, name == "units" ? Unit(value, node, scope.Instance) : value);
        copy.AddText(node.Text);
        return copy;
    }

    /// <summary>The flat name of a unit.</summary>
    public string Unit(string unit, XmlNode from, ModelInstance instance) =>
        instance.Index.UnitIds.TryGetValue(unit, out var node) ? NameOf(new Element(instance, node), from) ?? unit : unit;

    private XmlNode Name(XmlNode node, Scope scope)
    {
        if (scope.Locals.Names.TryGetValue(node.Text, out var local)) return Identifier(local, node);
        if (scope.Locals.Replaced.TryGetValue(node.Text, out var replaced)) return Value(replaced, node, 0);
        // A name that nothing defines stays one, whatever the main model holds.
        if (!scope.Instance.Index.Ids.TryGetValue(node.Text, out var target)) return Identifier(scope.Instance.Prefix + node.Text, node);
        return Value(new Element(scope.Instance, target), node, 0);
    }

    /// <summary>A formula for the value of an element in the units of its instance.</summary>
    private XmlNode Value(Element element, XmlNode from, int depth)
    {
        var factors = new List<Factor>();
        return NameOf(element, from, factors) is { } name ? Times(Identifier(name, from), factors, depth) : Copy(from);
    }

    private XmlNode Times(XmlNode formula, IEnumerable<Factor> factors, int depth)
    {
        var product = factors.ToList();
        if (product.Count == 0 || _factors > MostFactors) return formula;
        _factors += product.Count;
        if (_factors > MostFactors || depth > DeepestFactor)
        {
            reporter.Error(ErrorCodes.TooComplex, formula.Where, "conversion factors that are themselves converted, again and again");
            return formula;
        }
        List<XmlNode> Values(bool areDivisors) => [.. product.Where(f => f.IsDivisor == areDivisors).Select(f => Value(f.Parameter, formula, depth + 1))];
        var (above, below) = (Values(false), Values(true));
        if (above.Count > 0) formula = Operator("times", [formula, .. above], formula);
        if (below.Count > 0) formula = Operator("divide", [formula, below.Count == 1 ? below[0] : Operator("times", below, formula)], formula);
        return formula;
    }

    private static XmlNode Operator(string name, List<XmlNode> arguments, XmlNode from)
    {
        var apply = new XmlNode("apply", Space, from.Where);
        apply.Add(new XmlNode(name, Space, from.Where));
        foreach (var argument in arguments) apply.Add(argument);
        return apply;
    }

    private static XmlNode Identifier(string name, XmlNode from)
    {
        var node = new XmlNode("ci", Space, from.Where);
        node.AddText(name);
        return node;
    }

    private static XmlNode Copy(XmlNode node, Func<XmlNode, XmlNode>? convert = null)
    {
        var copy = new XmlNode(node.Name, node.Space, node.Where);
        foreach (var (name, value) in node.Attributes) copy.Add(name, value);
        copy.AddText(node.Text);
        foreach (var child in node.Children) copy.Add(convert is null ? Copy(child) : convert(child));
        return copy;
    }

    private static bool IsSymbol(XmlNode node, string name) => node.Name == "csymbol" && node["definitionURL"]?.EndsWith($"/{name}", StringComparison.Ordinal) == true;
}

/// <summary>The parameters of one kinetic law.</summary>
/// <param name="Names">Their names in the flat model.</param>
/// <param name="Replaced">Those for which something else stands in.</param>
internal sealed record LocalNames(IReadOnlyDictionary<string, string> Names, IReadOnlyDictionary<string, Element> Replaced)
{
    /// <summary>No parameters.</summary>
    public static LocalNames None { get; } = new(new Dictionary<string, string>(), new Dictionary<string, Element>());
}
