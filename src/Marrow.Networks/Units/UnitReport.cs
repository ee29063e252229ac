using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Units;

/// <summary>Words the problems that dimensional analysis finds.</summary>
internal class UnitReport(Reporter reporter, Severity severity)
{
    private const int LongestText = 60;

    private readonly Stack<CallExpression> _calls = new();

    /// <summary>Entered while the body of a function is analysed for one call.</summary>
    public Stack<CallExpression> Calls => _calls;

    /// <summary>Whether a value has the expected unit; reports it if not. Null fits anything.</summary>
    public bool Agree(Unit? expected, Unit? found, Expression value, string what, string valueName)
    {
        if (expected is null || found is null || expected.Equals(found)) return true;
        if (value is NumberExpression { Unit: null } number && !expected.IsDimensionless)
        {
            Literal(number, expected, what);
            return false;
        }
        var scale = expected.HasSameDimension(found);
        Report(scale ? ErrorCodes.ScaleMismatch : ErrorCodes.UnitMismatch, value.Where, $"{what} has unit {Text(expected)}, {valueName} {Short(value)} has {Text(found)}", scale ? Times(found, expected) : "", "");
        return false;
    }

    /// <summary>Reports two operands that do not fit.</summary>
    public void Differ(Expression whole, Expression a, Unit unitA, Expression b, Unit unitB)
    {
        if (b is NumberExpression { Unit: null } nb && !unitA.IsDimensionless) Literal(nb, unitA, Short(a));
        else if (a is NumberExpression { Unit: null } na && !unitB.IsDimensionless) Literal(na, unitB, Short(b));
        else
        {
            var scale = unitA.HasSameDimension(unitB);
            Report(scale ? ErrorCodes.ScaleMismatch : ErrorCodes.UnitMismatch, whole.Where, $"{Short(a)} has unit {Text(unitA)}, {Short(b)} has {Text(unitB)}", scale ? Times(unitB, unitA) : $"in {Short(whole)}", "");
        }
    }

    public void Dimensional(Expression argument, Unit unit, string role) =>
        Report(unit.IsDimensionless ? ErrorCodes.ScaleMismatch : ErrorCodes.NotDimensionless, argument.Where, $"{role} {Short(argument)} has unit {Text(unit)}", "a pure number is needed", "dividing by a reference quantity");

    public void WithoutUnit(string kind, string id, SourceSpan where) =>
        reporter.Report(severity, ErrorCodes.QuantityWithoutUnit, where, $"{kind} '{id}' has no unit", "", $"{id} has ...");

    public void Unknown(SourceSpan where, string problem) => Report(ErrorCodes.UnknownUnit, where, problem, "", "'unit name = ...' in the model");

    public static string Short(Expression expression)
    {
        var text = ExpressionText.Of(expression);
        return text.Length <= LongestText ? $"'{text}'" : $"'{text[..LongestText]}...'";
    }

    private void Literal(NumberExpression number, Unit unit, string partner) =>
        Report(ErrorCodes.LiteralWithDimension, number.Where, $"the number {ExpressionText.Of(number.Value)} is dimensionless, {partner} has unit {unit}", "", "a parameter with this unit");

    /// <summary>A unit as messages spell it.</summary>
    protected virtual string Text(Unit unit) => unit.ToString();

    private static string Times(Unit from, Unit to) => $"one is {from.FactorTo(to):G6} of the other, and nothing is converted silently";

    /// <summary>Reports a problem.</summary>
    protected virtual void Report(ErrorCode code, SourceSpan where, string what, string why, string @try)
    {
        if (_calls.TryPeek(out var call)) why = (why.Length > 0 ? why + "; " : "") + $"in {Short(call)}, line {call.Where.Line}";
        reporter.Report(severity, code, where, what, why, @try);
    }
}
