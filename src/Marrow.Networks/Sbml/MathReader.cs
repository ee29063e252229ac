using System.Collections.Immutable;
using System.Globalization;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Sbml;

/// <summary>Turns MathML into expressions.</summary>
/// <param name="functions">Names of the functions that the model defines.</param>
/// <param name="knowsUnit">Whether a unit of a number means something.</param>
/// <param name="reporter">Receives problems.</param>
internal sealed class MathReader(IReadOnlySet<string> functions, Func<string, bool> knowsUnit, Reporter reporter)
{
    // The value that the specification of Level 3 prints.
    private const double Avogadro = 6.02214179e23;

    private static readonly Dictionary<string, double> Constants = new(StringComparer.Ordinal)
    {
        ["pi"] = Math.PI,
        ["exponentiale"] = Math.E,
        ["infinity"] = double.PositiveInfinity,
        ["notanumber"] = double.NaN,
    };

    private static readonly IReadOnlyDictionary<string, string> NoLocals = new Dictionary<string, string>();

    private IReadOnlyDictionary<string, string> _locals = NoLocals;

    /// <summary>The formula of the <c>math</c> inside an element; null if it has none.</summary>
    /// <param name="owner">The element.</param>
    /// <param name="locals">New names of local parameters.</param>
    public Expression? Of(XmlNode owner, IReadOnlyDictionary<string, string>? locals = null)
    {
        if (owner["formula"] is { } text)
        {
            var names = locals ?? NoLocals;
            return LevelOne.Formula(text, owner.Where, name => names.GetValueOrDefault(name, name), reporter);
        }
        if (owner.Child("math") is not { Children: [var content, ..] }) return null;
        _locals = locals ?? NoLocals;
        return Read(content);
    }

    /// <summary>The arguments and the body of a function; null if it has no body.</summary>
    public (ImmutableArray<string> Arguments, Expression Body)? Lambda(XmlNode owner)
    {
        var lambda = owner.Child("math")?.Child("lambda") ?? owner.Child("math")?.Child("semantics")?.Child("lambda");
        if (lambda is null || lambda.Children.Count == 0 || lambda.Children[^1].Name == "bvar") return null;
        _locals = NoLocals;
        return ([.. lambda.Children.Where(c => c.Name == "bvar").Select(c => c.Child("ci")?.Text ?? "")], Read(lambda.Children[^1]));
    }

    private Expression Read(XmlNode node)
    {
        if (Constants.TryGetValue(node.Name, out var constant)) return new NumberExpression(constant, null, node.Where);
        return node.Name switch
        {
            "cn" => Number(node),
            "ci" => new NameExpression(_locals.GetValueOrDefault(node.Text, node.Text), node.Where),
            "csymbol" => Symbol(node),
            "true" => new ApplyExpression(MathFunction.True, [], node.Where),
            "false" => new ApplyExpression(MathFunction.False, [], node.Where),
            "apply" => Apply(node),
            "piecewise" => Piecewise(node),
            "semantics" when node.Children.Count > 0 => Read(node.Children[0]),
            _ => Wrong(node, $"'{node.Name}' is no part of the formulas of SBML"),
        };
    }

    private NumberExpression Number(XmlNode node)
    {
        var parts = node.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var value = double.NaN;
        var isRead = (node["type"] ?? "real") switch
        {
            "e-notation" => parts.Length == 2 && int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
                && SbmlDocument.TryNumber(string.Create(CultureInfo.InvariantCulture, $"{parts[0]}e{exponent}"), out value),
            "rational" => parts.Length == 2 && Quotient(parts[0], parts[1], out value),
            "real" or "integer" or "double" => parts.Length == 1 && SbmlDocument.TryNumber(parts[0], out value),
            _ => false,
        };
        if (!isRead) return Wrong(node, $"'{node.Text}' is no number");
        return new NumberExpression(value, node["units"] is { } unit && knowsUnit(unit) ? unit : null, node.Where);
    }

    private static bool Quotient(string above, string below, out double value)
    {
        value = double.NaN;
        if (!SbmlDocument.TryNumber(above, out var a) || !SbmlDocument.TryNumber(below, out var b)) return false;
        value = a / b;
        return true;
    }

    private Expression Symbol(XmlNode node)
    {
        switch (SymbolOf(node))
        {
            case "time": return new TimeExpression(node.Where);
            case "avogadro": return new NumberExpression(Avogadro, null, node.Where);
            case "rateOf" or "delay": return Wrong(node, $"'{node.Text}' stands without arguments");
        }
        reporter.Error(ErrorCodes.SbmlSymbol, node.Where, $"the symbol '{node["definitionURL"]}'");
        return new NumberExpression(1, null, node.Where);
    }

