using System.Globalization;
using System.Xml;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Sbml.Writing;

/// <summary>Writes expressions as MathML in the subset of SBML Level 3 Version 2.</summary>
/// <param name="xml">Receives the elements.</param>
/// <param name="core">Namespace of SBML, to which the units of numbers belong.</param>
/// <param name="unitOf">Identifier of the unit of a number.</param>
internal sealed class MathWriter(XmlWriter xml, string core, Func<string, string?> unitOf)
{
    private const string Space = "http://www.w3.org/1998/Math/MathML", Symbols = "http://www.sbml.org/sbml/symbols/";

    private static readonly Dictionary<MathFunction, string> Elements = MathFunctions.ByElement.ToDictionary(x => x.Value, x => x.Key);

    /// <summary>The element <c>math</c> with a formula.</summary>
    public void Write(Expression formula)
    {
        xml.WriteStartElement("math", Space);
        Node(formula);
        xml.WriteEndElement();
    }

    /// <summary>The element <c>math</c> with a function.</summary>
    public void Write(FunctionDefinition function)
    {
        xml.WriteStartElement("math", Space);
        xml.WriteStartElement("lambda", Space);
        foreach (var argument in function.Arguments) Within("bvar", () => xml.WriteElementString("ci", Space, argument));
        Node(function.Body);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>A number so that reading it gives the same bits, as SBML spells it outside formulas.</summary>
    public static string Text(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "INF" : double.IsNegativeInfinity(value) ? "-INF" : value.ToString("R", CultureInfo.InvariantCulture);

    private void Node(Expression formula)
    {
        switch (formula)
        {
            case NumberExpression n:
                Number(n);
                break;
            case NameExpression n:
                xml.WriteElementString("ci", Space, n.Name);
                break;
            case TimeExpression:
                Symbol("time");
                break;
            case CallExpression c:
                Within("apply", () =>
                {
                    xml.WriteElementString("ci", Space, c.Function);
                    foreach (var argument in c.Arguments) Node(argument);
                });
                break;
            case ApplyExpression a:
                Apply(a);
                break;
        }
    }

    private void Apply(ApplyExpression a)
    {
        switch (a.Function)
        {
            case MathFunction.True or MathFunction.False:
                Empty(a.Function == MathFunction.True ? "true" : "false");
                break;
            case MathFunction.Piecewise:
                Piecewise(a);
                break;
            case MathFunction.Log or MathFunction.Root when a.Arguments.Length == 2:
                var qualifier = a.Function == MathFunction.Log ? "logbase" : "degree";
                Operator(a.Function == MathFunction.Log ? "log" : "root", () => Within(qualifier, () => Node(a.Arguments[0])), [a.Arguments[1]]);
                break;
            case MathFunction.RateOf or MathFunction.Delay:
                Within("apply", () =>
                {
                    Symbol(a.Function == MathFunction.Delay ? "delay" : "rateOf");
                    foreach (var argument in a.Arguments) Node(argument);
                });
                break;
            default:
                Operator(NameOf(a.Function), null, [.. a.Arguments]);
                break;
        }
    }

    private static string NameOf(MathFunction function) => function switch
    {
        MathFunction.Subtract or MathFunction.Negate => "minus",
        MathFunction.Sqrt => "root",
        MathFunction.Log10 => "log",
        _ => Elements.GetValueOrDefault(function) ?? throw new NotSupportedException($"MathML has no element for {function}."),
    };

    private void Piecewise(ApplyExpression a) => Within("piecewise", () =>
    {
        for (var i = 0; i + 1 < a.Arguments.Length; i += 2)
        {
            var at = i;
            Within("piece", () =>
            {
                Node(a.Arguments[at]);
                Node(a.Arguments[at + 1]);
            });
        }
        if (a.Arguments.Length % 2 == 1) Within("otherwise", () => Node(a.Arguments[^1]));
    });

    private void Number(NumberExpression n)
    {
        if (!double.IsFinite(n.Value))
        {
            if (double.IsNaN(n.Value)) Empty("notanumber");
            else if (n.Value > 0) Empty("infinity");
            else Operator("minus", () => Empty("infinity"), []);
            return;
        }
        xml.WriteStartElement("cn", Space);
        if (n.Unit is not null && unitOf(n.Unit) is { } unit) xml.WriteAttributeString("sbml", "units", core, unit);
        var text = Text(n.Value);
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        if (exponent < 0) xml.WriteString(text);
        else
        {
            xml.WriteAttributeString("type", "e-notation");
            xml.WriteString(text[..exponent]);
            Empty("sep");
            xml.WriteString(text[(exponent + 1)..].TrimStart('+'));
        }
        xml.WriteEndElement();
    }

    private void Symbol(string name)
    {
        xml.WriteStartElement("csymbol", Space);
        xml.WriteAttributeString("encoding", "text");
        xml.WriteAttributeString("definitionURL", Symbols + name);
        xml.WriteString(name);
        xml.WriteEndElement();
    }

    private void Operator(string name, Action? qualifier, Expression[] arguments) => Within("apply", () =>
    {
        Empty(name);
        qualifier?.Invoke();
        foreach (var argument in arguments) Node(argument);
    });

    private void Within(string name, Action content)
    {
        xml.WriteStartElement(name, Space);
        content();
        xml.WriteEndElement();
    }

    private void Empty(string name)
    {
        xml.WriteStartElement(name, Space);
        xml.WriteEndElement();
    }
}
