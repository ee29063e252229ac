using System.Text;
using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Antimony;

/// <summary>Lays out Antimony text: indentation, blanks and blank lines. Statements, comments and their order stay as they are.</summary>
public static class AntimonyFormatter
{
    private const int Indent = 2;

    /// <summary>Formats a text. Formatting twice changes nothing more.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">How messages name it.</param>
    /// <param name="bag">Receives every syntax error.</param>
    /// <returns>The text with line feeds; null if it has syntax errors.</returns>
    public static string? Format(string text, string fileName, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(bag);
        var errors = new DiagnosticBag();
        Parser.Parse(text, fileName, new Reporter(errors));
        bag.AddRange(errors.Items);
        if (errors.HasErrors) return null;
        var tokens = Tokens(text, fileName);
        var formatted = Layout(tokens);
        // What a reader sees must not change, whatever the layout thinks of it.
        return Same(tokens, Tokens(formatted, fileName)) ? formatted : text;
    }

    private static List<Token> Tokens(string text, string fileName) => new Lexer(text, fileName, new Reporter(new DiagnosticBag()), keepsComments: true).Run();

    private static bool Same(List<Token> before, List<Token> after) =>
        before.Where(IsWord).Select(t => (t.Kind, t.Text)).SequenceEqual(after.Where(IsWord).Select(t => (t.Kind, t.Text)));

    private static bool IsWord(Token token) => token.Kind is not (TokenKind.Newline or TokenKind.End);

    private static string Layout(List<Token> tokens)
    {
        var result = new StringBuilder();
        var depth = 0;
        var isContinued = false;
        var parentheses = 0;
        var blank = false;
        foreach (var line in Lines(tokens))
        {
            if (line.Count == 0)
            {
                blank = result.Length > 0;
                continue;
            }
            if (blank) result.Append('\n');
            blank = false;
            var closes = line.TakeWhile(t => t.IsWord("end")).Count();
            var level = Math.Max(0, depth - Math.Min(closes, 1)) + (isContinued ? 2 : 0);
            // What goes on may be aligned with something above it.
            result.Append(' ', Math.Max(level * Indent, isContinued ? line[0].Where.Column - 1 : 0));
            LineLayout.Write(line, isContinued, result);
            result.Append('\n');
            depth = Math.Max(0, depth + Opened(line));
            parentheses = Math.Max(0, parentheses + LineLayout.Opened(line, isContinued));
            isContinued = Continues(line, isContinued, parentheses);
        }
        return result.ToString();
    }

    private static List<List<Token>> Lines(List<Token> tokens)
    {
        var lines = new List<List<Token>> { new() };
        foreach (var token in tokens)
        {
            if (token.Kind is TokenKind.Newline) lines.Add([]);
            else if (token.Kind is not TokenKind.End) lines[^1].Add(token);
            if (token is { Kind: TokenKind.Comment, Text: "\\" }) lines.Add([]);
        }
        return lines;
    }

    /// <summary>Blocks that a line opens less those that it closes.</summary>
    private static int Opened(List<Token> line)
    {
        var opened = 0;
        for (var i = 0; i < line.Count; i++)
        {
            var isStatement = i == 0 || line[i - 1].Is(";") || line[i - 1].IsWord("end");
            if (isStatement && (line[i].IsWord("model") || line[i].IsWord("module") || line[i].IsWord("function")) && i + 1 < line.Count && IsHeader(line, i + 1)) opened++;
            if (line[i].IsWord("end")) opened--;
        }
        return opened;
    }

    /// <summary>After "model": a name or '*', and not an annotation of the model.</summary>
    private static bool IsHeader(List<Token> line, int at) =>
        line[at].Is("*") || (line[at].Kind == TokenKind.Identifier && (at + 1 == line.Count || !(line[at + 1].Kind is TokenKind.Text || line[at + 1].Is("."))));

    /// <summary>Whether the next line goes on with the statement: an open parenthesis, or a comma, colon or backslash at the end.</summary>
    private static bool Continues(List<Token> line, bool wasContinued, int parentheses)
    {
        if (line[^1] is { Kind: TokenKind.Comment, Text: "\\" } || parentheses > 0) return true;
        var last = line.FindLast(t => t.Kind != TokenKind.Comment);
        return last.Text is null ? wasContinued : last.Is(",") || last.Is(":");
    }
}
