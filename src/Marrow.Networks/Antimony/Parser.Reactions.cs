using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

internal sealed partial class Parser
{
    private const string ReactionForm = "J: 2 A + B -> C; k*A*B";
    private const string EventForm = "E: at x > 1, persistent = false: y = 0, z = 2";

    private StatementSyntax Reaction(NameSyntax? name, NameSyntax? place, SourceSpan where)
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
        if (arrow is not ("->" or "=>")) return Interaction(name, arrow, reactants, products, where);
        _reader.Take();
        // The rate law may stand elsewhere: "J = law".
        var law = _reader.AtStatementEnd ? null : _expressions.Parse();
        if (_reader.AcceptWord("in")) place = _expressions.ParseName("J: A -> B; k*A in C");
        return new ReactionSyntax(name, reactants, products, arrow == "->", law, place, where);
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
            var species = _expressions.ParseName(ReactionForm);
            var follows = _reader.Current.Kind == TokenKind.Identifier || (_reader.Current.Is("$") && !isBoundary);
            if (stoichiometry is null && !isBoundary && follows && !_reader.Current.IsWord("in"))
            {
                isBoundary = _reader.Accept("$");
                result.Add(new ParticipantSyntax(_expressions.ParseName(ReactionForm), 1, species, isBoundary));
            }
            else result.Add(new ParticipantSyntax(species, stoichiometry?.Value ?? 1, null, isBoundary));
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

    private InteractionSyntax Interaction(NameSyntax? name, string arrow, List<ParticipantSyntax> from, List<ParticipantSyntax> to, SourceSpan where)
    {
        if (from.Count == 0 || to.Count != 1) throw _reader.Fail(ErrorCodes.UnexpectedText, where, $"'{arrow}' leads from species to one reaction", "", $"I {arrow} J0");
        var kind = arrow switch { "-|" => InteractionKind.Inhibition, "-o" => InteractionKind.Activation, _ => InteractionKind.Unknown };
        return new InteractionSyntax(name, [.. from.Select(p => p.Species)], to[0].Species, kind, where);
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
        if (_reader.AtStatementEnd && !EventGoesOn()) return options;
        do
        {
            while (_reader.Current.Kind == TokenKind.Newline) _reader.Position++;
            var variable = _expressions.ParseName(EventForm);
            _reader.Expect("=", EventForm);
            options.Assignments.Add(new EventAssignmentSyntax(variable, _expressions.Parse(), variable.Where));
        }
        while (_reader.Accept(",") || AcceptColon());
        return options;
    }

    /// <summary>Whether the lines after "at x > 1:" hold its first assignment; an event without assignments is legal.</summary>
    private bool EventGoesOn()
    {
        var ahead = 0;
        while (_reader.Ahead(ahead).Kind == TokenKind.Newline) ahead++;
        if (ahead == 0 || _reader.Ahead(ahead).Kind != TokenKind.Identifier) return false;
        do ahead++;
        while (_reader.Ahead(ahead).Is(".") || _reader.Ahead(ahead - 1).Is("."));
        return _reader.Ahead(ahead).Is("=");
    }

    private bool AcceptColon() => !_reader.Ahead(1).Is("=") && _reader.Accept(":");

    private EventSyntax Option(EventSyntax options)
    {
        while (_reader.Current.Kind == TokenKind.Newline) _reader.Position++;
        var option = _reader.ExpectIdentifier("an option of the event", EventForm);
        _reader.Expect("=", EventForm);
        var key = option.Text.ToLowerInvariant();
        if (key == "priority") return options with { Priority = _expressions.Parse() };
        var value = _reader.Take();
        if (!value.IsWord("true") && !value.IsWord("false")) throw _reader.Fail(ErrorCodes.UnexpectedText, value.Where, $"true or false expected, {value.Describe()} found", "", EventForm);
        var isTrue = value.Text == "true";
        return key switch
        {
            "persistent" => options with { IsPersistent = isTrue },
            "t0" => options with { InitialValue = isTrue },
            "fromtrigger" => options with { FromTrigger = isTrue },
            _ => throw _reader.Fail(ErrorCodes.UnexpectedText, option.Where, $"event option '{option.Text}' is unknown", "", Spelling.Hint(option.Text, ["persistent", "t0", "priority", "fromTrigger"], "persistent, t0, priority or fromTrigger")),
        };
    }
}
