using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Exchange.DosingTables;

/// <summary>Where a number of a dose comes from: a column of the table, else a quantity of the model, else what is usual.</summary>
/// <param name="Column">Place among the covariates of the table, or -1.</param>
/// <param name="Observable">Place among the observables, or -1.</param>
/// <param name="Otherwise">What holds where neither is; not a number if that is a mistake.</param>
internal readonly record struct DoseValue(int Column, int Observable, double Otherwise);

/// <summary>Something that doses go into.</summary>
/// <param name="Name">Species or variable with a rate rule.</param>
/// <param name="State">Its state.</param>
/// <param name="Input">The parameter that is the sum of the rates of its infusions.</param>
/// <param name="Fraction">Bioavailability F.</param>
/// <param name="Lag">Lag time.</param>
/// <param name="Rate">Rate of an infusion with RATE -1.</param>
/// <param name="Duration">Duration of an infusion with RATE -2.</param>
internal sealed record DoseTarget(string Name, int State, int Input, DoseValue Fraction, DoseValue Lag, DoseValue Rate, DoseValue Duration);

/// <summary>A model compiled for the doses and covariates of a table.</summary>
/// <param name="Model">The model, with an input for everything that is dosed.</param>
/// <param name="Targets">What is dosed, by the text of CMT.</param>
/// <param name="Covariates">For each covariate of the table the parameter that it sets, or -1.</param>
internal sealed record DosedModel(CompiledModel Model, IReadOnlyDictionary<string, DoseTarget> Targets, int[] Covariates);

/// <summary>Ties the names of a table to a model.</summary>
internal sealed class DosedModelBuilder(ReactionNetwork network, IReadOnlyList<string> observables, DosingTable table, DiagnosticBag bag)
{
    private readonly List<string> _observables = [.. observables];
    private readonly HashSet<int> _used = [];
    private readonly ReactionNetwork _original = network;
    private ReactionNetwork _network = network;

    /// <summary>The compiled model; null if the table has errors.</summary>
    public DosedModel? Build()
    {
        var names = Targets();
        var covariates = table.Covariates.Select(Parameter).ToArray();
        foreach (var name in names.Values.Distinct(StringComparer.Ordinal)) AddInput(name);
        var values = names.ToDictionary(n => n.Key, n => Values(n.Key, n.Value), StringComparer.Ordinal);
        CheckModelled(names, values);
        CheckColumns(covariates);
        if (bag.HasErrors) return null;
        var model = CompiledModel.Compile(_network, new CompileOptions { Observables = [.. _observables.Distinct(StringComparer.Ordinal)] });
        DoseValue placed((int Column, string? Quantity, double Otherwise) v) =>
            new(v.Column, v.Quantity is null ? -1 : model.ObservableIndex(v.Quantity), v.Otherwise);
        return new DosedModel(
            model,
            names.ToDictionary(
                n => n.Key,
                n => new DoseTarget(n.Value, model.StateIndex(n.Value), model.ParameterIndex(InputOf(n.Value)),
                    placed(values[n.Key].Fraction), placed(values[n.Key].Lag), placed(values[n.Key].Rate), placed(values[n.Key].Duration)),
                StringComparer.Ordinal),
            [.. covariates.Select(c => c is null ? -1 : model.ParameterIndex(c))]);
    }

    // A name that no model can have, so that it meets none.
    private static string InputOf(string target) => $"infusions into {target}";

