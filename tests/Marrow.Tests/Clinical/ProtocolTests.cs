using Marrow.Networks.Diagnostics;
using Marrow.Tests.House;
using Marrow.Trials.Clinical;

namespace Marrow.Tests.Clinical;

public sealed class ProtocolTests
{
    /// <summary>The shipped protocol, which most tests of this folder read.</summary>
    internal static ClinicalProtocol Eliana { get; } = LoadEliana();

    [Fact]
    public void The_shipped_tables_load_and_every_number_has_unit_and_provenance()
    {
        Assert.NotEmpty(Eliana.Values);
        Assert.All(Eliana.Values, v => Assert.NotEmpty(v.Unit));
        Assert.All(Eliana.Values, v => Assert.NotEmpty(v.Kind == ValueKind.Assumed ? v.Note : v.Source));
        Assert.Equal(["cut_2017", "cut_2018", "cut_2019"], Eliana.Cuts.Select(c => c.Id));
    }

    [Theory]
    [InlineData("crs.csv", "penn.3,2.86", "penn.3,0.5", "MRW6006")]
    [InlineData("crs.csv", "residual_scale", "residual_scal", "MRW6003")]
    [InlineData("crs.csv", "residual_scale", "residual_scal", "MRW6004")]
    [InlineData("hazards.csv", "frailty_log_sd,0.7,1", "frailty_log_sd,0.7,d", "MRW6007")]
    [InlineData("hazards.csv", "frailty_log_sd,0.7,1,assumed,,spread of the hazard between patients", "frailty_log_sd,0.7,1,assumed,,", "MRW6008")]
    [InlineData("assays.csv", "smear.cells,200", "smear.cells,two hundred", "MRW6006")]
    [InlineData("mortality.csv", "\nmale.5,", "\nmale.50,", "MRW6005")]
    [InlineData("growth.csv", "\nmale,weight,3,", "\nmale,weight,1,", "MRW6010")]
    [InlineData("growth.csv", "sex,measure", "sex,what", "MRW6002")]
    [InlineData("eliana/series.csv", "Il6PgMl", "Il6PgMlx", "MRW6009")]
    [InlineData("eliana/visits.csv", "M2,60.9", "M2,6.9", "MRW6010")]
    public void A_wrong_row_is_reported_with_its_place(string file, string right, string wrong, string code)
    {
        using var copy = new FolderCopy("models/clinical");
        copy.Replace(file, right, wrong);
        var bag = new DiagnosticBag();

        var protocol = ClinicalProtocol.Load(copy.Path, "eliana", bag);

        Assert.Null(protocol);
        var problem = Assert.Single(bag.Items, d => d.Code == code);
        Assert.EndsWith(System.IO.Path.GetFileName(file), problem.Where.File, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_problems_in_several_files_are_reported_at_once()
    {
        using var copy = new FolderCopy("models/clinical");
        copy.Replace("assays.csv", "smear.cells,200", "smear.cells,-1");
        copy.Replace("crs.csv", "gap,2,d", "gap,2,h");
        copy.Replace("eliana/rules.csv", "response.keep,28,d", "response.keep,,d");
        var bag = new DiagnosticBag();

        Assert.Null(ClinicalProtocol.Load(copy.Path, "eliana", bag));

        Assert.Equal(["assays.csv", "crs.csv", "rules.csv"], bag.Items.Select(d => System.IO.Path.GetFileName(d.Where.File)).Distinct().Order());
        Assert.All(bag.Items, d => Assert.True(d.Where.Line > 1));
    }

    [Fact]
    public void An_unknown_protocol_names_those_at_hand()
    {
        var bag = new DiagnosticBag();

        Assert.Null(ClinicalProtocol.Load(Repository.PathOf("models/clinical"), "elianna", bag));

        Assert.Contains("eliana", Assert.Single(bag.Items).Try, StringComparison.Ordinal);
    }

    private static ClinicalProtocol LoadEliana()
    {
        var bag = new DiagnosticBag();
        var protocol = ClinicalProtocol.Load(Repository.PathOf("models/clinical"), "eliana", bag);
        Assert.True(protocol is not null, string.Join('\n', bag.Items));
        return protocol;
    }
}
