using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Antimony;

internal enum TokenKind
{
    Identifier,
    Number,
    Text,
    Symbol,
    Newline,
    End,

    /// <summary>A comment, or the backslash that joins two lines; only the formatter sees them.</summary>
    Comment,
}

/// <summary>A word of the source. <paramref name="Text"/> is the text itself; of a string, its content.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, double Value, SourceSpan Where)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Identifier && Text == word;

    /// <summary>How a message names it.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.Newline => "the end of the line",
        TokenKind.End => "the end of the file",
        TokenKind.Text => $"\"{Text}\"",
        _ => $"'{Text}'",
    };
}
