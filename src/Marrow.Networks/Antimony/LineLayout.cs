using System.Text;

namespace Marrow.Networks.Antimony;

/// <summary>Sets the blanks between the words of one line.</summary>
internal static class LineLayout
{
    private const string Operators = "+ - < > <= >= == != && || = -> => -|";

    private static readonly HashSet<string> Spaced = [.. Operators.Split(' ')];

    /// <summary>Words after which a sign is a sign and a parenthesis opens a formula.</summary>
    private static readonly HashSet<string> Openers = new(["at", "after", "and", "or", "not", "in", "is", "has"], StringComparer.Ordinal);

    /// <summary>Parentheses that a line opens less those that it closes.</summary>
    public static int Opened(List<Token> line, bool isContinuation)
    {
        var opened = 0;
        for (var i = 0; i < line.Count; i++)
        {
            if (line[i].Is("(") && !(i > 0 && IsInteraction(line, i - 1, isContinuation))) opened++;
            else if (line[i].Is(")")) opened--;
        }
        return opened;
    }

    /// <summary>Writes a line without its indentation and line end.</summary>
    public static void Write(List<Token> line, bool isContinuation, StringBuilder into)
    {
        var arrow = false;
        var isLaw = isContinuation;
        for (var i = 0; i < line.Count; i++)
        {
            if (i > 0 && line[i - 1].Is(";")) (isLaw, arrow) = (arrow, false);
            if (line[i].Is("->") || line[i].Is("=>")) arrow = true;
            if (line[i].Is("=") || line[i].IsWord("at")) isLaw = true;
            if (i > 0) into.Append(' ', Blanks(line, i, isLaw));
            into.Append(Raw(line[i]));
        }
    }

    private static string Raw(Token token)
    {
        if (token.Kind != TokenKind.Text) return token.Text;
        return token.Text.AsSpan().IndexOfAny('"', '\n') >= 0 ? $"```{token.Text}```" : $"\"{token.Text}\"";
    }

    private static int Blanks(List<Token> line, int i, bool isLaw)
    {
        Token before = line[i - 1], here = line[i];
        if (here.Is(";") && (before.Is("->") || before.Is("=>"))) return 1;
        if (here.Kind == TokenKind.Comment) return here.Text == "\\" || before.Kind == TokenKind.Comment ? 1 : 2;
        if (before.Kind == TokenKind.Comment) return 1;
        if (IsInteraction(line, i, isLaw)) return 1;
        if (IsInteraction(line, i - 1, isLaw)) return 0;
        if (i > 1 && IsInteraction(line, i - 2, isLaw)) return 1;
        if (here.Is(",") || here.Is(";") || here.Is(")") || here.Is("}") || here.Is("'") || before.Is("(") || before.Is("{") || before.Is("$")) return 0;
        if (before.Is(",") || before.Is(";")) return 1;
        if (here.Is(".") || before.Is(".") || here.Is("^") || before.Is("^")) return 0;
        if (here.Is(":")) return Follows(line, i, "=") ? 1 : 0;
        if (before.Is(":")) return here.Is("=") || (i > 1 && line[i - 2].IsWord("SBO")) ? 0 : 1;
        if (IsSign(line, i - 1) || before.Is("!")) return 0;
        if (here.Is("(")) return Parenthesis(line, i);
        if (IsProduct(here) || IsProduct(before)) return Product(line, i);
        return 1;
    }

    private static bool Follows(List<Token> line, int i, string symbol) => i + 1 < line.Count && line[i + 1].Is(symbol);

    /// <summary>"-o" and "-(" between names, outside formulas.</summary>
    private static bool IsInteraction(List<Token> line, int i, bool isLaw) =>
        !isLaw && i > 0 && !line.Take(i).Any(t => t.Is("=") || t.Is("->") || t.Is("=>") || t.IsWord("at")) && i + 2 < line.Count && line[i].Is("-") && line[i - 1].Kind == TokenKind.Identifier
        && (line[i + 1].Is("(") || line[i + 1].IsWord("o")) && line[i + 2].Kind == TokenKind.Identifier && !line.Exists(t => t.Is(")"));

    /// <summary>A plus or minus that belongs to what follows.</summary>
    private static bool IsSign(List<Token> line, int i)
    {
        if (!(line[i].Is("-") || line[i].Is("+"))) return false;
        if (i == 0) return true;
        var before = line[i - 1];
        return (before.Kind == TokenKind.Symbol && !(before.Is(")") || before.Is("}") || before.Is("'"))) || (before.Kind == TokenKind.Identifier && Openers.Contains(before.Text));
    }

    private static int Parenthesis(List<Token> line, int i)
    {
        var before = line[i - 1];
        if (before.Kind == TokenKind.Identifier) return Openers.Contains(before.Text) && !before.IsWord("not") && !before.IsWord("and") && !before.IsWord("or") ? 1 : 0;
        return IsProduct(before) ? Product(line, i) : 1;
    }

    private static bool IsProduct(Token token) => token.Is("*") || token.Is("/") || token.Is("%");

    /// <summary>Products stay as wide or narrow as they were written; "model *name" is none.</summary>
    private static int Product(List<Token> line, int i)
    {
        Token before = line[i - 1], here = line[i];
        if (here.Is("*") && (before.IsWord("model") || before.IsWord("module"))) return 1;
        if (before.Is("*") && i > 1 && (line[i - 2].IsWord("model") || line[i - 2].IsWord("module"))) return 0;
        return before.Where.Line != here.Where.Line || before.Where.Column + before.Where.Length < here.Where.Column ? 1 : 0;
    }
}
