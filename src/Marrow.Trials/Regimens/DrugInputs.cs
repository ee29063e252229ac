using System.Globalization;
using CsvHelper;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Regimens;

/// <summary>How a drug enters the model.</summary>
internal enum InputMode
{
    /// <summary>A constant rate during the infusion: the target is a rate parameter, in amount per day.</summary>
    Rate,
    /// <summary>At once: the target is a state.</summary>
    Bolus,
}

/// <summary>A drug as the model knows it.</summary>
/// <param name="Drug">Name that regimens use.</param>
/// <param name="Target">Rate parameter or state.</param>
/// <param name="Mode">Which of the two.</param>
/// <param name="DoseUnit">Unit of prescribed amounts: mg, ug, cells, ...</param>
/// <param name="Factor">Model amount per prescribed unit.</param>
/// <param name="Varies">Parameter that varies from dose to dose; null if none does.</param>
/// <param name="VariesSd">Standard deviation of its logarithm between doses of a patient.</param>
internal sealed record DrugInput(string Drug, string Target, InputMode Mode, string DoseUnit, double Factor, string? Varies, double VariesSd);

/// <summary>The table of drugs that the model can be given (models/therapies/inputs.csv):
/// drug, target, mode, dose_unit, factor, varies, varies_sd, kind, source, note.</summary>
internal sealed class DrugInputs
{
    /// <summary>Columns of the table.</summary>
    internal static readonly string[] Columns = ["drug", "target", "mode", "dose_unit", "factor", "varies", "varies_sd", "kind", "source", "note"];
    private readonly Dictionary<string, DrugInput> _drugs = new(StringComparer.Ordinal);

    /// <summary>Names of all drugs.</summary>
    public IEnumerable<string> Names => _drugs.Keys;

    /// <summary>All drugs.</summary>
    public IEnumerable<DrugInput> All => _drugs.Values;

    /// <summary>The drug of this name, or null.</summary>
    public DrugInput? Find(string drug) => _drugs.GetValueOrDefault(drug);

    /// <summary>Reads a table; problems go to <paramref name="bag"/>.</summary>
    public static DrugInputs Load(string path, DiagnosticBag bag) => LoadAll([path], bag);

    /// <summary>Reads tables whose drugs stand side by side.</summary>
    public static DrugInputs LoadAll(IEnumerable<string> paths, DiagnosticBag bag)
    {
        var table = new DrugInputs();
        foreach (var path in paths) Read(table, path, bag);
        return table;
    }

    private static void Read(DrugInputs table, string path, DiagnosticBag bag)
    {
        try
        {
            using var csv = CsvReader.FromFile(path, new CsvReaderOptions { TrackLineNumbers = true });
            var header = csv.Headers.ToArray();
            if (!Columns.All(header.Contains))
            {
                bag.Error(StudyCodes.BadRow, $"the columns must be {string.Join(",", Columns)}", new SourceSpan(path, 1, 1, 1));
                return;
            }
            while (csv.Read()) table.Add(csv, path, bag);
        }
        catch (Exception e) when (e is IOException or CsvFormatException or IndexOutOfRangeException)
        {
            bag.Error(StudyCodes.Unreadable, $"cannot read '{path}'", new SourceSpan(path, 0, 0, 1), e.Message, "check the path and the commas of each row");
        }
    }

    private void Add(CsvReader csv, string path, DiagnosticBag bag)
    {
        var where = new SourceSpan(path, (int)csv.LineNumber, 1, 1);
        string Field(string name) => csv.GetString(name);
        var drug = Field("drug");
        if (!Enum.TryParse<InputMode>(Field("mode"), ignoreCase: true, out var mode))
            bag.Error(StudyCodes.UnknownChoice, $"mode '{Field("mode")}' of {drug} is not rate or bolus", where);
        if (!double.TryParse(Field("factor"), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) || factor <= 0)
            bag.Error(StudyCodes.OutOfRange, $"factor '{Field("factor")}' of {drug} is not a number above 0", where);
        var sd = 0.0;
        if (Field("varies").Length > 0 && (!double.TryParse(Field("varies_sd"), NumberStyles.Float, CultureInfo.InvariantCulture, out sd) || sd < 0))
            bag.Error(StudyCodes.OutOfRange, $"varies_sd '{Field("varies_sd")}' of {drug} is not a number of 0 or more", where);
        var assumed = Field("kind") == "assumed";
        if (!assumed && (Field("kind") is not ("measured" or "fitted") || Field("source").Length == 0) || (assumed && Field("note").Length == 0))
            bag.Error(StudyCodes.NoProvenance, $"the factor of {drug} needs 'kind' with 'source', or 'assumed' with a 'note'", where);
        var input = new DrugInput(drug, Field("target"), mode, Field("dose_unit"), factor, Field("varies") is { Length: > 0 } v ? v : null, sd);
        if (!_drugs.TryAdd(drug, input)) bag.Error(StudyCodes.Duplicate, $"drug '{drug}' appears twice", where);
    }
}
