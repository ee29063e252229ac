using System.Collections.Immutable;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Exchange.Sedml;

/// <summary>Values of data generators: a list for each simulation of a task; simulations of one value each are one list.</summary>
internal sealed class Generators(IReadOnlyDictionary<string, List<RunData>> results, DataLibrary data, TaskRunner tasks, DiagnosticBag bag)
{
    private readonly Dictionary<string, double[][]> _known = new(StringComparer.Ordinal);

    /// <summary>The values of a generator.</summary>
    public double[][] Of(SedGenerator generator)
    {
        if (_known.TryGetValue(generator.Id, out var known)) return known;
        var variables = generator.Formula.Variables.ToDictionary(v => v.Id, Variable, StringComparer.Ordinal);
        return _known[generator.Id] = Joined(Evaluate(generator, variables));
    }

    /// <summary>What tells the simulations of a generator apart, for people; null if nothing does.</summary>
    public IReadOnlyList<string>? LabelsOf(SedGenerator generator)
    {
        if (generator.Formula.Variables.FirstOrDefault(v => v.Task is not null && v.Reduction is null) is not { } variable) return null;
        string[] labels = [.. results[variable.Task!].Where(run => tasks.Find(variable, run.Model) is not null).Select(run => run.Label)];
        return labels.All(l => l.Length > 0) && labels.Distinct(StringComparer.Ordinal).Count() == labels.Length ? labels : null;
    }

    private double[][] Variable(SedVariable variable)
    {
        var runs = new List<double[]>();
        if (variable.Symbol == SedSymbol.Data) runs.Add(data.Values(variable.Source, variable.Where) ?? []);
        foreach (var run in variable.Symbol == SedSymbol.Data ? [] : results[variable.Task!])
        {
            if (tasks.Find(variable, run.Model) is { } quantity) runs.Add(quantity.Symbol == SedSymbol.Time ? [.. run.Times] : run.Values[quantity]);
        }
        return variable.Reduction is { } reduction ? [[reduction.Of([.. runs.SelectMany(r => r)])]] : [.. runs];
    }

    private double[][] Evaluate(SedGenerator generator, Dictionary<string, double[][]> variables)
    {
        var formula = Reduced(generator, generator.Formula.Math, variables);
        if (formula is NameExpression name && variables.TryGetValue(name.Name, out var plain)) return plain;
        string[] used = [.. ExpressionWalk.Nodes(formula).OfType<NameExpression>().Select(n => n.Name).Where(variables.ContainsKey).Distinct(StringComparer.Ordinal)];
        var runs = used.Select(v => variables[v].Length).DefaultIfEmpty(1).Max();
        if (used.Any(v => variables[v].Length != runs && variables[v].Length != 1)) return Differ(generator);
        var values = new double[runs][];
        for (var r = 0; r < runs; r++)
        {
            var columns = used.ToDictionary(v => v, v => variables[v][variables[v].Length == 1 ? 0 : r], StringComparer.Ordinal);
            var length = columns.Values.Select(c => c.Length).DefaultIfEmpty(1).Max();
            if (columns.Values.Any(c => c.Length != length && c.Length != 1)) return Differ(generator);
            values[r] = [.. Enumerable.Range(0, length).Select(i => FormulaValue.Of(formula, n =>
                columns.TryGetValue(n, out var c) ? c[c.Length == 1 ? 0 : i] : generator.Formula.Parameters.TryGetValue(n, out var p) ? p : null))];
        }
        return values;
    }

    /// <summary>The formula with a number in place of each reduction.</summary>
    private Expression Reduced(SedGenerator generator, Expression formula, Dictionary<string, double[][]> variables)
    {
        switch (formula)
        {
            case CallExpression { Arguments: [var argument] } call:
                var inner = generator with { Formula = generator.Formula with { Math = argument } };
                return new NumberExpression(Reductions.ByFunction[call.Function].Of([.. Evaluate(inner, variables).SelectMany(r => r)]), null, call.Where);
            case CallExpression call:
                bag.Error(SedmlCodes.BadSedml, $"the function '{call.Function}' of the data generator '{generator.Id}' takes one argument", generator.Where);
                return new NumberExpression(double.NaN, null, call.Where);
            case ApplyExpression apply:
                ImmutableArray<Expression> arguments = [.. apply.Arguments.Select(a => Reduced(generator, a, variables))];
                return apply with { Arguments = arguments };
            default: return formula;
        }
    }

    private double[][] Differ(SedGenerator generator)
    {
        bag.Error(SedmlCodes.BadSedml, $"the variables of the data generator '{generator.Id}' have different numbers of values", generator.Where, "", "variables of one task, or of tasks with the same times");
        return [[double.NaN]];
    }

    private static double[][] Joined(double[][] runs) => runs.Length > 1 && runs.All(r => r.Length == 1) ? [[.. runs.Select(r => r[0])]] : runs;
}
