using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Networks.Shipped;
using Marrow.Trials.Clinical;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Patients;

/// <summary>Reads <c>subtypes</c> of a population: a table with a row a subtype (name, table of parameters, shares of patients in %) and
/// the column of shares that counts, by age if need be.</summary>
internal sealed class SubtypeReader(YamlMap map, List<SourcedNumber> log)
{
    /// <summary>Shares of a table are rounded, so their sum may miss 100 by this much.</summary>
    private const double SumTolerance = 0.5;

    private const string TableColumn = "table";

    private static readonly string[] Described = ["subtype", TableColumn, "unit", "kind", "source", "note"];

    /// <summary>Reads the section.</summary>
    /// <param name="known">Values of the patient that are drawn before.</param>
    /// <returns>The law of a patient's number, and the subtypes.</returns>
    public (Law Law, SubtypeMixture Mixture)? Read(IReadOnlyCollection<string> known)
    {
        var path = ShippedFiles.Resolve(map.Text("table"), map.Source.Folder);
        var columns = new List<(double From, string Column)> { (double.NegativeInfinity, map.Text("shares")) };
        string? of = null;
        if (map.Map("from", required: false) is { } from)
        {
            of = from.Text("of");
            if (of.Length > 0 && !known.Contains(of))
                from.Error("of", StudyCodes.UnknownName, $"'{of}' is not a value of the patient here", "the subtype is drawn after the covariates", Suggestion.For(of, known));
            columns.Add((from.Number("at_least"), from.Text("shares")));
            from.Close();
        }
        map.Close();
        if (columns.Exists(c => c.Column.Length == 0)) return null;
        var rows = ClinicalTable.Load(path, [.. Described.Union(columns.Select(c => c.Column), StringComparer.Ordinal)], map.Source.Bag).Rows;
        if (rows.Count == 0) return null;
        return (new Law
        {
            Name = SubtypeMixture.Value,
            Family = LawFamily.Shares,
            Of = of,
            Shares = [.. columns.Select(c => (c.From, Shares(rows, c.Column)))],
            Categories = [.. rows.Select(r => r.Text("subtype"))],
        }, new SubtypeMixture([.. rows.Select(r => new Subtype(r.Text("subtype"), Table(r, path)))]));
    }

    private double[] Shares(IReadOnlyList<ClinicalRow> rows, string column)
    {
        double[] shares = [.. rows.Select(r => Share(r, column))];
        var sum = shares.Sum();
        if (!(Math.Abs(sum - 100) <= SumTolerance))
            map.Source.Bag.Error(StudyCodes.OutOfRange, FormattableString.Invariant($"the shares in '{column}' add up to {sum} %"), rows[0].Where, "every patient has one subtype", "make them add up to 100; a row without a table takes the rest");
        return shares;
    }

    private double Share(ClinicalRow row, string column)
    {
        var share = row.Sourced($"{row.Text("subtype")}.{column}", row.Number(column, 0, 100));
        row.RequireUnit(share.Id, "%");
        Log(share.Id, share.Value, share.Unit, Enum.Parse<ParameterKind>($"{share.Kind}"), share.Source, share.Note, row.Where);
        return share.Value;
    }

    private ParameterTable Table(ClinicalRow row, string path)
    {
        if (row.Text(TableColumn) is not { Length: > 0 } file) return ParameterTable.Empty;
        var own = Path.Combine(Path.GetDirectoryName(path)!, file);
        if (!File.Exists(own))
        {
            map.Source.Bag.Error(StudyCodes.Unreadable, $"the file '{file}' does not exist", row.Where, "", "paths are relative to the table of subtypes; leave the cell empty for a subtype without a table");
            return ParameterTable.Empty;
        }
        var table = ParameterTable.Load(own, map.Source.Bag);
        foreach (var r in table.Rows) Log($"{row.Text("subtype")}.{r.Id}", r.Value, r.Unit, r.Kind, r.Source, r.Note, r.Where);
        return table;
    }

    private void Log(string name, double value, string unit, ParameterKind kind, string source, string note, SourceSpan where) =>
        log.Add(new SourcedNumber(name, value, unit, new Provenance(kind, kind == ParameterKind.Assumed ? note : source), where));
}
