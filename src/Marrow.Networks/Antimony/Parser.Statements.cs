using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

internal sealed partial class Parser
{
    private const string StatementForms = "'x = 1', 'x := y', 'J: A -> B; k*A', 'E: at x > 1: y = 0', 'I: module(x)', 'x is \"name\"', 'x has unit'";

    private static readonly string[] RefusedStatements =
        ["delete", "maximize", "minimize", "constraint", "gene", "DNA", "operator", "import"];

    private static readonly string[] RefusedAnnotations =
        ["identity", "biological_system", "hasPart", "isPartOf", "hasVersion", "isVersionOf", "isHomologTo", "isDescribedBy", "isEncodedBy",
         "encodes", "occursIn", "hasProperty", "isPropertyOf", "hasTaxon", "model_entity_is", "creator", "created", "modified", "notes", "description", "origin", "parthood", "hypernym", "part"];

    private static bool IsDeclarationWord(Token token) => token.Kind == TokenKind.Identifier
        && token.Text is "species" or "substanceOnly" or "compartment" or "var" or "const" or "formula" or "reaction" or "event";

    private void Statement(List<StatementSyntax> into)
    {
        var token = _reader.Current;
        var next = _reader.Ahead(1);
        if (IsDeclarationWord(token) && (next.Kind == TokenKind.Identifier || next.Is("$")) && !next.IsWord("is") && !next.IsWord("has")) Declaration(into);
        else if (token.IsWord("unit") && next.Kind == TokenKind.Identifier) into.Add(Unit());
        else if (token.IsWord("at") && !next.Is(":") && !next.Is("=")) into.Add(Event(null, token.Where));
        else if (token.Is("@") || (token.Kind == TokenKind.Identifier && RefusedStatements.Contains(token.Text) && next.Kind is TokenKind.Identifier or TokenKind.Text))
        {
            throw _reader.Fail(ErrorCodes.Unsupported, token.Where, $"'{token.Text}' is not supported here");
        }
        else if (token.Kind == TokenKind.Number || token.Is("$") || token.Is("->") || token.Is("=>")) into.Add(Reaction(null, token.Where));
        else NamedStatement(into);
    }

    /// <summary>Statements that begin with a name.</summary>
    private void NamedStatement(List<StatementSyntax> into)
    {
        var start = _reader.Position;
        var name = _expressions.ParseName(StatementForms);
        if (name.Path.EndsWith(".sboTerm", StringComparison.Ordinal)) throw _reader.Fail(ErrorCodes.Unsupported, name.Where, "SBO terms are not supported");
        NameSyntax? compartment = null;
        if (_reader.AcceptWord("in")) compartment = _expressions.ParseName("x in compartment");
        var token = _reader.Current;
        var at = token.Where;
        if (compartment is not null) into.Add(new DeclarationSyntax(DeclarationKind.None, name, false, compartment, name.Where));

        if (Definition(name, into)) return;
        if (token.Is(":")) Labelled(name, into);
        else if (_reader.AcceptWord("is")) into.Add(Is(name));
        else if (_reader.AcceptWord("has")) into.Add(new HasUnitSyntax(name, UnitText(out var where), where));
        else if (token.Is("+") || token.Is("->") || token.Is("=>") || token.Is("-|") || token.Is("-"))
        {
            _reader.Position = start;
            into.Add(Reaction(null, name.Where));
        }
        else if (token.Kind == TokenKind.Identifier && RefusedAnnotations.Contains(token.Text)) throw _reader.Fail(ErrorCodes.Unsupported, at, $"annotation '{token.Text}' is not supported");
        else if (token.Is("(")) throw _reader.Fail(ErrorCodes.UnexpectedText, at, $"'{name.Path}(...)' is not a statement", "an instance of a module needs a name", $"A: {name.Path}(...)");
        else if (compartment is null) throw _reader.Fail(ErrorCodes.UnexpectedText, at, $"{token.Describe()} does not continue a statement that begins with '{name.Path}'", "", StatementForms);
    }

    /// <summary><c>= value</c>, <c>:= value</c> or <c>'= value</c>, if one of them follows.</summary>
    private bool Definition(NameSyntax name, List<StatementSyntax> into)
    {
        DefinitionKind kind;
        if (_reader.Accept("=")) kind = DefinitionKind.Initial;
        else if (_reader.Current.Is("'"))
        {
            _reader.Take();
            _reader.Expect("=", "x' = rate");
            kind = DefinitionKind.Rate;
        }
        else if (_reader.Current.Is(":") && _reader.Ahead(1).Is("="))
        {
            _reader.Take();
            _reader.Take();
            kind = DefinitionKind.Assignment;
        }
        else return false;
        if (BuiltIns.IsReserved(name.Path)) throw _reader.Fail(ErrorCodes.BadTarget, name.Where, $"'{name.Path}' is built in and cannot be defined", "", "another name");
        into.Add(new DefinitionSyntax(kind, name, _expressions.Parse(), name.Where));
        return true;
    }

