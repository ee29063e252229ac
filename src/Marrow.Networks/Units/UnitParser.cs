using System.Globalization;
using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Units;

/// <summary>Reads products, quotients and powers of units and numbers, from left to right; a space multiplies.</summary>
internal sealed class UnitParser(string text, UnitScope scope)
{
    private const int MostNested = 20;

    private int _at;
    private int _nested;
    private string _problem = "";

    public bool TryParse(out Unit unit, out string problem)
    {
        SkipBlank();
        var result = _at < text.Length && Peek() == '/' ? Product(Unit.Dimensionless) : Product(null);
        if (result is not null && _at < text.Length)
        {
            Fail($"'{text[_at..]}' is not part of a unit");
            result = null;
        }
        unit = result ?? Unit.Dimensionless;
        problem = _problem;
        return result is not null;
    }

    private char Peek() => _at < text.Length ? text[_at] : '\0';

    private void SkipBlank()
    {
        while (Peek() is ' ' or '\t') _at++;
    }

    private Unit? Fail(string problem)
    {
        if (_problem.Length == 0) _problem = problem;
        return null;
    }

    private Unit? Product(Unit? start)
    {
        if (++_nested > MostNested) return Fail("it is nested too deeply");
        var result = start ?? Factor();
        while (result is not null)
        {
            SkipBlank();
            var c = Peek();
            if (c is '\0' or ')') break;
            if (c is '/' or '*' or '\u00B7') _at++;
            var factor = Factor();
            result = factor is null ? null : c == '/' ? result / factor : result * factor;
        }
        _nested--;
        return result;
    }

    private Unit? Factor()
    {
        var root = Operand();
        SkipBlank();
        if (root is null || Peek() != '^') return root;
        _at++;
        SkipBlank();
        var inParentheses = Peek() == '(';
        if (inParentheses) _at++;
        if (Number(signed: true) is not { } exponent) return Fail("a number must follow '^'");
        if (inParentheses && Peek() != ')') return Fail("')' is missing after the exponent");
        if (inParentheses) _at++;
        return root.Pow(exponent);
    }

    private Unit? Operand()
    {
        SkipBlank();
        var c = Peek();
        if (c == '(')
        {
            _at++;
            var inner = Product(null);
            if (inner is null) return null;
            if (Peek() != ')') return Fail("')' is missing");
            _at++;
            return inner;
        }
        if (char.IsAsciiDigit(c) || c == '.')
        {
            return Number(signed: false) is { } number and > 0 ? new Unit(Unit.Dimensionless.Exponents, number) : Fail("a factor of a unit must be a number above 0");
        }
        if (c == '%')
        {
            _at++;
            return BaseUnits.Named["%"];
        }
        return char.IsLetter(c) || c == '_' ? Name() : Fail(c == '\0' ? "it ends where a unit should follow" : $"'{c}' is not part of a unit");
    }

    private Unit? Name()
    {
        var start = _at;
        while (char.IsLetterOrDigit(Peek()) || Peek() == '_') _at++;
        var name = text[start.._at];
        return scope.Find(name) ?? Fail(Spelling.Nearest(name, scope.Names) is { } near ? $"unit '{name}' is unknown; '{near}' is near" : $"unit '{name}' is unknown");
    }

    private double? Number(bool signed)
    {
        var start = _at;
        if (signed && Peek() is '-' or '+') _at++;
        while (char.IsAsciiDigit(Peek()) || Peek() == '.') _at++;
        if (Peek() is 'e' or 'E' && _at + 1 < text.Length && (char.IsAsciiDigit(text[_at + 1]) || (text[_at + 1] is '-' or '+' && _at + 2 < text.Length && char.IsAsciiDigit(text[_at + 2]))))
        {
            _at += 2;
            while (char.IsAsciiDigit(Peek())) _at++;
        }
        return double.TryParse(text[start.._at], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }
}
