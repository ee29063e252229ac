using System.Globalization;
using System.Text.RegularExpressions;
using Marrow.Networks.Diagnostics;
using Marrow.Tests.Cli;
using Marrow.Tests.House;
using Marrow.Tests.Studies;
using Marrow.Trials.Patients;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Patients;

[Collection(ElianaGroup.Name)]
public sealed partial class SubtypeTests : IDisposable
{
    private const int Patients = 4096;
    private static readonly string[] Names = ["Ph_pos", "Ph_like", "KMT2A_r", "ETV6_RUNX1", "hyperdiploid", "hypodiploid", "other"];
    private readonly TemporaryFolder _folder = new();
    private readonly ElianaStudy _eliana;
    private readonly Population _population;
    private readonly BiologyTable _biology;

    public SubtypeTests(ElianaStudy eliana)
    {
        _eliana = eliana;
        _population = Load("models/experiments/populations/bcp_all.yaml");
        _biology = PreparedStudy.BiologyOf(eliana.Study.Parts with { Population = _population }, eliana.Prepared.Model, new ModelIndex(eliana.Prepared.Model));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Subtypes_have_their_names_and_every_patient_has_one()
    {
        Assert.Equal(Names, _population.Subtypes.Subtypes.Select(s => s.Name));
        Assert.All(Enumerable.Range(0, 64), i => Assert.InRange(Values(i)[SubtypeMixture.Value], 1, Names.Length));
    }

    // Four binomial standard errors around the share of the table.
    [Theory]
    [InlineData(false, 5, .28)]
    [InlineData(false, 1, .03)]
    [InlineData(true, 5, .08)]
    [InlineData(true, 1, .25)]
    public void Shares_are_those_of_the_age_group(bool adults, int subtype, double share)
    {
        var group = Enumerable.Range(0, Patients).Select(Values).Where(v => v["AgeYears"] >= 18 == adults).ToArray();
        var error = 4 * Math.Sqrt(share * (1 - share) / group.Length);
        Assert.InRange(group.Count(v => v[SubtypeMixture.Value] == subtype) / (double)group.Length, share - error, share + error);
    }

    [Fact]
    public void A_subtype_moves_what_differs_between_patients_and_sets_what_does_not()
    {
        var typical = _eliana.Study.Parts.Model.Parameters.Find("chS")!.Value;
        Assert.Equal(0.6 / typical, Drawn("chS", 1) / Drawn("chS", 0), 12);
        Assert.Equal(0, Drawn("ablDependence", 0));
        Assert.Equal(1, Drawn("ablDependence", 1));
        Assert.Equal(Drawn("rho", 0), Drawn("rho", 7));
        Assert.NotEqual(Drawn("rho", 0), Drawn("rho", 3));
    }

    /// <summary>Values of subtypes are rounded to four digits, as the typical value is.</summary>
    [Fact]
    public void A_value_is_as_many_times_the_typical_one_as_its_note_says()
    {
        var rows = _population.Subtypes.Subtypes.SelectMany(s => s.Table.Rows).Select(r => (Row: r, Said: Times().Match(r.Note))).Where(r => r.Said.Success).ToArray();
        Assert.NotEmpty(rows);
        Assert.All(rows, r => Assert.Equal(
            double.Parse(r.Said.Groups[1].Value, CultureInfo.InvariantCulture), r.Row.Value / _eliana.Study.Parts.Model.Parameters.Find(r.Row.Id)!.Value, 2e-3));
    }

    [Fact]
    public void The_study_of_relapsed_children_draws_none() => Assert.Empty(_eliana.Study.Parts.Population.Subtypes.Subtypes);

    [Theory]
    [InlineData("a,,60,%,assumed,,toy\nb,,30,%,assumed,,toy", "age", "add up to 90")]
    [InlineData("a,,100,%,assumed,,toy", "Agee", "'Agee' is not a value of the patient")]
    [InlineData("a,,100,1,assumed,,toy", "AgeYears", "is in '1'")]
    [InlineData("a,,100,%,assumed,,", "AgeYears", "assumed without a reason")]
    [InlineData("a,missing.csv,100,%,assumed,,toy", "AgeYears", "missing.csv")]
    public void Mistakes_are_named_with_their_place(string rows, string of, string expected)
    {
        _folder.Write("subtypes.csv", $"subtype,table,share,unit,kind,source,note\n{rows}\n");
        _folder.Write("population.yaml", $"""
            extends: {Repository.PathOf("studies/populations/eliana.yaml")}
            title: toy
            subtypes:
              table: subtypes.csv
              shares: share
              from: {"{"}of: {of}, at_least: 18, shares: share{"}"}
            """);
        var bag = new DiagnosticBag();
        PopulationLoader.Load(Path.Combine(_folder.Root, "population.yaml"), null, bag);
        Assert.Contains(bag.Items, d => $"{d.What} {d.Why}".Contains(expected, StringComparison.Ordinal) && d.Where.Line > 0);
    }

    private double Drawn(string parameter, int subtype)
    {
        var values = Values(5);
        values[SubtypeMixture.Value] = subtype;
        return _biology.Draw(new PatientRandom(1, 5), 0, values)[_eliana.Prepared.Model.Parameters.ToList().IndexOf(parameter)];
    }

    private Dictionary<string, double> Values(int patient) => Covariates.OfPatient(_population, _eliana.Study.Parts.Clinical.Sizes, new PatientRandom(1, patient));

    [GeneratedRegex("([0-9.]+) times the typical value")]
    private static partial Regex Times();

    private static Population Load(string path)
    {
        var bag = new DiagnosticBag();
        return PopulationLoader.Load(Repository.PathOf(path), null, bag) is { } population && !bag.HasErrors ? population : throw new InputException(bag.Items);
    }
}
