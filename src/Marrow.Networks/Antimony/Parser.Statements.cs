using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

internal sealed partial class Parser
{
    private const string StatementForms = "'x = 1', 'x := y', 'J: A -> B; k*A', 'E: at x > 1: y = 0', 'I: module(x)', 'x is \"name\"', 'x has unit'";

    private static bool IsDeclarationWord(Token token) => token.Kind == TokenKind.Identifier
        && token.Text is "species" or "substanceOnly" or "compartment" or "var" or "const" or "formula" or "reaction" or "event";

    private void Statement(List<StatementSyntax> into)
    {
        var token = _reader.Current;
        var next = _reader.Ahead(1);
        if (IsDeclarationWord(token) && (next.Kind == TokenKind.Identifier || next.Is("$")) && !next.IsWord("is") && !next.IsWord("has")) Declaration(into);
        else if (token.IsWord("unit") && next.Kind == TokenKind.Identifier) Unit(into);
        else if (token.IsWord("at") && !next.Is(":") && !next.Is("=")) into.Add(Event(null, token.Where));
        else if (Refused(token, next)) throw Refusal(token);
        else if (token.IsWord("delete") && next.Kind == TokenKind.Identifier) Delete(into);
        else if (token.IsWord("constraint") && (next.Is(":") || next.Kind == TokenKind.Identifier)) into.Add(Constraint());
        else if (token.IsWord("model") && !next.Is("=") && !next.Is(":")) Remark(null, into);
        else if (token.IsWord("geneProduct") && next.Kind == TokenKind.Identifier) Ignore("gene products of flux balance models");
        else if (token.Is("@")) Ignore("directives that begin with '@'");
        else if (token.Kind == TokenKind.Number && token.Value == 0 && next.Is("=")) into.Add(AlgebraicRule());
        else if (IsInequality()) into.Add(new ConstraintSyntax(null, _expressions.ParseChain(), token.Where));
        else if (token.Kind == TokenKind.Number || token.Is("$") || token.Is("->") || token.Is("=>")) into.Add(Reaction(null, null, token.Where));
        else NamedStatement(into);
    }

    /// <summary>Statements that begin with a name.</summary>
    private void NamedStatement(List<StatementSyntax> into)
    {
        var start = _reader.Position;
        var name = _expressions.ParseName(StatementForms);
        if (Remark(name, into)) return;
        NameSyntax? compartment = null;
        if (_reader.AcceptWord("in")) compartment = _expressions.ParseName("x in compartment");
        var token = _reader.Current;
        if (token.Is(":") && !_reader.Ahead(1).Is("="))
        {
            Labelled(name, compartment, into);
            return;
        }
        if (compartment is not null) into.Add(new DeclarationSyntax(DeclarationKind.None, name, false, compartment, name.Where));

        if (Definition(name, into)) return;
        if (_reader.AcceptWord("is")) into.Add(Is(name, null));
        else if (_reader.AcceptWord("has")) into.Add(new HasUnitSyntax(name, UnitText(out var where), where));
        else if (token.Is("*")) into.Add(ConvertedIs(name));
        else if (token.Is("-") && _reader.Ahead(1).Is("-")) throw Strand(token);
        else if (token.Is("+") || token.Is("->") || token.Is("=>") || token.Is("-|") || token.Is("-") || token.Is("$") || IsSpeciesAfter())
        {
            _reader.Position = start;
            into.Add(Reaction(null, null, name.Where));
        }
        else if (token.Is("(") && compartment is null) into.Add(Instance(null, name, null));
        else if (compartment is null) throw _reader.Fail(ErrorCodes.UnexpectedText, token.Where, $"{token.Describe()} does not continue a statement that begins with '{name.Path}'", "", StatementForms);
    }