    /// <summary>What can be dosed, in the order in which CMT counts.</summary>
    private List<string> Dosable()
    {
        var ruled = _original.AssignmentRules.Select(r => r.Variable).ToHashSet(StringComparer.Ordinal);
        var rates = _original.RateRules.Select(r => r.Variable).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. _original.Species.Where(s => !s.IsConstant && !ruled.Contains(s.Id) && (!s.IsBoundary || rates.Contains(s.Id))).Select(s => s.Id),
            .. _original.Parameters.Where(p => rates.Contains(p.Id)).Select(p => p.Id),
        ];
    }

    /// <summary>Names by the text of CMT; what is unknown is reported.</summary>
    private Dictionary<string, string> Targets()
    {
        var dosable = Dosable();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in table.Subjects.SelectMany(s => s.Rows).Where(r => r.IsDose && !found.ContainsKey(r.Compartment)))
        {
            var text = row.Compartment.Length == 0 ? "1" : row.Compartment;
            var isNumber = int.TryParse(text, out var number);
            var name = isNumber ? dosable.ElementAtOrDefault(number - 1)
                : dosable.Find(d => d == text) ?? dosable.Find(d => string.Equals(d, text, StringComparison.OrdinalIgnoreCase));
            if (name is not null) found[row.Compartment] = name;
            else if (isNumber) bag.Error(DosingCodes.UnknownTarget, $"the model has no compartment {number}", row.Where, "", dosable.Count == 0 ? "a model with species" : $"1 to {dosable.Count}: {string.Join(", ", dosable.Take(10))}{(dosable.Count > 10 ? ", ..." : "")}");
            else bag.Error(DosingCodes.UnknownTarget, $"nothing named '{text}' can be dosed", row.Where, "it is no species, or is constant, a boundary or computed by a rule", Spelling.Hint(text, dosable, ""));
        }
        return found;
    }

    /// <summary>A parameter or size that a column sets; made a plain number, if it is a formula.</summary>
    private string? Parameter(CovariateColumn column)
    {
        var name = Nearest(column.Name, _original.Parameters.Select(p => p.Id).Concat(_original.Compartments.Select(c => c.Id)));
        if (name is null) return null;
        var rule = _original.AssignmentRules.Select(r => (r.Variable, r.Where)).Concat(_original.RateRules.Select(r => (r.Variable, r.Where))).FirstOrDefault(r => r.Variable == name);
        if (rule.Variable is not null)
        {
            bag.Error(DosingCodes.Conflict, $"column '{column.Name}' would set '{name}', which a rule computes", column.Where, "", "another heading, or a model without the rule");
            return null;
        }
        _network = _network with
        {
            Parameters = [.. _network.Parameters.Select(p => p.Id == name && IsFormula(p.Value) ? p with { Value = Unset } : p)],
            Compartments = [.. _network.Compartments.Select(c => c.Id == name && IsFormula(c.Size) ? c with { Size = Unset } : c)],
        };
        return name;
    }

    /// <summary>A number that rows must give: the formula's own value would be wrong as soon as what it reads changes.</summary>
    private static NumberExpression Unset => new(double.NaN, null, SourceSpan.None);

    private static bool IsFormula(Expression? value) => value is not null && ExpressionWalk.Nodes(value).Any(n => n is NameExpression or TimeExpression or CallExpression);

    private static string? Nearest(string wanted, IEnumerable<string> names)
    {
        string[] same = [.. names.Where(n => string.Equals(n, wanted, StringComparison.OrdinalIgnoreCase))];
        return same.FirstOrDefault(n => n == wanted) ?? (same.Length == 1 ? same[0] : null);
    }

    /// <summary>Adds the input of infusions: a reaction, or a term of the rate rule.</summary>
    private void AddInput(string target)
    {
        var input = InputOf(target);
        var name = new NameExpression(input, SourceSpan.None);
        _network = _network with { Parameters = _network.Parameters.Add(new Parameter(input, null, new NumberExpression(0, null, SourceSpan.None), false, null, SourceSpan.None)) };
        var rule = _network.RateRules.FirstOrDefault(r => r.Variable == target);
        if (rule is null)
        {
            _network = _network with { Reactions = _network.Reactions.Add(new Reaction($"reaction of {input}", null, [], [new SpeciesReference(target, 1)], [], name, false, SourceSpan.None)) };
            return;
        }
        // The rule of a concentration gives its rate; what is infused is an amount.
        Expression term = _original.Species.FirstOrDefault(s => s.Id == target) is { IsSubstanceOnly: false } species
            ? new ApplyExpression(MathFunction.Divide, [name, new NameExpression(species.Compartment, SourceSpan.None)], SourceSpan.None) : name;
        var rate = new ApplyExpression(MathFunction.Add, [rule.Rate, term], SourceSpan.None);
        _network = _network with { RateRules = _network.RateRules.Replace(rule, rule with { Rate = rate }) };
    }

    private sealed record TargetValues(
        (int Column, string? Quantity, double Otherwise) Fraction, (int Column, string? Quantity, double Otherwise) Lag,
        (int Column, string? Quantity, double Otherwise) Rate, (int Column, string? Quantity, double Otherwise) Duration);

    private TargetValues Values(string compartment, string target)
    {
        (int, string?, double) value(string letter, double otherwise)
        {
            // The numbered names of NONMEM hold where the table counts: elsewhere a model's F1 or D1 is its own affair.
            string[] names = int.TryParse(compartment, out var number) ? [$"{letter}_{target}", $"{letter}{number}"] : [$"{letter}_{target}"];
            foreach (var name in names)
            {
                var column = table.Covariates.ToList().FindIndex(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
                var quantity = Nearest(name, _original.Parameters.Select(p => p.Id));
                if (column < 0 && quantity is null) continue;
                if (column >= 0) _used.Add(column);
                if (quantity is not null) _observables.Add(quantity);
                return (quantity is null ? column : -1, quantity, otherwise);
            }
            return (-1, null, otherwise);
        }

        return new TargetValues(value("F", 1), value("ALAG", 0), value("R", double.NaN), value("D", double.NaN));
    }

    private void CheckModelled(Dictionary<string, string> names, Dictionary<string, TargetValues> values)
    {
        foreach (var row in table.Subjects.SelectMany(s => s.Rows).Where(r => r.IsDose && names.ContainsKey(r.Compartment)))
        {
            var (letter, value) = row.Form switch
            {
                InfusionForm.ModelledRate => ("R", values[row.Compartment].Rate),
                InfusionForm.ModelledDuration => ("D", values[row.Compartment].Duration),
                _ => ("", default),
            };
            if (letter.Length > 0 && value is { Column: < 0, Quantity: null })
                bag.Error(DosingCodes.NoParameter, $"RATE {(letter == "R" ? -1 : -2)} needs the parameter {letter}_{names[row.Compartment]}", row.Where);
        }
    }

    private void CheckColumns(string?[] covariates)
    {
        for (var c = 0; c < covariates.Length; c++)
        {
            if (covariates[c] is not null || _used.Contains(c)) continue;
            var column = table.Covariates[c];
            bag.Warn(DosingCodes.UnusedColumn, $"column '{column.Name}' has no effect", column.Where, "the model has no parameter of this name", Spelling.Hint(column.Name, _original.Parameters.Select(p => p.Id), ""));
        }
        foreach (var cell in table.Subjects.SelectMany(s => s.Rows).SelectMany(r => r.Unreadable).Where(u => covariates[u.Column] is not null || _used.Contains(u.Column)))
            bag.Error(DosingCodes.BadCell, $"{table.Covariates[cell.Column].Name} is '{cell.Text}'", cell.Where, "it is not a number");
    }
}
