using System.Globalization;
using System.Text;
using Marrow.Networks.Compilation;

namespace Marrow.Bench;

/// <summary>Writes the right-hand side and Jacobian that Marrow compiles as C functions, so that a peer solves the same equations.</summary>
internal static class CSource
{
    public static string Write(CompiledModel model)
    {
        var n = model.States.Count;
        var text = new StringBuilder("#include <math.h>\n#include <string.h>\n\n");
        var rates = model.Builder.Rates.Select((node, i) => ($"f[{i}]", node));
        Function(text, "void model_rhs(double t, const double *p, const double *y, double *f)", [.. rates]);
        var entries = model.Builder.PlainJacobian().Select(e => ($"a[{(e.Column * n) + e.Row}]", e.Value));
        Function(text, "void model_jacobian(double t, const double *p, const double *y, double *a)", [.. entries]);
        return text.ToString();
    }

    private static void Function(StringBuilder text, string signature, IReadOnlyList<(string Target, Node Node)> roots)
    {
        text.Append(signature).Append(" {\n  (void)t, (void)p, (void)y;\n");
        var names = new Dictionary<Node, string>();
        foreach (var (target, node) in roots)
        {
            var value = Name(text, node, names); // writes the statements that it needs first
            text.Append(CultureInfo.InvariantCulture, $"  {target} = {value};\n");
        }

        text.Append("}\n\n");
    }

    private static string Name(StringBuilder text, Node node, Dictionary<Node, string> names)
    {
        if (names.TryGetValue(node, out var known)) return known;
        var formula = Formula(node, child => Name(text, child, names));
        if (node.A is null) return names[node] = formula;
        var name = string.Create(CultureInfo.InvariantCulture, $"v{names.Count}");
        text.Append(CultureInfo.InvariantCulture, $"  const double {name} = {formula};\n");
        return names[node] = name;
    }

    private static string Formula(Node node, Func<Node, string> name) => node.Kind switch
    {
        NodeKind.Constant => node.Value.ToString("R", CultureInfo.InvariantCulture) + (node.Value % 1 == 0 && Math.Abs(node.Value) < 1e15 ? ".0" : ""),
        NodeKind.Parameter => $"p[{node.Index}]",
        NodeKind.State => $"y[{node.Index}]",
        NodeKind.Time => "t",
        NodeKind.Add => $"{name(node.A!)} + {name(node.B!)}",
        NodeKind.Subtract => $"{name(node.A!)} - {name(node.B!)}",
        NodeKind.Multiply => $"{name(node.A!)} * {name(node.B!)}",
        NodeKind.Negate => $"-{name(node.A!)}",
        NodeKind.Reciprocal => $"1.0 / {name(node.A!)}",
        NodeKind.Sqrt => $"sqrt({name(node.A!)})",
        NodeKind.Exp => $"exp({name(node.A!)})",
        NodeKind.Ln => $"log({name(node.A!)})",
        NodeKind.Power => $"pow({name(node.A!)}, {name(node.B!)})",
        _ => throw new NotSupportedException($"The benchmark models do not use {node.Kind}; add it here if one does."),
    };
}
