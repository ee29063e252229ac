using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Sbml;

/// <summary>Says a model of Level 1 (Hucka et al., Bioinformatics 19:524, 2003) in the elements of Level 2. Formulas stay text, which
/// <see cref="Formula"/> reads.</summary>
internal static class LevelOne
{
    // A name that no formula can hold, so that a model may call its parameter 'pi' or 'time': Level 1 has no such constants.
    private const string Mark = "__1_";

    private static readonly Dictionary<string, string> Elements = new(StringComparer.Ordinal)
    {
        ["specie"] = "species",
        ["specieReference"] = "speciesReference",
        ["listOfSpecie"] = "listOfSpecies",
    };

    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal) { ["meter"] = "metre", ["liter"] = "litre" };

    /// <summary>The model in the elements of Level 2.</summary>
    public static XmlNode Raise(XmlNode model)
    {
        var rules = model.Members("listOfRules");
        var changing = rules.Select(Target).OfType<string>().ToHashSet(StringComparer.Ordinal);
        // An algebraic rule may determine anything that it names.
        var open = string.Join(' ', rules.Where(r => r.Name == "algebraicRule").Select(r => r["formula"]));
        return Raise(model, name => changing.Contains(name) || open.Contains(name, StringComparison.Ordinal));
    }

    /// <summary>A formula of Level 1.</summary>
    /// <param name="text">The text.</param>
    /// <param name="where">Place of the element that it belongs to.</param>
    /// <param name="rename">New names of local parameters.</param>
    /// <param name="reporter">Receives problems.</param>
    public static Expression? Formula(string text, SourceSpan where, Func<string, string> rename, Reporter reporter)
    {
        var bag = new DiagnosticBag();
        var own = new Reporter(bag);
        var tokens = new Lexer(text, where.File, own).Run();
        for (var i = 0; i < tokens.Count; i++)
        {
            var isName = tokens[i].Kind == TokenKind.Identifier && !(i + 1 < tokens.Count && tokens[i + 1].Is("("));
            tokens[i] = tokens[i] with { Where = where, Text = isName ? Mark + tokens[i].Text : tokens[i].Text };
        }
        var reader = new TokenReader(tokens, own);
        Expression? formula = null;
        try
        {
            formula = new ExpressionParser(reader).Parse();
        }
        catch (StatementErrorException)
        {
            // What is wrong has been reported.
        }
        if (formula is not null && !bag.HasErrors && reader.Current.Kind == TokenKind.End) return Known(formula, rename, reporter);
        reporter.Error(ErrorCodes.BadSbml, where, $"'{text}' is no formula of Level 1", bag.Items.FirstOrDefault(d => d.Severity == Severity.Error)?.What ?? "");
        return null;
    }

    private static Expression Known(Expression formula, Func<string, string> rename, Reporter reporter)
    {
        switch (formula)
        {
            case NameExpression name: return name with { Name = rename(name.Name[Mark.Length..]) };
            case ApplyExpression apply: return apply with { Arguments = [.. apply.Arguments.Select(a => Known(a, rename, reporter))] };
            case CallExpression { Function: "sqr", Arguments: [var root] } call:
                return new ApplyExpression(MathFunction.Power, [Known(root, rename, reporter), new NumberExpression(2, null, call.Where)], call.Where);
            case CallExpression call:
                reporter.Error(ErrorCodes.BadSbml, call.Where, $"'{call.Function}' is no function of Level 1");
                return call;
            default: return formula;
        }
    }

    private static XmlNode Raise(XmlNode node, Func<string, bool> varies)
    {
        var attributes = node.Attributes.ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
        void move(string from, string to)
        {
            if (attributes.Remove(from, out var value)) attributes.TryAdd(to, value);
        }

        var name = Elements.GetValueOrDefault(node.Name, node.Name);
        if (name is not ("unit" or "kineticLaw")) move("name", "id");
        move("specie", "species");
        switch (name)
        {
            case "compartment":
                move("volume", "size");
                attributes.TryAdd("size", "1");
                break;
            case "species":
                move("units", "substanceUnits");
                break;
            case "unit" when Units.TryGetValue(attributes.GetValueOrDefault("kind", ""), out var kind):
                attributes["kind"] = kind;
                break;
            case "parameterRule" or "compartmentVolumeRule" or "speciesConcentrationRule" or "specieConcentrationRule":
                attributes["variable"] = Target(node) ?? "";
                name = attributes.GetValueOrDefault("type") == "rate" ? "rateRule" : "assignmentRule";
                break;
        }
        if (name is "compartment" or "parameter") attributes["constant"] = varies(attributes.GetValueOrDefault("id", "")) ? "false" : "true";
        return new XmlNode(name, node.Space, node.Where, attributes, node.Children.Select(child => Raise(child, varies)), node.Text);
    }

    private static string? Target(XmlNode rule) => rule.Name switch
    {
        "parameterRule" => rule["name"],
        "compartmentVolumeRule" => rule["compartment"],
        "speciesConcentrationRule" or "specieConcentrationRule" => rule["species"] ?? rule["specie"],
        _ => null,
    };
}
