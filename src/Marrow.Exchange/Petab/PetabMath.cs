using System.Collections.Immutable;
using System.Globalization;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Exchange.Petab;

/// <summary>Reads formulas of PEtab tables. Its grammar is that of PEtab 2 (section "Math expressions syntax"), which also reads what
/// problems of version 1 hold, with <c>**</c> as another sign for a power. From tight to loose: <c>^</c> (to the right), unary
/// <c>+ - !</c>, <c>* /</c>, <c>+ -</c>, comparisons, <c>&amp;&amp; ||</c> (one level, from the left).</summary>
internal sealed class PetabMath
{
    private const int MostNested = 200, LongestChain = 2000;
    private static readonly string[] Symbols = ["**", "<=", ">=", "==", "!=", "&&", "||", "+", "-", "*", "/", "^", "(", ")", ",", "<", ">", "!"];

    private readonly PetabRow _row;
    private readonly string _column, _text;
    private int _at, _start, _nested;
    private string _token = "";

    private PetabMath(PetabRow row, string column) => (_row, _column, _text) = (row, column, row[column]);

    /// <summary>The formula in a cell; null, with the problem reported, if there is none.</summary>
    public static Expression? Read(PetabRow row, string column, DiagnosticBag bag)
    {
        var reader = new PetabMath(row, column);
        try
        {
            reader.Next();
            var formula = reader.Logical();
            return reader._token.Length == 0 ? formula : throw reader.Fail($"'{reader._token}' does not belong here", "an operator before it");
        }
        catch (FormatException e)
        {
            bag.Error(PetabCodes.BadFormula, e.Message, reader.Here, "", e.Data["try"] as string ?? "", row.Text);
            return null;
        }
    }

    private SourceSpan Here => _row.Where(_column, _start, Math.Max(1, _token.Length));

    private FormatException Fail(string what, string remedy = "")
    {
        var problem = new FormatException(_text.Length == 0 ? $"{_column} is empty" : what);
        problem.Data["try"] = remedy;
        return problem;
    }

