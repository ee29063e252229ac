using Marrow.Cli;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Tests.Cli;

namespace Marrow.Tests.Fit;

/// <summary>The result of a fit becomes part of the tables that it was fitted to.</summary>
public sealed class FittedValuesTests : IDisposable
{
    private const string Table = """"
        # Numbers of a drug.
        id,value,unit,lower,upper,distribution,kind,source,locator,system,note
        Body,1,1,,,fixed,assumed,,,,scale
        # Clearance, and what it clears.
        Cl,0.3,L/d,0.15,0.6,lognormal(0.3),assumed,,,human,"clearance, as ""guessed"""
        Vc,3,L,,,fixed,assumed,,,human,volume
        Q,1,L/d,,,fixed,measured,"a book, page 3",,human,exchange
        Vp,2.5,L,,,fixed,assumed,,,human,volume

        """";

    private readonly FitFiles _files = new();

    public FittedValuesTests()
    {
        _files.Write("pk.csv", Table);
        _files.Replace("fit.yaml", "model: pk.ant", "model: pk.ant\n    tables: [pk.csv]");
        _files.Replace("fit.yaml", "  - {id: Q, prior: log_normal, sd: 0.5, reason: test}\n", "");
        foreach (var (id, median) in new[] { ("Cl", "0.3"), ("Vc", "3"), ("Vp", "2.5") }) _files.Replace("fit.yaml", $"id: {id},", $"id: {id}, median: {median},");
        _files.WriteTargets(0.45, 2.2, 1, 4.0);
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_tables_get_values_and_kinds_and_keep_comments_order_and_all_other_cells()
    {
        var result = CommandLine.Run("fit", _files.File, "--out", _files.PathOf("out"), "--write");
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Contains("wrote", result.Output, StringComparison.Ordinal);
        string[] before = Table.Split('\n'), after = File.ReadAllText(_files.PathOf("pk.csv")).Split('\n');
        Assert.Equal(before.Length, after.Length);
        foreach (var i in Enumerable.Range(0, before.Length).Where(i => !before[i].StartsWith("Cl,", StringComparison.Ordinal) && !before[i].StartsWith('V'))) Assert.Equal(before[i], after[i]);
        Assert.EndsWith(",fitted,fit.yaml,posteriors.csv,human,\"clearance, as \"\"guessed\"\"\"", after[4], StringComparison.Ordinal);
        var bag = new DiagnosticBag();
        var table = ParameterTable.Load(_files.PathOf("pk.csv"), bag);
        Assert.Empty(bag.Items);
        var clearance = table.Find("Cl")!;
        // Four digits are kept of a value known to about a percent; the limits between patients stay half and double.
        Assert.Equal(0.45, clearance.Value, 0.01);
        Assert.Equal(clearance.Value / 2, clearance.Lower!.Value, 1e-3 * clearance.Value);
        Assert.Equal(ParameterKind.Measured, table.Find("Q")!.Kind);
    }

    [Fact]
    public void What_is_kept_beside_the_fit_agrees_with_the_tables()
    {
        CommandLine.Run("fit", _files.File, "--out", _files.PathOf("out"), "--write");
        foreach (var name in new[] { "posteriors.csv", "influence.csv", "misfit.csv", "uncertainty.csv", "uncertainty_correlations.csv" })
            Assert.Equal(File.ReadAllBytes(_files.PathOf("out/" + name)), File.ReadAllBytes(_files.PathOf(name)));
        var table = ParameterTable.Load(_files.PathOf("pk.csv"), new DiagnosticBag());
        var rows = Marrow.Reports.Pages.PageTable.Read(_files.PathOf("posteriors.csv"), "posterior_median", "shrinkage");
        Assert.Equal(3, rows.Count);
        Assert.All(rows, r => Assert.Equal(table.Find(r["parameter"])!.Value, r.Number("posterior_median")));
        Assert.All(rows, r => Assert.InRange(r.Number("shrinkage"), 0.9, 1));
    }

    [Fact]
    public void A_fit_with_medians_of_its_own_writes_the_same_again()
    {
        CommandLine.Run("fit", _files.File, "--out", _files.PathOf("out"), "--write");
        var (table, posteriors) = (File.ReadAllText(_files.PathOf("pk.csv")), File.ReadAllText(_files.PathOf("posteriors.csv")));
        CommandLine.Run("fit", _files.File, "--out", _files.PathOf("again"), "--write");
        Assert.Equal(table, File.ReadAllText(_files.PathOf("pk.csv")));
        Assert.Equal(posteriors, File.ReadAllText(_files.PathOf("posteriors.csv")));
    }

    [Fact]
    public void Without_write_the_tables_stay_as_they_are()
    {
        CommandLine.Run("fit", _files.File, "--out", _files.PathOf("out"));
        Assert.Equal(Table, File.ReadAllText(_files.PathOf("pk.csv")));
        Assert.False(File.Exists(_files.PathOf("posteriors.csv")));
    }

    [Fact]
    public void A_subtype_keeps_its_relation_to_the_typical_value()
    {
        var header = Table.Split('\n')[1];
        _files.Write("pk/slow.csv", $"{header}\nCl,0.15,L/d,0.075,0.3,lognormal(0.3),assumed,,,slow,half the typical value\nVc,4,L,,,fixed,assumed,,,slow,a value of its own\n");
        CommandLine.Run("fit", _files.File, "--out", _files.PathOf("out"), "--write");
        double Value(string file, string id) => ParameterTable.Load(_files.PathOf(file), new DiagnosticBag()).Find(id)!.Value;
        // Four digits are kept.
        Assert.Equal(Value("pk.csv", "Cl") / 2, Value("pk/slow.csv", "Cl"), 1e-3 * Value("pk.csv", "Cl"));
        Assert.Equal(4, Value("pk/slow.csv", "Vc"));
        Assert.EndsWith("assumed,,,slow,half the typical value", File.ReadAllText(_files.PathOf("pk/slow.csv")).Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_evaluation_has_nothing_to_write() =>
        Assert.Equal(ExitCode.Usage, CommandLine.Run("fit", _files.File, "--evaluate", "--write").Code);
}
