using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Tests.Compilation;

/// <summary>Writes formulas and networks in code: <c>N("k") * N("S")</c>.</summary>
internal readonly record struct F(Expression Expression)
{
    public static F Time => new(new TimeExpression(SourceSpan.None));

    public static F N(string name) => new(new NameExpression(name, SourceSpan.None));

    public static F Call(string function, params F[] arguments) =>
      new(new CallExpression(function, [.. arguments.Select(a => a.Expression)], SourceSpan.None));

    public static F Apply(MathFunction function, params F[] arguments) =>
      new(new ApplyExpression(function, [.. arguments.Select(a => a.Expression)], SourceSpan.None));

    public static implicit operator F(double value) => new(new NumberExpression(value, null, SourceSpan.None));

    public static implicit operator Expression(F f) => f.Expression;

    public static F operator +(F a, F b) => Apply(MathFunction.Add, a, b);

    public static F operator -(F a, F b) => Apply(MathFunction.Subtract, a, b);

    public static F operator -(F a) => Apply(MathFunction.Negate, a);

    public static F operator *(F a, F b) => Apply(MathFunction.Multiply, a, b);

    public static F operator /(F a, F b) => Apply(MathFunction.Divide, a, b);

    public static F operator <(F a, F b) => Apply(MathFunction.Less, a, b);

    public static F operator >(F a, F b) => Apply(MathFunction.Greater, a, b);

    public static F operator <=(F a, F b) => Apply(MathFunction.LessOrEqual, a, b);

    public static F operator >=(F a, F b) => Apply(MathFunction.GreaterOrEqual, a, b);

    public F Power(F exponent) => Apply(MathFunction.Power, this, exponent);
}

/// <summary>Parts of networks with defaults for what a test does not care about.</summary>
internal static class Parts
{
    public static Species Amount(string id, Expression? initial, bool isBoundary = false, bool isConstant = false) =>
      new(id, null, "Body", initial, true, true, isBoundary, isConstant, null, SourceSpan.None);

    public static Species Concentration(string id, string compartment, Expression? initial, bool isBoundary = false) =>
      new(id, null, compartment, initial, false, false, isBoundary, false, null, SourceSpan.None);

    public static Parameter Parameter(string id, Expression? value, bool isConstant = true) =>
      new(id, null, value, isConstant, null, SourceSpan.None);

    public static Compartment Compartment(string id, Expression? size, bool isConstant = true) =>
      new(id, null, size, isConstant, null, 3, SourceSpan.None);

    public static Reaction Reaction(string id, string[] reactants, string[] products, Expression law) => new(
      id, null, [.. reactants.Select(s => new SpeciesReference(s, 1))], [.. products.Select(s => new SpeciesReference(s, 1))], [], law,
      false, SourceSpan.None);

    public static AssignmentRule Assign(string variable, Expression value) => new(variable, value, SourceSpan.None);

    public static RateRule Rate(string variable, Expression rate) => new(variable, rate, SourceSpan.None);

    public static NetworkEvent Event(string id, Expression trigger, params (string Variable, F Value)[] assignments) => new(
      id, null, trigger, [.. assignments.Select(a => new EventAssignment(a.Variable, a.Value, SourceSpan.None))], null, null, true, true,
      SourceSpan.None);
}
