using System.Globalization;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Trials.DosingTables;

/// <summary>A model compiled for the doses and covariates of a table.</summary>
/// <param name="Model">The model, with an input for everything that is dosed.</param>
/// <param name="Targets">What is dosed, by the text of CMT.</param>
/// <param name="Covariates">For each covariate of the table the parameter that it sets, or -1.</param>
internal sealed record DosedModel(CompiledModel Model, IReadOnlyDictionary<string, DoseTarget> Targets, int[] Covariates);

/// <summary>Ties the names of a table to a model.</summary>
internal sealed class DosedModelBuilder(ReactionNetwork network, IReadOnlyList<string> observables, DosingTable table, DiagnosticBag bag)
{
    private readonly ReactionNetwork _original = network;
    private ReactionNetwork _network = network;

    /// <summary>The compiled model; null if the table has errors.</summary>
    public DosedModel? Build()
    {
        table.RequireHours(_original, bag);
        var names = Targets();
        var covariates = table.Covariates.Select(Parameter).ToArray();
        var values = names.ToDictionary(n => n.Key, n => NamedDoseValues.Find(n.Key, [n.Value], table, _original), StringComparer.Ordinal);
        foreach (var row in table.Rows.Where(r => r.IsDose && values.ContainsKey(r.Compartment)))
            values[row.Compartment].Require(row, names[row.Compartment], bag);
        if (_original.Events.Length > 0)
        {
            foreach (var row in table.Rows.Where(r => r.IsEndless))
                bag.Error(DosingCodes.NotSupported, "an endless infusion (SS with AMT 0) into a model with events", row.Where, $"its state of rest is that of the rates alone, and {_original.Events[0].Id} may change it", "earlier doses instead of SS, or a model without events");
        }
        var read = values.Values.SelectMany(v => v.Columns).ToHashSet();
        TableNames.CheckColumns(table, c => covariates[c] is not null || read.Contains(c), _original.Parameters.Select(p => p.Id), bag);
        if (bag.HasErrors) return null;
        _network = names.Values.Distinct(StringComparer.Ordinal).Aggregate(_network, TableNames.AddInput);
        string[] wanted = [.. observables.Concat(values.Values.SelectMany(v => v.Quantities)).Distinct(StringComparer.Ordinal)];
        var model = CompiledModel.Compile(_network, new CompileOptions { Observables = wanted });
        return new DosedModel(
            model,
            names.ToDictionary(n => n.Key, n => values[n.Key].Place(n.Value, model.StateIndex(n.Value), model.ParameterIndex(TableNames.InputOf(n.Value)), model.ObservableIndex), StringComparer.Ordinal),
            [.. covariates.Select(c => c is null ? -1 : model.ParameterIndex(c))]);
    }

    /// <summary>Names by the text of CMT; what is unknown is reported.</summary>
    private Dictionary<string, string> Targets()
    {
        var dosable = DoseQuantities.Targets(_original).ToList();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in table.Rows.Where(r => r.IsDose && !found.ContainsKey(r.Compartment)))
        {
            var text = row.Compartment.Length == 0 ? "1" : row.Compartment;
            var isNumber = int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number);
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
        var name = TableNames.Nearest(column.Name, _original.Parameters.Select(p => p.Id).Concat(_original.Compartments.Select(c => c.Id)));
        if (name is null) return null;
        if (TableNames.IsRuled(_original, name))
        {
            bag.Error(DosingCodes.Conflict, $"column '{column.Name}' would set '{name}', which a rule computes", column.Where, "", "another heading, or a model without the rule");
            return null;
        }
        _network = _network with
        {
            Parameters = [.. _network.Parameters.Select(p => p.Id == name && TableNames.IsFormula(p.Value) ? p with { Value = Unset } : p)],
            Compartments = [.. _network.Compartments.Select(c => c.Id == name && TableNames.IsFormula(c.Size) ? c with { Size = Unset } : c)],
        };
        return name;
    }

    /// <summary>A number that rows must give: the formula's own value would be wrong as soon as what it reads changes.</summary>
    private static NumberExpression Unset => new(double.NaN, null, SourceSpan.None);
}