    private void Next()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
        _start = _at;
        if (_at < _text.Length) _at += Length();
        _token = _text[_start.._at];
    }

    private int Length()
    {
        var c = _text[_at];
        if (char.IsAsciiDigit(c) || c == '.') return NumberLength();
        if (char.IsAsciiLetter(c) || c == '_')
        {
            var end = _at;
            while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] == '_')) end++;
            return end - _at;
        }
        foreach (var symbol in Symbols)
            if (string.CompareOrdinal(_text, _at, symbol, 0, symbol.Length) == 0) return symbol.Length;
        _token = c.ToString();
        throw Fail($"unexpected character '{c}'", "removing it");
    }

    private int NumberLength()
    {
        var end = _at;
        while (end < _text.Length && (char.IsAsciiDigit(_text[end]) || _text[end] == '.')) end++;
        if (end >= _text.Length || _text[end] is not ('e' or 'E')) return end - _at;
        var digits = end + 1 < _text.Length && _text[end + 1] is '+' or '-' ? end + 2 : end + 1;
        if (digits >= _text.Length || !char.IsAsciiDigit(_text[digits])) return end - _at;
        while (digits < _text.Length && char.IsAsciiDigit(_text[digits])) digits++;
        return digits - _at;
    }

    private void Descend()
    {
        if (++_nested > MostNested) throw Fail($"formula nested deeper than {MostNested} levels", "parts of it as observables or rules of the model");
    }

    private Expression Logical()
    {
        Descend();
        var result = Chain(Comparison, token => token switch { "&&" => MathFunction.And, "||" => MathFunction.Or, _ => null });
        _nested--;
        return result;
    }

    private Expression Comparison() => Chain(Sum, token => token switch
    {
        "<" => MathFunction.Less,
        "<=" => MathFunction.LessOrEqual,
        ">" => MathFunction.Greater,
        ">=" => MathFunction.GreaterOrEqual,
        "==" => MathFunction.Equal,
        "!=" => MathFunction.NotEqual,
        _ => null,
    });

    private Expression Sum() => Chain(Product, token => token switch { "+" => MathFunction.Add, "-" => MathFunction.Subtract, _ => null });

    private Expression Product() => Chain(Unary, token => token switch { "*" => MathFunction.Multiply, "/" => MathFunction.Divide, _ => null });

    private Expression Chain(Func<Expression> operand, Func<string, MathFunction?> operatorOf)
    {
        var left = operand();
        for (var length = 0; operatorOf(_token) is { } function; length++)
        {
            if (length > LongestChain) throw Fail($"more than {LongestChain} operators in a row", "parts of it as observables or rules of the model");
            var where = Here;
            Next();
            var right = operand();
            // A run of one operator is one node, so that a long sum is no deep tree.
            left = left is ApplyExpression run && run.Function == function && function is MathFunction.Add or MathFunction.Multiply && length > 0
                ? ((ApplyExpression)left) with { Arguments = ((ApplyExpression)left).Arguments.Add(right) }
                : new ApplyExpression(function, [left, right], where);
        }
        return left;
    }

    private Expression Unary()
    {
        var where = Here;
        var function = _token switch { "-" => MathFunction.Negate, "!" => MathFunction.Not, _ => (MathFunction?)null };
        if (function is null && _token != "+") return Power();
        Descend();
        Next();
        var operand = Unary();
        _nested--;
        return function is null ? operand : new ApplyExpression(function.Value, [operand], where);
    }

    private Expression Power()
    {
        var root = Operand();
        if (_token is not ("^" or "**")) return root;
        var where = Here;
        Descend();
        Next();
        var exponent = Unary();
        _nested--;
        return new ApplyExpression(MathFunction.Power, [root, exponent], where);
    }

    private Expression Operand()
    {
        var (token, where) = (_token, Here);
        if (token.Length == 0) throw Fail("the formula ends where a number, a name or '(' is expected", "the missing operand");
        if (token == "(")
        {
            Next();
            var inner = Logical();
            Close();
            return inner;
        }
        if (char.IsAsciiDigit(token[0]) || token[0] == '.')
        {
            if (!double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) throw Fail($"'{token}' is not a number");
            Next();
            return new NumberExpression(value, null, where);
        }
        if (!PetabRow.IsId(token)) throw Fail($"a number, a name or '(' is expected before '{token}'", "the missing operand");
        Next();
        return _token == "(" ? Call(token, where) : Named(token, where);
    }

    private static Expression Named(string name, SourceSpan where) => name switch
    {
        "time" => new TimeExpression(where),
        "true" => new ApplyExpression(MathFunction.True, [], where),
        "false" => new ApplyExpression(MathFunction.False, [], where),
        "inf" => new NumberExpression(double.PositiveInfinity, null, where),
        _ => new NameExpression(name, where),
    };

    private void Close()
    {
        if (_token != ")") throw Fail(_token.Length == 0 ? "')' is missing at the end" : $"')' is expected before '{_token}'", "the missing ')'");
        Next();
    }

    private Expression Call(string name, SourceSpan where)
    {
        if (!Functions.TryGetValue(name, out var function))
        {
            (_start, _token) = (_start - name.Length, name);
            throw Fail($"function '{name}' is unknown", Spelling.Hint(name, Functions.Keys, "a function of PEtab"));
        }
        Next();
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        while (true)
        {
            arguments.Add(Logical());
            if (_token != ",") break;
            Next();
        }
        if (arguments.Count < function.Least || arguments.Count > function.Most)
            throw Fail(string.Create(CultureInfo.InvariantCulture, $"'{name}' takes {function.Least}{(function.Most == function.Least ? "" : " or more")} arguments, {arguments.Count} are given"));
        Close();
        return function.Make(arguments.ToImmutable(), where);
    }

    private sealed record Function(int Least, int Most, Func<ImmutableArray<Expression>, SourceSpan, Expression> Make);

    private static readonly Dictionary<string, Function> Functions = All();

    private static Dictionary<string, Function> All()
    {
        (string Name, MathFunction Function)[] plain =
        [
            ("exp", MathFunction.Exp), ("sqrt", MathFunction.Sqrt), ("ln", MathFunction.Ln), ("log10", MathFunction.Log10), ("abs", MathFunction.Abs),
            ("sin", MathFunction.Sin), ("cos", MathFunction.Cos), ("tan", MathFunction.Tan), ("cot", MathFunction.Cot), ("sec", MathFunction.Sec), ("csc", MathFunction.Csc),
            ("arcsin", MathFunction.Asin), ("arccos", MathFunction.Acos), ("arctan", MathFunction.Atan), ("arccot", MathFunction.Acot), ("arcsec", MathFunction.Asec), ("arccsc", MathFunction.Acsc),
            ("asin", MathFunction.Asin), ("acos", MathFunction.Acos), ("atan", MathFunction.Atan),
            ("sinh", MathFunction.Sinh), ("cosh", MathFunction.Cosh), ("tanh", MathFunction.Tanh), ("coth", MathFunction.Coth), ("sech", MathFunction.Sech), ("csch", MathFunction.Csch),
            ("arcsinh", MathFunction.Asinh), ("arccosh", MathFunction.Acosh), ("arctanh", MathFunction.Atanh), ("arccoth", MathFunction.Acoth), ("arcsech", MathFunction.Asech), ("arccsch", MathFunction.Acsch),
            ("floor", MathFunction.Floor), ("ceil", MathFunction.Ceiling), ("ceiling", MathFunction.Ceiling),
        ];
        var all = plain.ToDictionary(f => f.Name, f => new Function(1, 1, (a, where) => new ApplyExpression(f.Function, a, where)), StringComparer.Ordinal);
        all["pow"] = new Function(2, 2, (a, where) => new ApplyExpression(MathFunction.Power, a, where));
        // PEtab writes the base last, and log of one argument is the natural one.
        all["log"] = new Function(1, 2, (a, where) => a.Length == 1 ? new ApplyExpression(MathFunction.Ln, a, where) : new ApplyExpression(MathFunction.Log, [a[1], a[0]], where));
        all["log2"] = new Function(1, 1, (a, where) => new ApplyExpression(MathFunction.Log, [new NumberExpression(2, null, where), a[0]], where));
        all["sign"] = new Function(1, 1, (a, where) => new ApplyExpression(MathFunction.Piecewise,
            [Number(1, where), new ApplyExpression(MathFunction.Greater, [a[0], Number(0, where)], where), Number(-1, where), new ApplyExpression(MathFunction.Less, [a[0], Number(0, where)], where), Number(0, where)], where));
        foreach (var name in new[] { "min", "Min" }) all[name] = new Function(2, int.MaxValue, (a, where) => new ApplyExpression(MathFunction.Min, a, where));
        foreach (var name in new[] { "max", "Max" }) all[name] = new Function(2, int.MaxValue, (a, where) => new ApplyExpression(MathFunction.Max, a, where));
        all["piecewise"] = new Function(3, int.MaxValue, (a, where) => new ApplyExpression(MathFunction.Piecewise, a, where));
        return all;
    }

    private static NumberExpression Number(double value, SourceSpan where) => new(value, null, where);
}
