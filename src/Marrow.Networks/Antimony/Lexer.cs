using System.Globalization;
using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Antimony;

/// <summary>Splits Antimony text into tokens. Line ends are tokens, because they end statements;
/// a backslash before a line end joins the lines.</summary>
internal sealed class Lexer(string text, string file, Reporter reporter, bool keepsComments = false)
{
    private const string Fence = "```";

    // Longest first.
    private static readonly string[] Symbols =
        ["...", "->", "=>", "-|", "<=", ">=", "==", "!=", "&&", "||",
         ":", "=", "'", "(", ")", "{", "}", "[", "]", ",", "+", "-", "*", "/", "^", "%", "<", ">", "!", "$", ".", "@", ";", "~"];

    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line = 1;
    private int _lineStart;

    public List<Token> Run()
    {
        while (_at < text.Length)
        {
            if (!SkipBlank()) ReadToken();
        }
        Add(TokenKind.End, "", _at, _at);
        return _tokens;
    }

    private char Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private SourceSpan Span(int start, int end) => new(file, _line, start - _lineStart + 1, Math.Max(1, end - start));

    private void Add(TokenKind kind, string content, int start, int end, double value = 0) =>
        _tokens.Add(new Token(kind, content, value, Span(start, end)));

    private void NextLine()
    {
        _line++;
        _lineStart = _at;
    }

    private bool SkipBlank()
    {
        var c = Peek();
        if (c is '\n')
        {
            Add(TokenKind.Newline, "\n", _at, _at + 1);
            _at++;
            NextLine();
            return true;
        }
        if (c is ' ' or '\t' or '\r' or '\f' or '\v' or '\uFEFF')
        {
            _at++;
            return true;
        }
        if (c is '#' || (c is '/' && Peek(1) is '/'))
        {
            var start = _at;
            while (_at < text.Length && text[_at] != '\n') _at++;
            Keep(text[start.._at].TrimEnd(), start);
            return true;
        }
        if (c is '/' && Peek(1) is '*')
        {
            SkipBlockComment();
            return true;
        }
        return c is '\\' && SkipContinuation();
    }

    private void Keep(string comment, int start)
    {
        if (keepsComments) Add(TokenKind.Comment, comment, start, start + comment.Length);
    }

    private void SkipBlockComment()
    {
        var opening = Span(_at, _at + 2);
        var end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        if (end < 0) reporter.Error(ErrorCodes.Unterminated, opening, "comment without end", "the file ends before */", "*/ where the comment ends");
        var stop = end < 0 ? text.Length : end + 2;
        Keep(text[_at..stop], _at);
        while (_at < stop)
        {
            if (text[_at++] == '\n') NextLine();
        }
    }

    private bool SkipContinuation()
    {
        var ahead = 1;
        while (Peek(ahead) is ' ' or '\t' or '\r') ahead++;
        if (Peek(ahead) is not '\n') return false;
        Keep("\\", _at);
        _at += ahead + 1;
        NextLine();
        return true;
    }

    private void ReadToken()
    {
        var c = Peek();
        if (char.IsAsciiLetter(c) || c == '_') ReadIdentifier();
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)))) ReadNumber();
        else if (c == '"') ReadText();
        else if (string.CompareOrdinal(text, _at, Fence, 0, Fence.Length) == 0) ReadFenced();
        else ReadSymbol();
    }

    private void ReadIdentifier()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_') _at++;
        Add(TokenKind.Identifier, text[start.._at], start, _at);
    }

    private void ReadNumber()
    {
        var start = _at;
        while (char.IsAsciiDigit(Peek())) _at++;
        if (Peek() == '.' && Peek(1) != '.')
        {
            _at++;
            while (char.IsAsciiDigit(Peek())) _at++;
        }
        if (Peek() is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            _at += 2;
            while (char.IsAsciiDigit(Peek())) _at++;
        }
        var literal = text[start.._at];
        if (!double.TryParse(literal, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            reporter.Error(ErrorCodes.BadNumber, Span(start, _at), $"'{literal}' is not a number that double precision can hold");
            value = 0;
        }
        Add(TokenKind.Number, literal, start, _at, value);
    }

    private void ReadText()
    {
        var start = _at++;
        while (_at < text.Length && text[_at] is not '"' and not '\n') _at++;
        if (Peek() == '"')
        {
            Add(TokenKind.Text, text[(start + 1).._at], start, _at + 1);
            _at++;
            return;
        }
        reporter.Error(ErrorCodes.Unterminated, Span(start, _at), "string without end", "a string must end on its line", "a closing \"");
        Add(TokenKind.Text, text[(start + 1).._at], start, _at);
    }

    /// <summary>Text of several lines between three backticks each.</summary>
    private void ReadFenced()
    {
        var opening = Span(_at, _at + Fence.Length);
        var start = _at + Fence.Length;
        var end = text.IndexOf(Fence, start, StringComparison.Ordinal);
        if (end < 0) reporter.Error(ErrorCodes.Unterminated, opening, "text without end", "the file ends before three backticks", "``` where the text ends");
        var stop = end < 0 ? text.Length : end;
        _tokens.Add(new Token(TokenKind.Text, text[start..stop].ReplaceLineEndings("\n"), 0, opening));
        while (_at < stop)
        {
            if (text[_at++] == '\n') NextLine();
        }
        if (end >= 0) _at = end + Fence.Length;
    }

    private void ReadSymbol()
    {
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) != 0) continue;
            Add(TokenKind.Symbol, symbol, _at, _at + symbol.Length);
            _at += symbol.Length;
            return;
        }
        var length = char.IsHighSurrogate(Peek()) && char.IsLowSurrogate(Peek(1)) ? 2 : 1;
        reporter.Error(ErrorCodes.BadCharacter, Span(_at, _at + length), $"unexpected character '{text.Substring(_at, length)}'",
            "Antimony's names use letters, digits and _", "removing it");
        _at += length;
    }
}
