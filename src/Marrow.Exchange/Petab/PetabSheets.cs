using System.Globalization;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Exchange.Petab;

/// <summary>Reads the tables of parameters and observables.</summary>
/// <param name="version">1 or 2.</param>
/// <param name="bag">Receives every problem.</param>
internal sealed class PetabSheets(int version, DiagnosticBag bag)
{
    private const string NominalValue = "nominalValue", Estimate = "estimate", LowerBound = "lowerBound", UpperBound = "upperBound";

    /// <summary>Parameters of all tables, in order.</summary>
    public IReadOnlyList<PetabParameter> Parameters(IReadOnlyList<string> files)
    {
        string[] columns = version == 1 ? ["parameterId", "parameterScale", LowerBound, UpperBound, Estimate] : ["parameterId", LowerBound, UpperBound, Estimate];
        return [.. Rows(files, columns, "parameterId").Select(x => Parameter(x.Id, x.Row))];
    }

    /// <summary>Observables of all tables, in order.</summary>
    public IReadOnlyList<PetabObservable> Observables(IReadOnlyList<string> files) =>
        [.. Rows(files, ["observableId", "observableFormula", "noiseFormula"], "observableId").Select(x => Observable(x.Id, x.Row)).OfType<PetabObservable>()];

    /// <summary>Observables whose formulas are broken: what measures them is not at fault.</summary>
    public HashSet<string> Broken { get; } = new(StringComparer.Ordinal);

    /// <summary>Rows that an identifier names, each once.</summary>
    private IEnumerable<(string Id, PetabRow Row)> Rows(IReadOnlyList<string> files, string[] columns, string key)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in files.Select(file => PetabTable.Read(file, columns, bag)).OfType<PetabTable>().SelectMany(t => t.Rows))
        {
            if (row.Id(key, bag) is not { } id) continue;
            if (seen.Add(id)) yield return (id, row);
            else row.Error(key, bag, PetabCodes.Duplicate, $"'{id}' stands twice");
        }
    }

    private PetabParameter Parameter(string id, PetabRow row)
    {
        var scale = version == 1 ? Scale(row, "parameterScale", required: true) : PetabScale.Lin;
        var isEstimated = IsEstimated(row);
        var (lower, upper) = (row.Number(LowerBound, bag, isEstimated && version == 1), row.Number(UpperBound, bag, isEstimated && version == 1));
        var nominal = row.Number(NominalValue, bag, required: !isEstimated);
        if (lower > upper) row.Error(LowerBound, bag, PetabCodes.BadParameter, Text($"the bounds of '{id}' are {lower} and {upper}"), "the lower one is the larger one");
        if (scale != PetabScale.Lin && isEstimated && lower < 0) row.Error(LowerBound, bag, PetabCodes.BadParameter, Text($"the lower bound of '{id}' is {lower}"), "it has no logarithm", "a bound above 0, or the scale lin");
        if (scale != PetabScale.Lin && isEstimated && nominal <= 0) row.Error(NominalValue, bag, PetabCodes.BadParameter, Text($"the nominal value of '{id}' is {nominal}"), "it has no logarithm", "a value above 0, or the scale lin");
        var prior = !isEstimated ? null : version == 1 ? PetabPrior.First(row, bag) : PetabPrior.Second(row, lower, upper, bag);
        return new PetabParameter(id, scale, lower, upper, nominal, isEstimated, prior, row);
    }

    private bool IsEstimated(PetabRow row)
    {
        var text = row[Estimate];
        var isNumber = PetabRow.TryNumber(text) is 0 or 1;
        if (version == 1 && isNumber) return PetabRow.TryNumber(text) == 1;
        if (version == 2 && bool.TryParse(text, out var estimated)) return estimated;
        row.Error(Estimate, bag, PetabCodes.BadValue, $"estimate is '{text}'", "", version == 1 ? "0 or 1" : "true or false");
        return false;
    }

    private PetabScale Scale(PetabRow row, string column, bool required = false)
    {
        var text = row.Given(column);
        if (text.Length == 0 && !required) return PetabScale.Lin;
        string[] scales = ["lin", "log", "log10"];
        var place = Array.IndexOf(scales, text);
        if (place < 0) row.Error(column, bag, PetabCodes.BadValue, $"{column} is '{text}'", "", Spelling.Hint(text, scales, "lin, log or log10"));
        return (PetabScale)Math.Max(0, place);
    }

    private PetabObservable? Observable(string id, PetabRow row)
    {
        var formula = PetabMath.Read(row, "observableFormula", bag);
        var noise = PetabMath.Read(row, "noiseFormula", bag);
        var (isLaplace, scale) = Distribution(row);
        if (formula is null || noise is null)
        {
            Broken.Add(id);
            return null;
        }
        if (version == 2) return new PetabObservable(id, formula, noise, scale, isLaplace, Listed(row, "observablePlaceholders"), Listed(row, "noisePlaceholders"), row);
        Expression[] both = [formula, noise];
        return new PetabObservable(id, formula, noise, scale, isLaplace,
            Numbered(row, "observableFormula", "observableParameter", id, both), Numbered(row, "noiseFormula", "noiseParameter", id, both), row);
    }

    private (bool IsLaplace, PetabScale Scale) Distribution(PetabRow row)
    {
        const string Column = "noiseDistribution";
        var text = row.Given(Column);
        string[] known = version == 1 ? ["normal", "laplace"] : ["normal", "laplace", "log-normal", "log-laplace"];
        if (text.Length > 0 && !known.Contains(text)) row.Error(Column, bag, PetabCodes.BadValue, $"{Column} is '{text}'", "", Spelling.Hint(text, known, string.Join(", ", known)));
        var scale = version == 1 ? Scale(row, "observableTransformation") : text.StartsWith("log-", StringComparison.Ordinal) ? PetabScale.Log : PetabScale.Lin;
        return (text.EndsWith("laplace", StringComparison.Ordinal), scale);
    }

    private List<string> Listed(PetabRow row, string column)
    {
        var names = row.Parts(column).ToList();
        foreach (var name in names.Where(n => !PetabRow.IsId(n))) row.Error(column, bag, PetabCodes.BadId, $"placeholder '{name}' is not an identifier");
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count) row.Error(column, bag, PetabCodes.Duplicate, $"{column} name one twice");
        return names;
    }

    /// <summary>Placeholders of version 1, which are known by their names: <c>observableParameter1_ID</c> and so on.</summary>
    private List<string> Numbered(PetabRow row, string column, string word, string id, Expression[] formulas)
    {
        var numbers = formulas.SelectMany(ExpressionWalk.Nodes).OfType<NameExpression>().Select(n => Number(n.Name, word, id)).Where(n => n > 0).Distinct().Order().ToList();
        for (var i = 0; i < numbers.Count; i++)
        {
            if (numbers[i] == i + 1) continue;
            row.Error(column, bag, PetabCodes.WrongOverrides, Text($"'{word}{numbers[i]}_{id}' without '{word}{i + 1}_{id}'"), "placeholders are numbered from 1 without gaps");
            break;
        }
        return [.. numbers.Select(n => Text($"{word}{n}_{id}"))];
    }

    private static int Number(string name, string word, string id) =>
        name.StartsWith(word, StringComparison.Ordinal) && name.EndsWith("_" + id, StringComparison.Ordinal) && name.Length > word.Length + id.Length + 1
            && int.TryParse(name.AsSpan(word.Length, name.Length - word.Length - id.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
