using System.Globalization;
using Marrow.Exchange.Petab;

namespace Marrow.ReferenceTests.Petab;

/// <summary>Problems of the PEtab benchmark collection (Hass et al., Bioinformatics 35:3073, 2019) at their published parameters. What the
/// collection gives as simulated is compared by the criterion of its users: 1e-3 of a value, with a thousandth of the largest value of its
/// observable as the least that counts; likelihoods to 1e-3.</summary>
public sealed class PetabCollectionTests
{
    private const double Tolerance = 1e-3;

    /// <summary>Columns that tell measurements apart, in the order of their weight.</summary>
    private static readonly string[] Columns =
        ["observableId", "preequilibrationConditionId", "simulationConditionId", "time", "observableParameters", "noiseParameters", "datasetId", "replicateId"];

    /// <summary>Problem and log-likelihood without priors at the nominal parameters, as the tests of AMICI list them
    /// (tests/benchmark_models/benchmark_models.yaml); NaN where they list none.</summary>
    public static TheoryData<string, double> Problems => new()
    {
        { "Armistead_CellDeathDis2024", double.NaN }, { "Bachmann_MSB2011", 418.40573341425295 }, { "Boehm_JProteomeRes2014", -138.22199693517703 }, { "Borghans_BiophysChem1997", 83.3237191357272 },
        { "Brannmark_JBC2010", -141.889113770537 }, { "Bruno_JExpBot2016", 46.688176988431806 }, { "Crauste_CellSystems2017", -190.96521897435176 }, { "Elowitz_Nature2000", 63.20279991419332 },
        { "Fiedler_BMCSystBiol2016", 58.58390161681 }, { "Perelson_Science1996", double.NaN }, { "Rahman_MBS2016", double.NaN }, { "Raia_CancerResearch2011", double.NaN },
        { "Schwen_PONE2014", -943.9992988598723 }, { "Weber_BMC2015", -296.2017922646865 },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void A_published_problem_gives_the_published_simulations_and_likelihood(string name, double likelihood)
    {
        var folder = Path.Combine(PetabData.Folder("petab"), name);
        var found = PetabData.Evaluate(Path.Combine(folder, $"{name}.yaml"));
        if (!double.IsNaN(likelihood)) Assert.Equal(likelihood, found.LogLikelihood, Tolerance * Math.Abs(likelihood));
        var rows = PetabData.Table(Directory.EnumerateFiles(folder, "measurementData*.tsv").Single()).Rows;
        var observables = PetabData.Table(Directory.EnumerateFiles(folder, "observables*.tsv").Single()).Rows.Select(r => r["observableId"]).ToList();
        var reference = Matched(rows, PetabData.Table(Reference(folder, name)), observables);
        var largest = rows.Select((row, i) => (Id: row["observableId"], Value: Math.Abs(reference[i]))).GroupBy(x => x.Id).ToDictionary(g => g.Key, g => g.Max(x => x.Value));
        Assert.All(rows.Select((row, i) => (row, i)), x =>
        {
            var allowed = Tolerance * (Math.Abs(reference[x.i]) + 1e-3 * largest[x.row["observableId"]]);
            Assert.True(Math.Abs(found.Simulated[x.i] - reference[x.i]) <= allowed, $"row {x.i}: {found.Simulated[x.i]} instead of {reference[x.i]}");
        });
    }

    /// <summary>The table of the collection. That of Perelson is of other parameters: its solution is one of closed form, which stands here.</summary>
    private static string Reference(string folder, string name)
    {
        var own = Path.Combine(RepositoryRoot(), "tests", "data", "petab", $"{name}.tsv");
        return File.Exists(own) ? own : Directory.EnumerateFiles(folder, $"simulatedData_{name}.tsv").Single();
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Marrow.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    /// <summary>Reference values in the order of the measurements. Tables of the collection are ordered, named and rounded in several ways:
    /// rows are told apart by as many columns as both tables have and agree in; at last by their order.</summary>
    private static double[] Matched(IReadOnlyList<PetabRow> measured, PetabTable reference, IReadOnlyList<string> observables)
    {
        foreach (var (count, digits) in new[] { (8, 9), (6, 9), (4, 9), (4, 6) })
        {
            string[] columns = [.. Columns.Take(count).Where(c => c is "observableId" or "time" || (Old(reference, c) is not null && measured[0].Has(c)))];
            var pool = reference.Rows.GroupBy(r => Key(r, columns.Select(c => Old(reference, c)!), digits, observables)).ToDictionary(g => g.Key, g => new Queue<PetabRow>(g));
            var matched = measured.Select(r => pool.TryGetValue(Key(r, columns, digits, observables), out var rows) && rows.TryDequeue(out var row) ? row : null).ToList();
            if (matched.TrueForAll(r => r is not null)) return [.. matched.Select(r => PetabData.Number(r!["simulation"]))];
        }
        string[] least = ["observableId", "time"];
        Assert.Equal(measured.Select(r => Key(r, least, 6, observables)), reference.Rows.Take(measured.Count).Select(r => Key(r, least, 6, observables)));
        return [.. reference.Rows.Take(measured.Count).Select(r => PetabData.Number(r["simulation"]))];
    }

    /// <summary>Name of a column, as older tables have it; null if the table has neither.</summary>
    private static string? Old(PetabTable table, string column) =>
        table.Has(column) ? column : column.EndsWith("ConditionId", StringComparison.Ordinal) && table.Has(column[..^2]) ? column[..^2] : null;

    private static string Key(PetabRow row, IEnumerable<string> columns, int digits, IReadOnlyList<string> observables) =>
        string.Join('\t', columns.Select(c => c == "observableId" ? Observable(row[c], observables) : string.Join(';', row.Parts(c).Select(cell => Rounded(cell, digits)))));

    private static string Observable(string id, IReadOnlyList<string> known)
    {
        var name = known.Contains(id) ? id : known.Where(o => id.StartsWith(o + "__", StringComparison.Ordinal)).MaxBy(o => o.Length) ?? id;
        return name.StartsWith("observable_", StringComparison.Ordinal) ? name["observable_".Length..] : name;
    }

    private static string Rounded(string cell, int digits) =>
        PetabRow.TryNumber(cell) is { } number ? number.ToString($"G{digits}", CultureInfo.InvariantCulture) : cell == "None" ? "" : cell;
}
