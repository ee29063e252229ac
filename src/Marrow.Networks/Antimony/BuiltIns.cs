using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>The functions and constants of Antimony's formulas.</summary>
internal static class BuiltIns
{
    /// <summary>A function and how many arguments it takes.</summary>
    internal sealed record Signature(MathFunction Function, int Least, int Most);

    private static readonly (string Name, MathFunction Function)[] OfOneArgument =
    [
        ("exp", MathFunction.Exp), ("ln", MathFunction.Ln), ("log10", MathFunction.Log10), ("sqrt", MathFunction.Sqrt),
        ("abs", MathFunction.Abs), ("floor", MathFunction.Floor), ("ceil", MathFunction.Ceiling), ("ceiling", MathFunction.Ceiling),
        ("factorial", MathFunction.Factorial), ("not", MathFunction.Not), ("rateOf", MathFunction.RateOf),
        ("sin", MathFunction.Sin), ("cos", MathFunction.Cos), ("tan", MathFunction.Tan),
        ("sec", MathFunction.Sec), ("csc", MathFunction.Csc), ("cot", MathFunction.Cot),
        ("asin", MathFunction.Asin), ("acos", MathFunction.Acos), ("atan", MathFunction.Atan),
        ("asec", MathFunction.Asec), ("acsc", MathFunction.Acsc), ("acot", MathFunction.Acot),
        ("arcsin", MathFunction.Asin), ("arccos", MathFunction.Acos), ("arctan", MathFunction.Atan),
        ("arcsec", MathFunction.Asec), ("arccsc", MathFunction.Acsc), ("arccot", MathFunction.Acot),
        ("sinh", MathFunction.Sinh), ("cosh", MathFunction.Cosh), ("tanh", MathFunction.Tanh),
        ("sech", MathFunction.Sech), ("csch", MathFunction.Csch), ("coth", MathFunction.Coth),
        ("asinh", MathFunction.Asinh), ("acosh", MathFunction.Acosh), ("atanh", MathFunction.Atanh),
        ("asech", MathFunction.Asech), ("acsch", MathFunction.Acsch), ("acoth", MathFunction.Acoth),
        ("arcsinh", MathFunction.Asinh), ("arccosh", MathFunction.Acosh), ("arctanh", MathFunction.Atanh),
        ("arcsech", MathFunction.Asech), ("arccsch", MathFunction.Acsch), ("arccoth", MathFunction.Acoth),
    ];

    private static readonly (string Name, MathFunction Function, int Least, int Most)[] Others =
    [
        // log(x) is the natural logarithm, as in libAntimony; log(base, x) is the other form.
        ("log", MathFunction.Log, 1, 2), ("root", MathFunction.Root, 1, 2),
        ("pow", MathFunction.Power, 2, 2), ("power", MathFunction.Power, 2, 2),
        ("min", MathFunction.Min, 1, int.MaxValue), ("max", MathFunction.Max, 1, int.MaxValue),
        ("quotient", MathFunction.Quotient, 2, 2), ("delay", MathFunction.Delay, 2, 2), ("rem", MathFunction.Remainder, 2, 2),
        ("piecewise", MathFunction.Piecewise, 1, int.MaxValue), ("implies", MathFunction.Implies, 2, 2),
        ("and", MathFunction.And, 0, int.MaxValue), ("or", MathFunction.Or, 0, int.MaxValue), ("xor", MathFunction.Xor, 0, int.MaxValue),
        ("plus", MathFunction.Add, 0, int.MaxValue), ("times", MathFunction.Multiply, 0, int.MaxValue),
        ("minus", MathFunction.Subtract, 1, 2), ("divide", MathFunction.Divide, 2, 2),
        // Relations hold if every link of the chain does.
        ("lt", MathFunction.Less, 2, int.MaxValue), ("leq", MathFunction.LessOrEqual, 2, int.MaxValue), ("gt", MathFunction.Greater, 2, int.MaxValue),
        ("geq", MathFunction.GreaterOrEqual, 2, int.MaxValue), ("eq", MathFunction.Equal, 2, int.MaxValue), ("neq", MathFunction.NotEqual, 2, 2),
    ];

    /// <summary>Functions that Antimony has and Marrow refuses, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Refused { get; } = new Dictionary<string, string>
    {
        ["normal"] = RandomNumbers,
        ["truncatedNormal"] = RandomNumbers,
        ["uniform"] = RandomNumbers,
        ["exponential"] = RandomNumbers,
        ["gamma"] = RandomNumbers,
        ["poisson"] = RandomNumbers,
        ["lognormal"] = RandomNumbers,
        ["chisquare"] = RandomNumbers,
        ["laplace"] = RandomNumbers,
        ["cauchy"] = RandomNumbers,
        ["rayleigh"] = RandomNumbers,
        ["binomial"] = RandomNumbers,
        ["bernoulli"] = RandomNumbers,
    };

    /// <summary>Functions by name.</summary>
    public static IReadOnlyDictionary<string, Signature> Functions { get; } = ByName();

    /// <summary>Constants by name.</summary>
    public static IReadOnlyDictionary<string, double> Constants { get; } = new Dictionary<string, double>
    {
        ["pi"] = Math.PI,
        ["exponentiale"] = Math.E,
        // Exact since the SI of 2019; SBML Level 3 still prints the value of 2006.
        ["avogadro"] = 6.02214076e23,
        ["inf"] = double.PositiveInfinity,
        ["infinity"] = double.PositiveInfinity,
        ["INF"] = double.PositiveInfinity,
        ["nan"] = double.NaN,
        ["NaN"] = double.NaN,
        ["notanumber"] = double.NaN,
    };

    /// <summary>Words that cannot be names of species, parameters and so on.</summary>
    public static bool IsReserved(string name) =>
        Constants.ContainsKey(name) || name is "time" or "true" or "false" or "and" or "or" or "not" or "end";

    private static Dictionary<string, Signature> ByName()
    {
        var functions = new Dictionary<string, Signature>(StringComparer.Ordinal);
        foreach (var (name, function) in OfOneArgument) functions.Add(name, new Signature(function, 1, 1));
        foreach (var (name, function, least, most) in Others) functions.Add(name, new Signature(function, least, most));
        return functions;
    }

    private const string RandomNumbers = "random numbers inside formulas are not supported";
}
