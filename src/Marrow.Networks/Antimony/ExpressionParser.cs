using System.Collections.Immutable;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>Reads formulas. From loose to tight: <c>||</c>, <c>&amp;&amp;</c>, comparisons, <c>+ -</c>, <c>* / %</c>,
/// unary <c>- + !</c>, <c>^</c> (to the right), so that <c>-2^2</c> is -4.</summary>
internal sealed class ExpressionParser(TokenReader reader)
{
    private const int MostNested = 200;
    private const int LongestChain = 2000;

    private int _nested;
    private bool _allowsChain;

    public Expression Parse()
    {
        if (++_nested > MostNested)
        {
            _nested = 0;
            throw reader.Fail(ErrorCodes.TooComplex, reader.Current.Where, $"formula nested deeper than {MostNested} levels", "", "assignment rules that name parts of it");
        }
        var result = Chain(And, t => t.Is("||") || t.IsWord("or") ? MathFunction.Or : null);
        _nested--;
        return result;
    }

    /// <summary>A condition in which comparisons may form a chain: <c>-10 &lt;= J &lt;= 10</c>.</summary>
    public Expression ParseChain()
    {
        _allowsChain = true;
        var condition = Parse();
        _allowsChain = false;
        return condition;
    }

    /// <summary>Call before each statement: an error may have left the depth behind.</summary>
    public void Reset() => (_nested, _allowsChain) = (0, false);

    private Expression And() => Chain(Comparison, t => t.Is("&&") || t.IsWord("and") ? MathFunction.And : null);

    private Expression Comparison()
    {
        var left = Sum();
        if (ComparisonOf(reader.Current) is not { } function) return left;
        var at = reader.Take().Where;
        var middle = Sum();
        var result = new ApplyExpression(function, [left, middle], at);
        if (ComparisonOf(reader.Current) is { } next)
        {
            if (_allowsChain)
            {
                var place = reader.Take().Where;
                return new ApplyExpression(MathFunction.And, [result, new ApplyExpression(next, [middle, Sum()], place)], at);
            }
            throw reader.Fail(ErrorCodes.Ambiguous, reader.Current.Where, $"comparison of a comparison by {reader.Current.Describe()}",
                "the first gives true or false", "a < b && b < c");
        }
        return result;
    }

    private static MathFunction? ComparisonOf(Token token) => token.Kind != TokenKind.Symbol ? null : token.Text switch
    {
        "<" => MathFunction.Less,
        "<=" => MathFunction.LessOrEqual,
        ">" => MathFunction.Greater,
        ">=" => MathFunction.GreaterOrEqual,
        "==" => MathFunction.Equal,
        "!=" => MathFunction.NotEqual,
        _ => null,
    };

    private Expression Sum() => Chain(Product, t => t.Is("+") ? MathFunction.Add : t.Is("-") ? MathFunction.Subtract : null);

    private Expression Product() => Chain(Unary,
        t => t.Is("*") ? MathFunction.Multiply : t.Is("/") ? MathFunction.Divide : t.Is("%") ? MathFunction.Remainder : null);

    /// <summary>Operators of one precedence, from left to right; a run of the same associative operator becomes one node.</summary>
    private Expression Chain(Func<Expression> operand, Func<Token, MathFunction?> operatorOf)
    {
        var left = operand();
        for (var length = 0; operatorOf(reader.Current) is { } function; length++)
        {
            if (length > LongestChain)
            {
                throw reader.Fail(ErrorCodes.TooComplex, reader.Current.Where, $"more than {LongestChain} operators in a row", "", "assignment rules that name parts of it");
            }
            var at = reader.Take().Where;
            var run = ImmutableArray.CreateBuilder<Expression>();
            run.Add(left);
            run.Add(operand());
            if (function is MathFunction.Add or MathFunction.Multiply or MathFunction.And or MathFunction.Or)
            {
                while (operatorOf(reader.Current) == function)
                {
                    reader.Take();
                    run.Add(operand());
                }
            }
            left = new ApplyExpression(function, run.ToImmutable(), at);
        }
        return left;
    }

    private Expression Unary()
    {
        var token = reader.Current;
        if (!(token.Is("-") || token.Is("+") || token.Is("!") || token.IsWord("not")) || (token.IsWord("not") && reader.Ahead(1).Is("("))) return Power();
        if (++_nested > MostNested) throw reader.Fail(ErrorCodes.TooComplex, token.Where, $"formula nested deeper than {MostNested} levels");
        reader.Take();
        var operand = Unary();
        _nested--;
        return token.Text switch
        {
            "-" => new ApplyExpression(MathFunction.Negate, [operand], token.Where),
            "+" => operand,
            _ => new ApplyExpression(MathFunction.Not, [operand], token.Where),
        };
    }

