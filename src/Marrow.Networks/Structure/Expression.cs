using System.Collections.Immutable;
using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Structure;

/// <summary>A mathematical expression over species, parameters, compartments, reaction rates and time.</summary>
/// <param name="Where">Place in the source.</param>
public abstract record Expression(SourceSpan Where);

/// <summary>A literal number, with a unit if the source writes one (<c>3 pM</c>).</summary>
public sealed record NumberExpression(double Value, string? Unit, SourceSpan Where) : Expression(Where);

/// <summary>A name: species, parameter, compartment, reaction (its rate) or function argument. Simulation time is <see cref="TimeExpression"/>.</summary>
public sealed record NameExpression(string Name, SourceSpan Where) : Expression(Where);

/// <summary>Simulation time.</summary>
public sealed record TimeExpression(SourceSpan Where) : Expression(Where);

/// <summary>A built-in operator or function applied to arguments.
/// <see cref="MathFunction.Piecewise"/> takes value, condition pairs and, last, an optional otherwise.</summary>
public sealed record ApplyExpression(MathFunction Function, ImmutableArray<Expression> Arguments, SourceSpan Where) : Expression(Where);

/// <summary>A call of a user-defined function.</summary>
public sealed record CallExpression(string Function, ImmutableArray<Expression> Arguments, SourceSpan Where) : Expression(Where);

/// <summary>Operators and elementary functions, as in SBML's MathML.</summary>
public enum MathFunction
{
    /// <summary>a + b + ...</summary>
    Add,
    /// <summary>a - b</summary>
    Subtract,
    /// <summary>-a</summary>
    Negate,
    /// <summary>a b ...</summary>
    Multiply,
    /// <summary>a / b</summary>
    Divide,
    /// <summary>a ^ b</summary>
    Power,
    /// <summary>a &lt; b</summary>
    Less,
    /// <summary>a &lt;= b</summary>
    LessOrEqual,
    /// <summary>a &gt; b</summary>
    Greater,
    /// <summary>a &gt;= b</summary>
    GreaterOrEqual,
    /// <summary>a == b</summary>
    Equal,
    /// <summary>a != b</summary>
    NotEqual,
    /// <summary>a and b ...</summary>
    And,
    /// <summary>a or b ...</summary>
    Or,
    /// <summary>exclusive or</summary>
    Xor,
    /// <summary>not a</summary>
    Not,
    /// <summary>true</summary>
    True,
    /// <summary>false</summary>
    False,
    /// <summary>piecewise(value, condition, ..., otherwise)</summary>
    Piecewise,
    /// <summary>e^a</summary>
    Exp,
    /// <summary>natural logarithm</summary>
    Ln,
    /// <summary>decadic logarithm</summary>
    Log10,
    /// <summary>log(base, a)</summary>
    Log,
    /// <summary>square root</summary>
    Sqrt,
    /// <summary>root(n, a)</summary>
    Root,
    /// <summary>|a|</summary>
    Abs,
    /// <summary>smallest argument</summary>
    Min,
    /// <summary>largest argument</summary>
    Max,
    /// <summary>largest integer not above a</summary>
    Floor,
    /// <summary>smallest integer not below a</summary>
    Ceiling,
    /// <summary>integer division</summary>
    Quotient,
    /// <summary>remainder</summary>
    Remainder,
    /// <summary>delay(a, b): the value of a at a time b ago; before the start, what the initial values give</summary>
    Delay,
    /// <summary>a!</summary>
    Factorial,
    /// <summary>sine</summary>
    Sin,
    /// <summary>cosine</summary>
    Cos,
    /// <summary>tangent</summary>
    Tan,
    /// <summary>secant</summary>
    Sec,
    /// <summary>cosecant</summary>
    Csc,
    /// <summary>cotangent</summary>
    Cot,
    /// <summary>arc sine</summary>
    Asin,
    /// <summary>arc cosine</summary>
    Acos,
    /// <summary>arc tangent</summary>
    Atan,
    /// <summary>arc secant</summary>
    Asec,
    /// <summary>arc cosecant</summary>
    Acsc,
    /// <summary>arc cotangent</summary>
    Acot,
    /// <summary>hyperbolic sine</summary>
    Sinh,
    /// <summary>hyperbolic cosine</summary>
    Cosh,
    /// <summary>hyperbolic tangent</summary>
    Tanh,
    /// <summary>hyperbolic secant</summary>
    Sech,
    /// <summary>hyperbolic cosecant</summary>
    Csch,
    /// <summary>hyperbolic cotangent</summary>
    Coth,
    /// <summary>inverse hyperbolic sine</summary>
    Asinh,
    /// <summary>inverse hyperbolic cosine</summary>
    Acosh,
    /// <summary>inverse hyperbolic tangent</summary>
    Atanh,
    /// <summary>inverse hyperbolic secant</summary>
    Asech,
    /// <summary>inverse hyperbolic cosecant</summary>
    Acsch,
    /// <summary>inverse hyperbolic cotangent</summary>
    Acoth,
    /// <summary>time derivative of a variable (SBML csymbol rateOf)</summary>
    RateOf,
    /// <summary>implies(a, b)</summary>
    Implies,
}
