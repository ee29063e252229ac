using System.Collections.Immutable;
using Marrow.Networks.Antimony;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Sbml;

/// <summary>The operators of MathML that SBML uses.</summary>
internal static class MathFunctions
{
    private static readonly (string Name, MathFunction Function)[] Different =
    [
        ("plus", MathFunction.Add), ("times", MathFunction.Multiply), ("lt", MathFunction.Less), ("leq", MathFunction.LessOrEqual), ("gt", MathFunction.Greater),
        ("geq", MathFunction.GreaterOrEqual), ("eq", MathFunction.Equal), ("neq", MathFunction.NotEqual), ("rem", MathFunction.Remainder),
    ];

    private static readonly MathFunction[] Same =
    [
        MathFunction.Divide, MathFunction.Power, MathFunction.And, MathFunction.Or, MathFunction.Xor, MathFunction.Not, MathFunction.Implies, MathFunction.Exp,
        MathFunction.Ln, MathFunction.Abs, MathFunction.Floor, MathFunction.Ceiling, MathFunction.Factorial, MathFunction.Min, MathFunction.Max, MathFunction.Quotient,
    ];

    private static readonly MathFunction[] Circular =
    [
        MathFunction.Sin, MathFunction.Cos, MathFunction.Tan, MathFunction.Sec, MathFunction.Csc, MathFunction.Cot,
        MathFunction.Sinh, MathFunction.Cosh, MathFunction.Tanh, MathFunction.Sech, MathFunction.Csch, MathFunction.Coth,
    ];

    private static readonly MathFunction[] Inverse =
    [
        MathFunction.Asin, MathFunction.Acos, MathFunction.Atan, MathFunction.Asec, MathFunction.Acsc, MathFunction.Acot,
        MathFunction.Asinh, MathFunction.Acosh, MathFunction.Atanh, MathFunction.Asech, MathFunction.Acsch, MathFunction.Acoth,
    ];

    /// <summary>Operators by the name of their element, without those of which the number of arguments decides (minus, root, log, piecewise).</summary>
    public static IReadOnlyDictionary<string, MathFunction> ByElement { get; } =
        Different.Concat(Same.Concat(Circular).Select(f => (Name: Lower(f), Function: f)))
            .Concat(Inverse.Select(f => (Name: "arc" + Lower(f)[1..], Function: f))).ToDictionary(x => x.Name, x => x.Function, StringComparer.Ordinal);

    /// <summary>How many arguments each of them takes.</summary>
    public static IReadOnlyDictionary<MathFunction, (int Least, int Most)> Arity { get; } =
        BuiltIns.Functions.Values.Where(s => ByElement.Values.Contains(s.Function)).DistinctBy(s => s.Function).ToDictionary(s => s.Function, s => (s.Least, s.Most));

    /// <summary>A call of a function that goes by the same name nearly everywhere, as <c>log2</c>; null for any other, or with a wrong number of
    /// arguments. Not <c>log</c>, which is the natural logarithm to some programs and the decimal one to others.</summary>
    public static Expression? Foreign(string name, ImmutableArray<Expression> arguments)
    {
        if (arguments.Length == 0) return null;
        var where = arguments[0].Where;
        if (name == "log2" && arguments.Length == 1) return new ApplyExpression(MathFunction.Log, [new NumberExpression(2, null, where), arguments[0]], where);
        if (name is "log" or "root" or "rateOf" || !BuiltIns.Functions.TryGetValue(name, out var known)) return null;
        return arguments.Length >= known.Least && arguments.Length <= known.Most ? new ApplyExpression(known.Function, arguments, where) : null;
    }

    private static string Lower(MathFunction function) => function.ToString().ToLowerInvariant();
}
