using Marrow.Networks.Diagnostics;

namespace Marrow.Tests.Antimony;

public class AntimonyErrorTests
{
    [Fact]
    public void All_errors_of_a_file_are_reported_at_once_with_their_places()
    {
        var problems = Reading.Problems("""
            J0: A -> B; k1*A*
            k1 = 0.1.2
            J1: A -> ; k2*(A + 1
            A = 1 B = 2
            J2: B -> A;
            x has
            """);

        Assert.Equal([1, 2, 3, 4, 5, 6], problems.Where(p => p.Severity == Severity.Error).Select(p => p.Where.Line).Distinct().Order());
    }

    [Fact]
    public void A_message_names_place_problem_and_remedy_and_points_with_a_caret()
    {
        var problem = Assert.Single(Reading.Problems("J0: A -> B; kdeathh*A\nkdeath = 1; A = 1; B = 0"));

        Assert.Equal("""
            model.ant:1:13: error MRW2001: 'kdeathh' has no value; no statement defines it; try: 'kdeath', if that is meant
                J0: A -> B; kdeathh*A
                            ^^^^^^^
            """, problem.ToString());
    }

    [Theory]
    [InlineData("x := y\ny := x", "MRW2010")]
    [InlineData("x = y; y = x; z = x", "MRW2010")]
    [InlineData("x = 1; x := 2*time", "MRW2012")]
    [InlineData("x := time; x' = 2", "MRW2012")]
    [InlineData("const x = 1; x' = 2", "MRW2011")]
    [InlineData("A := time; J: A -> B; 1; B = 0", "MRW2012")]
    [InlineData("const species A = 1; A' = 3", "MRW2011")]
    [InlineData("J: A -> B; 1\nJ: B -> A; 2\nA = 1; B = 1", "MRW2002")]
    [InlineData("x := 1\nx := 2", "MRW2002")]
    [InlineData("A: missing(3)", "MRW2005")]
    [InlineData("model m() A: m() end", "MRW2006")]
    [InlineData("model inner() x = 1 end\nmodel *m() A: inner(); A.y = 3; z := A.x end", "MRW2003")]
    [InlineData("model inner(a) a = 1 end\nmodel *m() A: inner(x, y); x = 1; y = 2 end", "MRW2007")]
    [InlineData("x := foo(3)", "MRW2008")]
    [InlineData("x := sin(1, 2)", "MRW2007")]
    [InlineData("function f(x) x*y end\nz := f(2)", "MRW2009")]
    [InlineData("function f(x) f(x) end\nz := f(2)", "MRW2009")]
    [InlineData("species A in B = 1; compartment Body = 1", "MRW2013")]
    [InlineData("J: A -> B; 1; A = 1; B = 1; J has d; compartment A = 2", "MRW2004")]
    [InlineData("", "MRW2014")]
    [InlineData("x has parsec; x = 1", "MRW3001")]
    [InlineData("unit u = 3 parsec; x = 1", "MRW3002")]
    [InlineData("x = normal(0, 1)", "MRW1008")]
    [InlineData("x = 2 zz; zz = 3", "MRW3001")]
    [InlineData("x = 2 y; y = 3", "MRW1010")]
    [InlineData("delete A.x", "MRW2003")]
    [InlineData("delete x", "MRW1001")]
    [InlineData("model inner() x = 1; y := x end\nmodel *m() A: inner(); delete A.x; z := A.x end", "MRW2018")]
    [InlineData("x = 3; z identity \"http://identifiers.org/chebi\"", "MRW2001")]
    [InlineData("x = 3; x identiti \"http://identifiers.org/chebi\"", "MRW1001")]
    [InlineData("J: A -> B; ; A = 1; B = 1", "MRW1007")]
    [InlineData("x = 1 < 2 < 3", "MRW1010")]
    [InlineData("model m() x = 1", "MRW1005")]
    [InlineData("x = 1\nend", "MRW1005")]
    [InlineData("x = \"open", "MRW1003")]
    [InlineData("x = 1 /* open", "MRW1003")]
    [InlineData("x = 1e999", "MRW1004")]
    [InlineData("x = 3 § 4", "MRW1002")]
    [InlineData("time = 3", "MRW2017")]
    [InlineData("A -> B", "MRW1007")]
    [InlineData("import \"nowhere.ant\"", "MRW1011")]
    [InlineData("E: at x > 1: y = 2, y = 3; x := time; var y = 1", "MRW2002")]
    [InlineData("E: at x > 1: x = 3; x := time", "MRW2012")]
    public void A_mistake_has_its_own_code(string text, string code)
    {
        Assert.Contains(code, Reading.Problems(text).Where(p => p.Severity == Severity.Error).Select(p => p.Code));
    }

    [Fact]
    public void Every_code_is_listed_once_with_title_cause_and_cure()
    {
        Assert.Equal(ErrorCodes.All.Count, ErrorCodes.All.Select(c => c.Code).Distinct().Count());
        Assert.All(ErrorCodes.All, c =>
        {
            // 59xx is what a file asks for and Marrow refuses by name.
            Assert.Matches(c.Title.StartsWith("Not supported", StringComparison.Ordinal) ? "^MRW([1-4][0-9]{3}|59[0-9]{2})$" : "^MRW[1-4][0-9]{3}$", c.Code);
            Assert.NotEmpty(c.Title);
            Assert.NotEmpty(c.Cause);
            Assert.NotEmpty(c.Cure);
        });
    }

    [Fact]
    public void Imports_are_relative_to_the_importing_file_and_circles_are_refused()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "parts"));
            File.WriteAllText(Path.Combine(folder.FullName, "main.ant"), "import \"parts/a.ant\"\nmodel *m() A: part_a() end");
            File.WriteAllText(Path.Combine(folder.FullName, "parts", "a.ant"), "import \"b.ant\"\nmodel part_a() B: part_b() end");
            File.WriteAllText(Path.Combine(folder.FullName, "parts", "b.ant"), "model part_b() x = 3 end");
            var bag = new DiagnosticBag();
            var network = Networks.Antimony.AntimonyReader.ReadFile(Path.Combine(folder.FullName, "main.ant"), bag);
            Assert.Empty(bag.Items);
            Assert.Equal("A__B__x", Assert.Single(network!.Parameters).Id);

            File.WriteAllText(Path.Combine(folder.FullName, "parts", "b.ant"), "import \"../main.ant\"\nmodel part_b() x = 3 end");
            Assert.Null(Networks.Antimony.AntimonyReader.ReadFile(Path.Combine(folder.FullName, "main.ant"), bag));
            var problem = Assert.Single(bag.Items);
            Assert.Equal("MRW2006", problem.Code);
            Assert.EndsWith("b.ant", problem.Where.File, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
