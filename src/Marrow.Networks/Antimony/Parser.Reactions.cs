using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

internal sealed partial class Parser
{
    private const string ReactionForm = "J: 2 A + B -> C; k*A*B";
    private const string EventForm = "E: at x > 1, persistent = false: y = 0, z = 2";

    private StatementSyntax Reaction(NameSyntax? name, SourceSpan where)
    {
        List<ParticipantSyntax> reactants;
        List<ParticipantSyntax> products;
        string arrow;
        try
        {
            reactants = Participants();
            arrow = Arrow();
            products = Participants();
            if (arrow is "->" or "=>" && !_reader.Current.Is(";"))
            {
                throw _reader.AtStatementEnd
                    ? _reader.Fail(ErrorCodes.MissingRateLaw, where, "reaction without rate law", "", ReactionForm)
                    : _reader.Fail(ErrorCodes.UnexpectedText, _reader.Current.Where, $"'+' or ';' expected in a reaction, {_reader.Current.Describe()} found", "", ReactionForm);
            }
        }
        catch (StatementErrorException)
        {
            _reader.RecoverLine();
            throw;
        }
        if (arrow is not ("->" or "=>")) return Interaction(arrow, reactants, products, where);
        _reader.Take();
        if (_reader.AtStatementEnd) throw _reader.Fail(ErrorCodes.MissingRateLaw, where, "reaction without rate law", "nothing stands after its ';'", ReactionForm);
        var law = _expressions.Parse();
        // The place of a reaction means nothing where every species names its own compartment.
        if (_reader.AcceptWord("in")) _expressions.ParseName("J: A -> B; k*A in C");
        return new ReactionSyntax(name, reactants, products, arrow == "->", law, where);
    }

    private List<ParticipantSyntax> Participants()
    {
        var result = new List<ParticipantSyntax>();
        if (_reader.Current.Kind is not (TokenKind.Number or TokenKind.Identifier) && !_reader.Current.Is("$")) return result;
        do
        {
            var stoichiometry = _reader.Current.Kind == TokenKind.Number ? _reader.Take() : default(Token?);
            if (stoichiometry is { Value: <= 0 } zero) throw _reader.Fail(ErrorCodes.UnexpectedText, zero.Where, "a stoichiometry must be above 0", "", ReactionForm);
            var isBoundary = _reader.Accept("$");
            result.Add(new ParticipantSyntax(_expressions.ParseName(ReactionForm), stoichiometry?.Value ?? 1, isBoundary));
        }
        while (_reader.Accept("+"));
        return result;
    }

    private string Arrow()
    {
        var token = _reader.Current;
        if (token.Is("->") || token.Is("=>") || token.Is("-|")) return _reader.Take().Text;
        if (token.Is("-") && (_reader.Ahead(1).Is("(") || _reader.Ahead(1).IsWord("o")))
        {
            _reader.Take();
            return "-" + _reader.Take().Text;
        }
        throw _reader.Fail(ErrorCodes.UnexpectedText, token.Where, $"'->' or '=>' expected, {token.Describe()} found", "", ReactionForm);
    }

    private InteractionSyntax Interaction(string arrow, List<ParticipantSyntax> from, List<ParticipantSyntax> to, SourceSpan where)
    {
        if (from.Count == 0 || to.Count != 1) throw _reader.Fail(ErrorCodes.UnexpectedText, where, $"'{arrow}' leads from species to one reaction", "", $"I {arrow} J0");
        return new InteractionSyntax([.. from.Select(p => p.Species)], to[0].Species, where);
    }

    private EventSyntax Event(NameSyntax? name, SourceSpan where)
    {
        _reader.Take();
        Expression? delay = null;
        var trigger = _expressions.Parse();
        if (_reader.AcceptWord("after"))
        {
            delay = trigger;
            trigger = _expressions.Parse();
        }
        var options = new EventSyntax(name, trigger, delay, null, true, true, true, [], where);
        while (_reader.Accept(",")) options = Option(options);
        _reader.Expect(":", EventForm);
        do
        {
            while (_reader.Current.Kind == TokenKind.Newline) _reader.Position++;
            var variable = _expressions.ParseName(EventForm);
            _reader.Expect("=", EventForm);
            options.Assignments.Add(new EventAssignmentSyntax(variable, _expressions.Parse(), variable.Where));
        }
        while (_reader.Accept(","));
        return options;
    }

    private EventSyntax Option(EventSyntax options)
    {
        while (_reader.Current.Kind == TokenKind.Newline) _reader.Position++;
        var option = _reader.ExpectIdentifier("an option of the event", EventForm);
        _reader.Expect("=", EventForm);
        if (option.Text == "priority") return options with { Priority = _expressions.Parse() };
        var value = _reader.Take();
        if (!value.IsWord("true") && !value.IsWord("false")) throw _reader.Fail(ErrorCodes.UnexpectedText, value.Where, $"true or false expected, {value.Describe()} found", "", EventForm);
        var isTrue = value.Text == "true";
        return option.Text switch
        {
            "persistent" => options with { IsPersistent = isTrue },
            "t0" => options with { InitialValue = isTrue },
            "fromTrigger" => options with { FromTrigger = isTrue },
            _ => throw _reader.Fail(ErrorCodes.UnexpectedText, option.Where, $"event option '{option.Text}' is unknown", "", Spelling.Hint(option.Text, ["persistent", "t0", "priority", "fromTrigger"], "persistent, t0, priority or fromTrigger")),
        };
    }
}
