using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Antimony;

/// <summary>Raised at the first error of a statement, after reporting it; the statement parser resumes at the next statement.</summary>
internal sealed class StatementErrorException : Exception;

/// <summary>The tokens of a file and a place among them. Inside parentheses line ends are blanks.</summary>
internal sealed class TokenReader(List<Token> tokens, Reporter reporter)
{
    private int _depth;

    public int Position { get; set; }

    public Reporter Reporter { get; } = reporter;

    public Token Current => tokens[Position];

    public Token Previous => tokens[Math.Max(0, Position - 1)];

    public Token Ahead(int count) => tokens[Math.Min(Position + count, tokens.Count - 1)];

    public bool AtStatementEnd => Current.Kind is TokenKind.End or TokenKind.Newline || Current.Is(";") || Current.IsWord("end");

    public Token Take()
    {
        var token = Current;
        if (token.Kind != TokenKind.End) Position++;
        if (_depth > 0) SkipLineEnds();
        return token;
    }

    public bool Accept(string symbol)
    {
        if (!Current.Is(symbol)) return false;
        Take();
        return true;
    }

    public bool AcceptWord(string word)
    {
        if (!Current.IsWord(word)) return false;
        Take();
        return true;
    }

    public Token Expect(string symbol, string form)
    {
        if (Current.Is(symbol)) return Take();
        throw Fail(ErrorCodes.UnexpectedText, Current.Where, $"'{symbol}' expected before {Current.Describe()}", "", form);
    }

    public Token ExpectIdentifier(string what, string form)
    {
        if (Current.Kind == TokenKind.Identifier) return Take();
        throw Fail(ErrorCodes.UnexpectedText, Current.Where, $"{what} expected, {Current.Describe()} found", "", form);
    }

    /// <summary>Opens a parenthesis; returns its token for <see cref="Close"/>.</summary>
    public Token Open()
    {
        _depth++;
        return Take();
    }

    public void Close(Token opening)
    {
        _depth--;
        if (!Current.Is(")"))
        {
            throw Fail(ErrorCodes.UnclosedParenthesis, opening.Where,
                $"'(' is not closed before {Current.Describe()} on line {Current.Where.Line}", "", "')' where the expression ends");
        }
        Take();
    }

    public StatementErrorException Fail(ErrorCode code, SourceSpan where, string what, string why = "", string @try = "")
    {
        Reporter.Error(code, where, what, why, @try);
        return new StatementErrorException();
    }

    /// <summary>After an error: goes to the end of the statement.</summary>
    public void Recover()
    {
        _depth = 0;
        while (!AtStatementEnd) Position++;
    }

    /// <summary>After an error before the ';' inside a statement: goes to the end of the line.</summary>
    public void RecoverLine()
    {
        _depth = 0;
        while (Current.Kind is not (TokenKind.End or TokenKind.Newline)) Position++;
    }

    /// <summary>The words from a position up to here, with single blanks where they need some.</summary>
    public string Text(int from)
    {
        var text = new System.Text.StringBuilder();
        for (var i = from; i < Position; i++)
        {
            var needsBlank = i > from && (tokens[i - 1].Is(",") || (IsLetters(tokens[i - 1]) && IsLetters(tokens[i])));
            if (needsBlank) text.Append(' ');
            text.Append(tokens[i].Kind == TokenKind.Text ? $"\"{tokens[i].Text}\"" : tokens[i].Text);
        }
        return text.ToString();
    }

    private static bool IsLetters(Token token) => token.Kind is TokenKind.Identifier or TokenKind.Number;

    public void SkipLineEnds()
    {
        while (Current.Kind == TokenKind.Newline && !(_depth > 0 && StartsStatement(Position + 1))) Position++;
    }

    /// <summary>Whether what follows can only be a new statement, so that an open parenthesis before it was forgotten.</summary>
    private bool StartsStatement(int at)
    {
        while (tokens[Math.Min(at, tokens.Count - 1)].Kind == TokenKind.Newline) at++;
        var first = tokens[Math.Min(at, tokens.Count - 1)];
        if (first.Kind == TokenKind.End) return true;
        if (first.Kind != TokenKind.Identifier) return false;
        var second = tokens[Math.Min(at + 1, tokens.Count - 1)];
        return first.Text is "end" or "model" or "module" or "species" or "substanceOnly" or "compartment" or "var" or "const" or "unit" or "at" or "import"
            || second.Is(":") || second.Is("=") || second.IsWord("has") || second.IsWord("is");
    }
}
