using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;

namespace Marrow.Tests.Provenance;

public class ParameterTableTests
{
    private const string Header = "id,value,unit,lower,upper,distribution,kind,source,locator,system,note\n";
    private const string Good = "rho,0.3,1/d,0.1,0.5,lognormal(0.2),measured,10.1/x,Table 2,BCP-ALL,growth\n";

    private static (ParameterTable Table, IReadOnlyList<Diagnostic> Problems) Load(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            var bag = new DiagnosticBag();
            return (ParameterTable.Load(path, bag), bag.Items);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_row_keeps_all_that_it_says()
    {
        var (table, problems) = Load(Header + "# a comment\n" + Good + "k,2,1,,,fixed,assumed,,,human,\"small, as in mice\"\n");

        Assert.Empty(problems);
        var rho = table.Find("rho")!;
        Assert.Equal((0.3, "1/d", 0.1, 0.5, 0.2), (rho.Value, rho.Unit, rho.Lower!.Value, rho.Upper!.Value, rho.LogSd!.Value));
        Assert.Equal((ParameterKind.Measured, "10.1/x", "Table 2", "BCP-ALL", "growth", 3), (rho.Kind, rho.Source, rho.Locator, rho.System, rho.Note, rho.Where.Line));
        Assert.Equal("small, as in mice", table.Find("k")!.Note);
        Assert.Equal((1, 0, 1), (table.MeasuredCount, table.FittedCount, table.AssumedCount));
    }

    [Theory]
    [InlineData("k,,1,,,,measured,s,,,", "MRW4002")]
    [InlineData("k,a lot,1,,,,measured,s,,,", "MRW4002")]
    [InlineData("k,1,,,,,measured,s,,,", "MRW4003")]
    [InlineData("k,1,parsec,,,,measured,s,,,", "MRW3001")]
    [InlineData("k,1,1,,,,measured,,,,", "MRW4004")]
    [InlineData("k,1,1,,,,fitted,,,,", "MRW4004")]
    [InlineData("k,1,1,,,,assumed,,,,", "MRW4005")]
    [InlineData("k,1,1,,,,guessed,s,,,", "MRW4006")]
    [InlineData("k,1,1,2,3,,measured,s,,,", "MRW4007")]
    [InlineData("k,1,1,3,2,,measured,s,,,", "MRW4007")]
    [InlineData("k,1,1,,,normal(1),measured,s,,,", "MRW4008")]
    [InlineData("k,1,1,,,lognormal(-1),measured,s,,,", "MRW4008")]
    [InlineData("k,0,1,,,lognormal(1),measured,s,,,", "MRW4008")]
    [InlineData("rho,1,1,,,,measured,s,,,", "MRW4009")]
    [InlineData(",1,1,,,,measured,s,,,", "MRW4001")]
    [InlineData("k,1,1,,,,measured,s,,,a note, with a comma", "MRW4001")]
    [InlineData("k,1,1", "MRW4001")]
    [InlineData("k,1,1,,,,measured,s,,,\"ab\"c", "MRW4001")]
    public void A_faulty_row_is_reported_with_its_line(string row, string code)
    {
        var (_, problems) = Load(Header + Good + row + "\n");

        var problem = Assert.Single(problems);
        Assert.Equal((code, 3), (problem.Code, problem.Where.Line));
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var (_, problems) = Load(Header + "a,x,,,,,measured,,,,\nb,1,1,,,,odd,,,,\n");

        Assert.Equal(["MRW4002", "MRW4003", "MRW4004", "MRW4006"], problems.Select(p => p.Code).Distinct().Order());
    }

    [Fact]
    public void A_missing_column_is_named()
    {
        var (_, problems) = Load("id,value,unit,lower,upper,distribution,kind,sourc,locator,system,note\n");

        Assert.Contains(problems, p => p.What.Contains("source", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.What.Contains("'sourc'", StringComparison.Ordinal) && p.Try.Contains("'source'", StringComparison.Ordinal));
    }
}
