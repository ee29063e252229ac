using System.Globalization;
using System.Text;

namespace Marrow.Networks.Structure;

/// <summary>Writes expressions in Antimony's notation, with as few parentheses as reading them back allows.</summary>
public static class ExpressionText
{
    private const int Loosest = 0;
    private const int AndLevel = 2;
    private const int ComparisonLevel = 3;
    private const int SumLevel = 4;
    private const int ProductLevel = 5;
    private const int UnaryLevel = 6;
    private const int PowerLevel = 7;

    /// <summary>The expression as text.</summary>
    public static string Of(Expression expression)
    {
        var text = new StringBuilder();
        Write(expression, Loosest, text);
        return text.ToString();
    }

    /// <summary>A number so that reading it gives the same bits.</summary>
    public static string Of(double value) => double.IsPositiveInfinity(value) ? "inf" : double.IsNegativeInfinity(value) ? "-inf" : double.IsNaN(value) ? "nan"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static void Write(Expression expression, int outer, StringBuilder text)
    {
        switch (expression)
        {
            case NumberExpression n:
                var isNegative = n.Value < 0 || (n.Value == 0 && double.IsNegative(n.Value));
                Enclosed(isNegative && outer >= UnaryLevel, text, () => text.Append(Of(n.Value)).Append(n.Unit is null ? "" : " " + n.Unit));
                break;
            case NameExpression n:
                text.Append(n.Name);
                break;
            case TimeExpression:
                text.Append("time");
                break;
            case CallExpression c:
                Call(c.Function, c.Arguments, text);
                break;
            case ApplyExpression a:
                Apply(a, outer, text);
                break;
        }
    }

    private static void Apply(ApplyExpression a, int outer, StringBuilder text)
    {
        var (sign, level) = Operator(a.Function);
        if (a.Function is MathFunction.True or MathFunction.False) text.Append(a.Function == MathFunction.True ? "true" : "false");
        else if (sign is null || (level < UnaryLevel && a.Arguments.Length < 2) || (level == ComparisonLevel && a.Arguments.Length > 2)) Call(FunctionName(a.Function), a.Arguments, text);
        else if (level == UnaryLevel)
        {
            Enclosed(outer > UnaryLevel, text, () =>
            {
                text.Append(sign);
                Write(a.Arguments[0], UnaryLevel, text);
            });
        }
        else if (a.Function == MathFunction.Power)
        {
            Enclosed(outer >= PowerLevel, text, () =>
            {
                Write(a.Arguments[0], PowerLevel, text);
                text.Append(sign);
                Write(a.Arguments[1], PowerLevel, text);
            });
        }
        else Enclosed(outer >= level, text, () => Infix(a, sign, level, text));
    }

    /// <summary>The first operand may be of the same level, for reading goes from left to right, unless it is the same
    /// associative operator: that would be read as one longer run.</summary>
    private static void Infix(ApplyExpression a, string sign, int level, StringBuilder text)
    {
        for (var i = 0; i < a.Arguments.Length; i++)
        {
            var isSameRun = a.Arguments[i] is ApplyExpression inner && inner.Function == a.Function && a.Function is not (MathFunction.Subtract or MathFunction.Divide or MathFunction.Remainder);
            var opens = i == 0 && level is SumLevel or ProductLevel && i == 0 && !isSameRun;
            if (i > 0) text.Append(level < ProductLevel ? $" {sign} " : sign);
            Write(a.Arguments[i], opens ? level - 1 : level, text);
        }
    }

    private static void Enclosed(bool enclose, StringBuilder text, Action content)
    {
        if (enclose) text.Append('(');
        content();
        if (enclose) text.Append(')');
    }

    private static void Call(string name, IEnumerable<Expression> arguments, StringBuilder text)
    {
        text.Append(name).Append('(');
        var first = true;
        foreach (var argument in arguments)
        {
            if (!first) text.Append(", ");
            first = false;
            Write(argument, Loosest, text);
        }
        text.Append(')');
    }

    private static (string? Sign, int Level) Operator(MathFunction function) => function switch
    {
        MathFunction.Or => ("||", 1),
        MathFunction.And => ("&&", AndLevel),
        MathFunction.Less => ("<", ComparisonLevel),
        MathFunction.LessOrEqual => ("<=", ComparisonLevel),
        MathFunction.Greater => (">", ComparisonLevel),
        MathFunction.GreaterOrEqual => (">=", ComparisonLevel),
        MathFunction.Equal => ("==", ComparisonLevel),
        MathFunction.NotEqual => ("!=", ComparisonLevel),
        MathFunction.Add => ("+", SumLevel),
        MathFunction.Subtract => ("-", SumLevel),
        MathFunction.Multiply => ("*", ProductLevel),
        MathFunction.Divide => ("/", ProductLevel),
        MathFunction.Remainder => ("%", ProductLevel),
        MathFunction.Negate => ("-", UnaryLevel),
        MathFunction.Not => ("!", UnaryLevel),
        MathFunction.Power => ("^", PowerLevel),
        _ => (null, 0),
    };

    private static string FunctionName(MathFunction function) => function switch
    {
        MathFunction.Ceiling => "ceil",
        MathFunction.Remainder => "rem",
        MathFunction.RateOf => "rateOf",
        MathFunction.Add => "plus",
        MathFunction.Multiply => "times",
        MathFunction.Less => "lt",
        MathFunction.LessOrEqual => "leq",
        MathFunction.Greater => "gt",
        MathFunction.GreaterOrEqual => "geq",
        MathFunction.Equal => "eq",
        MathFunction.NotEqual => "neq",
        _ => function.ToString().ToLowerInvariant(),
    };
}
