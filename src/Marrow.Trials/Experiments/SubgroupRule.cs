using System.Globalization;

namespace Marrow.Trials.Experiments;

/// <summary>A term of a subgroup rule: property, operator, value.</summary>
/// <param name="Property">Property.</param>
/// <param name="Operator">One of = != &lt; &lt;= &gt; &gt;=.</param>
/// <param name="Value">Word or number.</param>
public sealed record SubgroupTerm(string Property, string Operator, string Value)
{
    /// <summary>The value as a number; NaN if it is a word.</summary>
    public double Number => double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    /// <summary>Whether a number obeys the term.</summary>
    public bool Holds(double x) => Operator switch
    {
        "=" => x == Number,
        "!=" => x != Number,
        "<" => x < Number,
        "<=" => x <= Number,
        ">" => x > Number,
        _ => x >= Number,
    };

    /// <inheritdoc/>
    public override string ToString() => Property + Operator + Value;
}

/// <summary>A group of patients: it holds for those for whom all terms of one of the alternatives hold.</summary>
/// <param name="Text">The group as written.</param>
/// <param name="Alternatives">Terms that must hold together, for each alternative; an empty list holds for all.</param>
public sealed record Subgroup(string Text, IReadOnlyList<IReadOnlyList<SubgroupTerm>> Alternatives);

/// <summary>A subgroup rule: <c>all</c>, or terms joined by <c>&amp;</c> (binds first), <c>|</c> and, at most once, <c> vs </c>.</summary>
/// <param name="A">The group, or the first of two.</param>
/// <param name="B">The second group; null without <c>vs</c>.</param>
public sealed record SubgroupRule(Subgroup A, Subgroup? B)
{
    private static readonly string[] Operators = ["!=", "<=", ">=", "=", "<", ">"];

    /// <summary>Reads a rule; null, with the problem, if it is not one.</summary>
    public static SubgroupRule? Parse(string text, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        problem = "";
        var sides = text.Split(" vs ");
        if (sides.Length > 2)
        {
            problem = "'vs' stands more than once";
            return null;
        }
        var groups = new List<Subgroup>();
        foreach (var side in sides)
        {
            if (Group(side.Trim(), out problem) is not { } group) return null;
            groups.Add(group);
        }
        return new SubgroupRule(groups[0], groups.Count > 1 ? groups[1] : null);
    }

    private static Subgroup? Group(string text, out string problem)
    {
        problem = "";
        if (text == "all") return new Subgroup(text, [[]]);
        var alternatives = new List<IReadOnlyList<SubgroupTerm>>();
        foreach (var part in text.Split('|'))
        {
            var terms = new List<SubgroupTerm>();
            foreach (var term in part.Split('&'))
            {
                if (Term(term.Trim()) is not { } read)
                {
                    problem = term.Trim().Length == 0 ? "a term is empty" : $"'{term.Trim()}' is not 'property operator value'";
                    return null;
                }
                terms.Add(read);
            }
            alternatives.Add(terms);
        }
        return new Subgroup(text, alternatives);
    }

    private static SubgroupTerm? Term(string text)
    {
        var first = text.IndexOfAny(['=', '!', '<', '>']);
        if (first <= 0) return null;
        var op = Array.Find(Operators, o => string.CompareOrdinal(text, first, o, 0, o.Length) == 0);
        if (op is null) return null;
        var value = text[(first + op.Length)..].Trim();
        var property = text[..first].Trim();
        return value.Length == 0 || value.IndexOfAny(['=', '!', '<', '>', ' ']) >= 0 || property.Contains(' ', StringComparison.Ordinal) ? null : new SubgroupTerm(property, op, value);
    }
}