    private void Declaration(List<StatementSyntax> into)
    {
        var kind = DeclarationKind.None;
        while (IsDeclarationWord(_reader.Current) && _reader.Ahead(1) is var next && (next.Kind == TokenKind.Identifier || next.Is("$")))
        {
            kind |= _reader.Take().Text switch
            {
                "species" => DeclarationKind.Species,
                "substanceOnly" => DeclarationKind.SubstanceOnly | DeclarationKind.Species,
                "compartment" => DeclarationKind.Compartment,
                "const" => DeclarationKind.Constant,
                "var" => DeclarationKind.Variable,
                _ => DeclarationKind.None,
            };
        }
        do
        {
            _reader.SkipLineEnds();
            var isBoundary = _reader.Accept("$");
            var name = _expressions.ParseName("species A, B in C");
            NameSyntax? compartment = null;
            if (_reader.AcceptWord("in")) compartment = _expressions.ParseName("species A in C");
            into.Add(new DeclarationSyntax(kind, name, isBoundary, compartment, name.Where));
            if (!Definition(name, into) && _reader.AcceptWord("has")) into.Add(new HasUnitSyntax(name, UnitText(out var where), where));
            if (_reader.Current.Is(",")) _reader.Take();
            else return;
            while (_reader.Current.Kind == TokenKind.Newline) _reader.Position++;
        }
        while (true);
    }

    /// <summary>Statements <c>name: ...</c>.</summary>
    private void Labelled(NameSyntax name, List<StatementSyntax> into)
    {
        _reader.Take();
        var token = _reader.Current;
        if (token.IsWord("at")) into.Add(Event(name, name.Where));
        else if (token.IsWord("maximize") || token.IsWord("minimize")) throw _reader.Fail(ErrorCodes.Unsupported, token.Where, $"'{token.Text}' is not supported", "flux balance is outside Marrow's scope");
        else if (token.Kind == TokenKind.Identifier && _reader.Ahead(1).Is("(")) into.Add(Instance(name));
        else into.Add(Reaction(name, name.Where));
    }

    private StatementSyntax Is(NameSyntax name)
    {
        var token = _reader.Current;
        if (token.Kind == TokenKind.Text)
        {
            _reader.Take();
            return new DisplayNameSyntax(name, token.Text, name.Where);
        }
        var other = _expressions.ParseName("x is y, or x is \"name\"");
        if (_reader.Current.Is("/") || _reader.Current.Is("*")) throw _reader.Fail(ErrorCodes.Unsupported, _reader.Current.Where, "conversion factors of 'is' are not supported", "", "the same unit in both modules");
        return new SynchronizeSyntax(name, other, name.Where);
    }

    private InstanceSyntax Instance(NameSyntax name)
    {
        var module = _expressions.ParseName("A: module(x, y)");
        var arguments = new List<ArgumentSyntax>();
        var opening = _reader.Open();
        while (!_reader.Current.Is(")"))
        {
            var where = _reader.Current.Where;
            if (_reader.Current.Is(",")) arguments.Add(new ArgumentSyntax(null, null, where));
            else
            {
                var value = _expressions.Parse();
                arguments.Add(value is NameExpression n ? new ArgumentSyntax(new NameSyntax(n.Name, n.Where), null, where) : new ArgumentSyntax(null, value, where));
            }
            if (!_reader.Accept(",")) break;
        }
        _reader.Close(opening);
        if (_reader.Current.Is(",")) throw _reader.Fail(ErrorCodes.Unsupported, _reader.Ahead(1).Where, "time and extent conversion factors of a module are not supported", "", "the same unit of time in all modules");
        var compartment = _reader.AcceptWord("in") ? _expressions.ParseName("A: module(x) in C") : null;
        return new InstanceSyntax(name, module, arguments, compartment, name.Where);
    }

    private UnitSyntax Unit()
    {
        _reader.Take();
        var name = _reader.ExpectIdentifier("the name of the unit", "unit G = 1e9 item");
        _reader.Expect("=", "unit G = 1e9 item");
        var text = UnitText(out var where);
        return new UnitSyntax(name.Text, text, where, name.Where);
    }

    /// <summary>The text of a unit up to the end of the statement or the next comma.</summary>
    private string UnitText(out SourceSpan where)
    {
        var first = _reader.Current;
        var text = "";
        while (!_reader.AtStatementEnd && !_reader.Current.Is(","))
        {
            var token = _reader.Current;
            var isPart = token.Kind is TokenKind.Identifier or TokenKind.Number || token.Text is "/" or "*" or "^" or "(" or ")" or "-" or "%" or "+";
            if (!isPart) throw _reader.Fail(ErrorCodes.BadUnit, token.Where, $"{token.Describe()} in a unit", "", "x has pM/d/G");
            var glue = text.Length > 0 && char.IsAsciiLetterOrDigit(text[^1]) && token.Kind is TokenKind.Identifier or TokenKind.Number ? " " : "";
            text += (text.Length > 0 ? glue : "") + token.Text;
            _reader.Position++;
        }
        where = first.Where with { Length = Math.Max(1, _reader.Previous.Where.Column + _reader.Previous.Where.Length - first.Where.Column) };
        return text.Length > 0 ? text : throw _reader.Fail(ErrorCodes.BadUnit, first.Where, "a unit expected", "", "x has pM/d/G");
    }
}
