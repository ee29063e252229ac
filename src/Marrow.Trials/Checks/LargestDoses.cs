using Marrow.Networks.Diagnostics;
using Marrow.Trials.Clinical;
using Marrow.Trials.Regimens;

namespace Marrow.Trials.Checks;

/// <summary>The largest dose of a day that a label or a trial gives of each drug, per body, kg or m2 (largest_doses.csv beside the table of
/// drugs: drug, amount, unit, kind, source, note). Two rows, <c>adult_weight</c> in kg and <c>adult_surface</c> in m2, translate
/// one into another. Without the table no dose is too large.</summary>
internal sealed class LargestDoses
{
    /// <summary>Columns of the table.</summary>
    public static readonly string[] Columns = ["drug", "amount", "unit", "kind", "source", "note"];

    private const string FileName = "largest_doses.csv", Weight = "adult_weight", Surface = "adult_surface";

    private readonly Dictionary<string, List<ClinicalValue>> _rows = new(StringComparer.Ordinal);

    /// <summary>A dose of the table in the unit that was asked for.</summary>
    internal sealed record Largest(double Amount, string Unit, ClinicalValue Row);

    /// <summary>The table beside a table of drugs.</summary>
    public static LargestDoses Beside(string drugFile)
    {
        var path = Path.Combine(Path.GetDirectoryName(drugFile) ?? ".", FileName);
        return File.Exists(path) ? Load(path, new DiagnosticBag()) : new LargestDoses();
    }

    /// <summary>Reads a table.</summary>
    public static LargestDoses Load(string path, DiagnosticBag bag)
    {
        var table = new LargestDoses();
        foreach (var row in ClinicalTable.Load(path, Columns, bag).Rows)
        {
            var value = row.Sourced(row.Text("drug"), row.Number("amount", double.Epsilon));
            if (!table._rows.TryGetValue(value.Id, out var known)) table._rows[value.Id] = known = [];
            if (known.Exists(k => k.Unit == value.Unit)) bag.Error(ClinicalCodes.Duplicate, $"'{value.Id}' in {value.Unit} appears twice", row.Where, "", "removing one of the rows");
            known.Add(value);
        }
        foreach (var name in (string[])[Weight, Surface])
        {
            if (!table._rows.ContainsKey(name)) bag.Error(ClinicalCodes.MissingRow, $"'{name}' is missing", new SourceSpan(path, 1, 1, 1), "doses per kg and per m2 are compared by it", $"a row '{name},...'");
        }
        return table;
    }

    /// <summary>The largest dose per body, kg or m2; null if the table does not know the drug.</summary>
    public Largest? Find(string drug, string unit, DoseBasis basis)
    {
        if (!_rows.TryGetValue(drug, out var rows)) return null;
        var candidates = rows.Select(r => (Row: r, Split: DoseReader.SplitUnit(r.Unit))).Where(r => r.Split.Amount == unit)
            .Select(r => (r.Row, Amount: r.Row.Value * Bodies(r.Split.Basis) / Bodies(basis), Same: r.Split.Basis == basis)).Where(r => double.IsFinite(r.Amount)).ToList();
        if (candidates.Count == 0) return null;
        var (row, amount, _) = candidates.Find(c => c.Same) is { Row: not null } same ? same : candidates.MaxBy(c => c.Amount);
        return new Largest(amount, basis switch { DoseBasis.PerKg => unit + "/kg", DoseBasis.PerM2 => unit + "/m2", _ => unit }, row);
    }

    private double Bodies(DoseBasis basis) => basis switch
    {
        DoseBasis.PerKg => Body(Weight),
        DoseBasis.PerM2 => Body(Surface),
        _ => 1,
    };

    private double Body(string name) => _rows.TryGetValue(name, out var rows) ? rows[0].Value : double.NaN;
}
