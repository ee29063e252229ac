using System.Collections.Immutable;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Units;

/// <summary>Unit of an expression; null where anything fits (zero, infinity, quantities without unit).</summary>
internal sealed class ExpressionUnits(ReactionNetwork network, QuantityUnits quantities, UnitReport report)
{
    private readonly Dictionary<string, FunctionDefinition> _functions = network.Functions.ToDictionary(f => f.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, Expression?> _constants = network.Parameters.Where(p => p.IsConstant).ToDictionary(p => p.Id, p => p.Value, StringComparer.Ordinal);

    /// <summary>Functions inside functions, and constants that are computed of constants, are followed so far.</summary>
    private const int Deepest = 50;

    /// <summary>Functions that call one another many times over are not followed to the end.</summary>
    private int _left = 5_000_000;

    public Unit? Of(Expression expression) => Of(expression, null);

    private Unit? Of(Expression expression, Dictionary<string, Argument>? arguments) => --_left < 0 ? null : expression switch
    {
        NumberExpression n when n.Unit is not null => quantities.Literal(n.Unit, n.Where),
        NumberExpression n => quantities.IsSbml || n.Value == 0 || !double.IsFinite(n.Value) ? null : Unit.Dimensionless,
        NameExpression n => arguments is null ? quantities.Of(n.Name) : arguments.GetValueOrDefault(n.Name).Unit,
        TimeExpression => quantities.Time,
        CallExpression c => Call(c, arguments),
        ApplyExpression a => Apply(a, arguments),
        _ => null,
    };

    private Unit? Call(CallExpression call, Dictionary<string, Argument>? arguments)
    {
        if (!_functions.TryGetValue(call.Function, out var function) || report.Calls.Count >= Deepest) return null;
        var inner = new Dictionary<string, Argument>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(function.Arguments.Length, call.Arguments.Length); i++) inner[function.Arguments[i]] = new Argument(Of(call.Arguments[i], arguments), Constant(call.Arguments[i], arguments));
        report.Calls.Push(call);
        var unit = Of(function.Body, inner);
        report.Calls.Pop();
        return unit;
    }

    private Unit? Apply(ApplyExpression a, Dictionary<string, Argument>? arguments)
    {
        switch (a.Function)
        {
            case MathFunction.Add or MathFunction.Subtract or MathFunction.Min or MathFunction.Max or MathFunction.Remainder:
                return Same(a, a.Arguments, arguments);
            case MathFunction.Negate or MathFunction.Abs or MathFunction.Floor or MathFunction.Ceiling:
                return Of(a.Arguments[0], arguments);
            case MathFunction.Multiply:
                return Product(a.Arguments, arguments);
            case MathFunction.Divide or MathFunction.Quotient:
                var (above, below) = (Of(a.Arguments[0], arguments), Of(a.Arguments[1], arguments));
                return above is null || below is null ? null : above / below;
            case MathFunction.Power:
                return Power(a.Arguments[0], a.Arguments[1], 1, arguments);
            case MathFunction.Sqrt:
                return Of(a.Arguments[0], arguments)?.Pow(0.5);
            case MathFunction.Root:
                return Power(a.Arguments[1], a.Arguments[0], -1, arguments);
            case MathFunction.Less or MathFunction.LessOrEqual or MathFunction.Greater or MathFunction.GreaterOrEqual or MathFunction.Equal or MathFunction.NotEqual:
                Same(a, a.Arguments, arguments);
                return Unit.Dimensionless;
            case MathFunction.Piecewise:
                return Piecewise(a, arguments);
            case MathFunction.Delay:
                if (Of(a.Arguments[1], arguments) is { } length && quantities.Time is { } time && !time.Equals(length)) report.Differ(a, new TimeExpression(a.Where), time, a.Arguments[1], length);
                return Of(a.Arguments[0], arguments);
            case MathFunction.RateOf:
                return quantities.PerTime(Of(a.Arguments[0], arguments));
            default:
                foreach (var argument in a.Arguments) PureNumber(argument, $"the argument of {a.Function.ToString().ToLowerInvariant()},", arguments);
                return Unit.Dimensionless;
        }
    }