    private static string SymbolOf(XmlNode node) => node["definitionURL"] is { } address ? address[(address.LastIndexOf('/') + 1)..] : "";

    private Expression Apply(XmlNode node)
    {
        if (node.Children.Count == 0) return Wrong(node, "'apply' without operator");
        var head = node.Children[0];
        switch (head.Name)
        {
            case "ci":
                if (!functions.Contains(head.Text)) return Foreign(head, node);
                return new CallExpression(head.Text, Arguments(node), node.Where);
            case "csymbol": return ApplySymbol(head, node);
            case "minus": return Of(node, 1, 2, a => Make(a.Length == 1 ? MathFunction.Negate : MathFunction.Subtract, a, node));
            case "root": return Of(node, 1, 1, a => Qualifier(node, "degree") is { } degree ? Make(MathFunction.Root, [degree, a[0]], node) : Make(MathFunction.Sqrt, a, node));
            case "log": return Of(node, 1, 1, a => Qualifier(node, "logbase") is { } logbase ? Make(MathFunction.Log, [logbase, a[0]], node) : Make(MathFunction.Log10, a, node));
        }
        if (!MathFunctions.ByElement.TryGetValue(head.Name, out var function)) return Wrong(head, $"'{head.Name}' is no operator of SBML");
        var (least, most) = MathFunctions.Arity[function];
        return Of(node, least, most, a => Make(function, a, node));
    }

    /// <summary>A function that the model does not define: some programs write those of their own language so.</summary>
    private Expression Foreign(XmlNode head, XmlNode node)
    {
        var arguments = Arguments(node);
        if (MathFunctions.Foreign(head.Text, arguments) is not { } call) return Wrong(head, $"'{head.Text}' is no function of the model");
        reporter.Warn(ErrorCodes.SbmlForeignFunction, head.Where, $"'{head.Text}' is no function of the model", "it is taken for the function that usually has this name");
        return call;
    }

    private Expression ApplySymbol(XmlNode head, XmlNode node)
    {
        switch (SymbolOf(head))
        {
            case "rateOf": return Of(node, 1, 1, a => Make(MathFunction.RateOf, a, node));
            case "delay": return Of(node, 2, 2, a => Make(MathFunction.Delay, a, node));
            default:
                if (head["definitionURL"]?.Contains("distrib", StringComparison.Ordinal) == true) reporter.Error(ErrorCodes.SbmlRandom, head.Where, $"the formula draws '{SymbolOf(head)}'");
                else reporter.Error(ErrorCodes.SbmlSymbol, head.Where, $"the symbol '{head["definitionURL"]}'");
                break;
        }
        return new NumberExpression(1, null, node.Where);
    }

    private Expression Of(XmlNode node, int least, int most, Func<ImmutableArray<Expression>, Expression> make)
    {
        var arguments = Arguments(node);
        return arguments.Length >= least && arguments.Length <= most ? make(arguments) : Wrong(node, $"'{node.Children[0].Name}' with {arguments.Length} arguments");
    }

    private ImmutableArray<Expression> Arguments(XmlNode node) => [.. node.Children.Skip(1).Where(c => c.Name is not ("degree" or "logbase")).Select(Read)];

    private Expression? Qualifier(XmlNode node, string name) => node.Child(name) is { Children: [var value, ..] } ? Read(value) : null;

    private Expression Piecewise(XmlNode node)
    {
        var parts = ImmutableArray.CreateBuilder<Expression>();
        foreach (var piece in node.Children.Where(c => c.Name == "piece"))
        {
            if (piece.Children.Count != 2) return Wrong(piece, "'piece' needs a value and a condition");
            parts.Add(Read(piece.Children[0]));
            parts.Add(Read(piece.Children[1]));
        }
        if (node.Child("otherwise") is { Children: [var otherwise, ..] }) parts.Add(Read(otherwise));
        return parts.Count == 0 ? new NumberExpression(double.NaN, null, node.Where) : Make(MathFunction.Piecewise, parts.ToImmutable(), node);
    }

    private static ApplyExpression Make(MathFunction function, ImmutableArray<Expression> arguments, XmlNode node) => new(function, arguments, node.Where);

    private NumberExpression Wrong(XmlNode node, string what)
    {
        reporter.Error(ErrorCodes.BadSbml, node.Where, what);
        return new NumberExpression(1, null, node.Where);
    }
}