    /// <summary>After a name, another that is followed by an arrow or a sum: <c>p S -> ...</c>.</summary>
    private bool IsSpeciesAfter()
    {
        if (_reader.Current.Kind != TokenKind.Identifier) return false;
        var ahead = 1;
        while (_reader.Ahead(ahead).Is(".") && _reader.Ahead(ahead + 1).Kind == TokenKind.Identifier) ahead += 2;
        var after = _reader.Ahead(ahead);
        return after.Is("+") || after.Is("->") || after.Is("=>");
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
        if (_reader.AtStatementEnd && name.Path.Contains('.', StringComparison.Ordinal))
        {
            into.Add(new ClearSyntax(kind, name, name.Where));
            return true;
        }
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

    /// <summary>Statements <c>name: ...</c> and <c>name in C: ...</c>.</summary>
    private void Labelled(NameSyntax name, NameSyntax? compartment, List<StatementSyntax> into)
    {
        _reader.Take();
        var token = _reader.Current;
        if (token.IsWord("at")) into.Add(Event(name, name.Where));
        else if (token.IsWord("maximize") || token.IsWord("minimize")) throw Refusal(token);
        else if (token.Kind == TokenKind.Number && token.Value == 0 && _reader.Ahead(1).Is("=")) into.Add(AlgebraicRule());
        else if (token.Is("-") && _reader.Ahead(1).Is("-")) throw Strand(token);
        else if (IsInstance()) into.Add(Instance(name, _expressions.ParseName("A: module(x, y)"), compartment));
        else if (token.Kind == TokenKind.Identifier && _reader.Ahead(1).Is("-") && _reader.Ahead(2).Is("-")) throw Strand(token);
        else into.Add(Reaction(name, compartment, name.Where));
    }

    /// <summary><c>0 = f</c>.</summary>
    private AlgebraicSyntax AlgebraicRule()
    {
        var where = _reader.Take().Where;
        _reader.Take();
        return new AlgebraicSyntax(_expressions.Parse(), where);
    }

    private bool IsInstance() => _reader.Current.Kind == TokenKind.Identifier && _reader.Ahead(1).Is("(");

    private StatementSyntax Is(NameSyntax name, Expression? factor)
    {
        var token = _reader.Current;
        if (token.Kind == TokenKind.Text && factor is null)
        {
            _reader.Take();
            return new DisplayNameSyntax(name, token.Text, name.Where);
        }
        var other = _expressions.ParseName("x is y, or x is \"name\"");
        if (factor is null && _reader.Accept("/")) factor = Factor("x is y/factor");
        return new SynchronizeSyntax(name, other, factor, name.Where);
    }

    /// <summary><c>x*factor is y</c>.</summary>
    private StatementSyntax ConvertedIs(NameSyntax name)
    {
        const string form = "x*factor is y";
        _reader.Take();
        var factor = Factor(form);
        if (!_reader.AcceptWord("is")) throw _reader.Fail(ErrorCodes.UnexpectedText, _reader.Current.Where, $"'is' expected, {_reader.Current.Describe()} found", "", form);
        return Is(name, factor);
    }

    /// <summary>A conversion factor: a number or a name.</summary>
    private Expression Factor(string form)
    {
        var token = _reader.Current;
        if (token.Kind != TokenKind.Number)
        {
            var name = _expressions.ParseName(form);
            return new NameExpression(name.Path, name.Where);
        }
        _reader.Take();
        return token.Value > 0 ? new NumberExpression(token.Value, null, token.Where) : throw _reader.Fail(ErrorCodes.UnexpectedText, token.Where, "a conversion factor must be above 0", "", form);
    }

    /// <summary>An instance of a module; without a name it gets one.</summary>
    private InstanceSyntax Instance(NameSyntax? name, NameSyntax module, NameSyntax? compartment)
    {
        const string form = "A: module(x, y), timeconv = 60, extentconv = 1000";
        name ??= new NameSyntax($"_sub{_unnamed++}", module.Where);
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
        Expression? time = null, extent = null;
        while (_reader.Accept(","))
        {
            var option = _reader.ExpectIdentifier("timeconv or extentconv", form);
            _reader.Expect("=", form);
            if (option.Text.Equals("timeconv", StringComparison.OrdinalIgnoreCase)) time = Factor(form);
            else if (option.Text.Equals("extentconv", StringComparison.OrdinalIgnoreCase)) extent = Factor(form);
            else throw _reader.Fail(ErrorCodes.UnexpectedText, option.Where, $"option '{option.Text}' of a module is unknown", "", Spelling.Hint(option.Text, ["timeconv", "extentconv"], "timeconv or extentconv"));
        }
        if (_reader.AcceptWord("in")) compartment = _expressions.ParseName("A: module(x) in C");
        return new InstanceSyntax(name, module, arguments, time, extent, compartment, name.Where);
    }

    private void Delete(List<StatementSyntax> into)
    {
        _reader.Take();
        do
        {
            var name = _expressions.ParseName("delete A.x");
            if (!name.Path.Contains('.', StringComparison.Ordinal)) throw _reader.Fail(ErrorCodes.UnexpectedText, name.Where, $"'{name.Path}' is not a member of a submodule", "what belongs to this model need not be written", "delete A.x");
            into.Add(new DeleteSyntax(name, name.Where));
        }
        while (_reader.Accept(","));
    }

    private void Unit(List<StatementSyntax> into)
    {
        const string form = "unit G = 1e9 item";
        _reader.Take();
        var name = _reader.ExpectIdentifier("the name of the unit", form);
        // "unit pM" only says that the name is one of a unit.
        if (_reader.AtStatementEnd) into.Add(new UnitSyntax(name.Text, name.Text, name.Where, name.Where));
        else
        {
            _reader.Expect("=", form);
            var text = UnitText(out var where);
            into.Add(new UnitSyntax(name.Text, text, where, name.Where));
        }
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