    /// <summary>The common unit of operands that must agree.</summary>
    private Unit? Same(Expression whole, ImmutableArray<Expression> operands, Dictionary<string, Argument>? arguments)
    {
        Unit? common = null;
        Expression? from = null;
        foreach (var operand in operands)
        {
            var unit = Of(operand, arguments);
            if (unit is null) continue;
            if (common is null) (common, from) = (unit, operand);
            else if (!common.Equals(unit))
            {
                report.Differ(whole, from!, common, operand, unit);
                // Of a number and a quantity, the quantity was meant.
                if (from is NumberExpression) (common, from) = (unit, operand);
            }
        }
        return common;
    }

    private Unit? Product(ImmutableArray<Expression> factors, Dictionary<string, Argument>? arguments)
    {
        Unit? product = Unit.Dimensionless;
        foreach (var factor in factors)
        {
            var unit = Of(factor, arguments);
            product = product is null || unit is null ? null : product * unit;
        }
        return product;
    }

    /// <summary>base^exponent, or base^(1/exponent) where <paramref name="sign"/> is -1.</summary>
    private Unit? Power(Expression root, Expression exponent, int sign, Dictionary<string, Argument>? arguments)
    {
        PureNumber(exponent, "the exponent", arguments);
        var unit = Of(root, arguments);
        if (unit is null || unit.Equals(Unit.Dimensionless)) return unit;
        if (Constant(exponent, arguments) is { } power) return unit.Pow(sign > 0 ? power : 1 / power);
        report.Dimensional(root, unit, "with an exponent that is not a constant, the base");
        return null;
    }

    private Unit? Piecewise(ApplyExpression a, Dictionary<string, Argument>? arguments)
    {
        var values = a.Arguments.Where((_, i) => i % 2 == 0).ToImmutableArray();
        foreach (var condition in a.Arguments.Where((_, i) => i % 2 == 1)) Of(condition, arguments);
        return Same(a, values, arguments);
    }

    private void PureNumber(Expression argument, string role, Dictionary<string, Argument>? arguments)
    {
        if (Of(argument, arguments) is { } unit && !unit.Equals(Unit.Dimensionless)) report.Dimensional(argument, unit, role);
    }

    /// <summary>The value of an exponent that is a number, a constant parameter, or made of these by + - * /.</summary>
    private double? Constant(Expression expression, Dictionary<string, Argument>? arguments, int depth = 0)
    {
        double? Of(Expression part) => Constant(part, arguments, depth + 1);
        if (depth > Deepest) return null;
        return expression switch
        {
            NumberExpression n => n.Value,
            NameExpression n when arguments is not null => arguments.GetValueOrDefault(n.Name).Value,
            NameExpression n => _constants.GetValueOrDefault(n.Name) is { } value ? Of(value) : null,
            ApplyExpression { Function: MathFunction.Negate } a => -Of(a.Arguments[0]),
            ApplyExpression { Function: MathFunction.Divide } a => Of(a.Arguments[0]) / Of(a.Arguments[1]),
            ApplyExpression { Function: MathFunction.Subtract } a => Of(a.Arguments[0]) - Of(a.Arguments[1]),
            ApplyExpression { Function: MathFunction.Add } a => a.Arguments.Aggregate((double?)0, (sum, x) => sum + Of(x)),
            ApplyExpression { Function: MathFunction.Multiply } a => a.Arguments.Aggregate((double?)1, (product, x) => product * Of(x)),
            _ => null,
        };
    }

    /// <summary>What a call hands over: a unit, and a value where it is constant.</summary>
    private readonly record struct Argument(Unit? Unit, double? Value);
}