    private Expression Power()
    {
        var root = Operand();
        if (!reader.Current.Is("^")) return root;
        var at = reader.Take().Where;
        if (++_nested > MostNested) throw reader.Fail(ErrorCodes.TooComplex, at, $"formula nested deeper than {MostNested} levels");
        var exponent = Unary();
        _nested--;
        if (exponent is ApplyExpression { Function: MathFunction.Power } && reader.Previous.Is(")") is false)
        {
            reader.Reporter.Warn(ErrorCodes.Ambiguous, at, "a^b^c is read as a^(b^c)", "other tools read (a^b)^c", "parentheses");
        }
        return new ApplyExpression(MathFunction.Power, [root, exponent], at);
    }

    private Expression Operand()
    {
        var token = reader.Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return Number();
            case TokenKind.Identifier when token.Text is not "end":
                return reader.Ahead(1).Is("(") ? Call() : Name();
            case TokenKind.Symbol when token.Is("("):
                var opening = reader.Open();
                var inner = Parse();
                reader.Close(opening);
                return inner;
            case TokenKind.Symbol when token.Is(")"):
                throw reader.Fail(ErrorCodes.UnclosedParenthesis, token.Where, "')' without '(', or an operand is missing before it");
            case TokenKind.Symbol when token.Text is "{" or "[":
                throw reader.Fail(ErrorCodes.Unsupported, token.Where, $"'{token.Text}' in a formula is not supported", "arrays and units in braces are outside the part of Antimony that Marrow reads");
            default:
                throw reader.Fail(ErrorCodes.UnexpectedText, token.Where, $"a number, name or '(' expected, {token.Describe()} found", "the formula is incomplete");
        }
    }

    private NumberExpression Number()
    {
        var token = reader.Take();
        var next = reader.Current;
        if (next.Is("{")) throw reader.Fail(ErrorCodes.Unsupported, next.Where, "units in braces are not supported", "", "the unit without braces, after the number");
        if (next.Kind != TokenKind.Identifier || next.Text is "and" or "or" or "in" or "after" or "end" or "has" or "is") return new NumberExpression(token.Value, null, token.Where);
        reader.Take();
        return new NumberExpression(token.Value, next.Text, token.Where);
    }

    private Expression Name()
    {
        var name = ParseName("a formula");
        if (name.Path == "time") return new TimeExpression(name.Where);
        if (name.Path is "true" or "false") return new ApplyExpression(name.Path == "true" ? MathFunction.True : MathFunction.False, [], name.Where);
        return BuiltIns.Constants.TryGetValue(name.Path, out var constant)
            ? new NumberExpression(constant, null, name.Where)
            : new NameExpression(name.Path, name.Where);
    }

    /// <summary>A name with its dots.</summary>
    public NameSyntax ParseName(string form)
    {
        var first = reader.ExpectIdentifier("a name", form);
        var path = first.Text;
        var length = first.Where.Length;
        while (reader.Current.Is(".") && reader.Ahead(1).Kind == TokenKind.Identifier)
        {
            reader.Take();
            var part = reader.Take();
            path += "." + part.Text;
            length = part.Where.Column + part.Where.Length - first.Where.Column;
        }
        return new NameSyntax(path, first.Where with { Length = Math.Max(1, length) });
    }

    private Expression Call()
    {
        var name = reader.Take();
        var opening = reader.Open();
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        if (!reader.Current.Is(")"))
        {
            do
            {
                arguments.Add(Parse());
            }
            while (reader.Accept(","));
        }
        reader.Close(opening);
        return BuiltIns.Functions.TryGetValue(name.Text, out var signature)
            ? BuiltIn(name, signature, arguments.ToImmutable())
            : BuiltIns.Refused.TryGetValue(name.Text, out var reason)
                ? throw reader.Fail(ErrorCodes.Unsupported, name.Where, $"function '{name.Text}' is not supported", reason)
                : new CallExpression(name.Text, arguments.ToImmutable(), name.Where);
    }

    private ApplyExpression BuiltIn(Token name, BuiltIns.Signature signature, ImmutableArray<Expression> arguments)
    {
        if (arguments.Length < signature.Least || arguments.Length > signature.Most)
        {
            var wanted = signature.Least == signature.Most ? $"{signature.Least}" : signature.Most == int.MaxValue ? $"{signature.Least} or more" : $"{signature.Least} to {signature.Most}";
            throw reader.Fail(ErrorCodes.WrongArguments, name.Where, $"'{name.Text}' takes {wanted} arguments, {arguments.Length} given");
        }
        var function = (signature.Function, arguments.Length) switch
        {
            (MathFunction.Log, 1) => MathFunction.Ln,
            (MathFunction.Root, 1) => MathFunction.Sqrt,
            (MathFunction.Subtract, 1) => MathFunction.Negate,
            _ => signature.Function,
        };
        return new ApplyExpression(function, arguments, name.Where);
    }
}
