using Marrow.Exchange.Sedml;
using Marrow.Networks.Diagnostics;
using static Marrow.Tests.Exchange.Sedml.SedmlText;

namespace Marrow.Tests.Exchange.Sedml;

/// <summary>Data of documents that cannot be had; tests/data/sedml has those that can.</summary>
public class SedmlDataTests
{
    private const string Table = "time,S,note\n0,8,first\n1,,\n2,3,last\n";

    private const string Numl = """
        <numl xmlns="http://www.numl.org/numl/level1/version1" level="1" version="1"><resultComponent id="r">
          <dimensionDescription><compositeDescription id="time" indexType="double"><atomicDescription valueType="double"/></compositeDescription></dimensionDescription>
          <dimension><compositeValue indexValue="0"><atomicValue>8</atomicValue></compositeValue><compositeValue indexValue="1"><atomicValue>5</atomicValue></compositeValue></dimension>
        </resultComponent></numl>
        """;

    /// <summary>A document that reports one source of one file.</summary>
    private static string Document(string source, string file = "data.csv", string format = "urn:sedml:format:csv", string output = "", string ranges = "") => SedmlText.Document(
        Rest, OneTask + ranges, """<dataGenerator id="D"><listOfVariables><variable id="v" target="#d"/></listOfVariables><math xmlns="http://www.w3.org/1998/Math/MathML"><ci>v</ci></math></dataGenerator>""" + Generator("S", Variable("S", Species, ranges.Length > 0 ? "rep" : "t"), "<ci>S</ci>"),
        output.Length > 0 ? output : Report("D")).Replace(
        "<listOfModels>", $"""<listOfDataDescriptions><dataDescription id="file" source="{file}" format="{format}"><listOfDataSources>{source}</listOfDataSources></dataDescription></listOfDataDescriptions><listOfModels>""", StringComparison.Ordinal);

    private static string Slices(string slices) => $"""<dataSource id="d"><listOfSlices>{slices}</listOfSlices></dataSource>""";

    private static readonly string Column = Slices("""<slice reference="ColumnIds" value="S"/>""");

    private static (SedmlResults? Results, DiagnosticBag Bag) Run(string document, string data)
    {
        var bag = new DiagnosticBag();
        return (SedmlRun.Run(Files(document, Model, ("data.csv", data)), "doc.sedml", bag, TestContext.Current.CancellationToken), bag);
    }

    [Fact]
    public void Data_of_a_table_are_columns_rows_and_their_numbers()
    {
        static double[] values(string source, string data = Table, string format = "urn:sedml:format:csv")
        {
            var (results, bag) = Run(Document(source, format: format), data);
            Assert.True(results is not null, string.Join('\n', bag.Items));
            return [.. results.Reports[0].Values[0][0]];
        }

        Assert.Equal([8, double.NaN, 3], values(Column));
        Assert.Equal([0, 1, 2], values("""<dataSource id="d" indexSet="time"/>"""));
        Assert.Equal([8], values(Slices("""<slice reference="ColumnIds" value="S"/><slice reference="Index" value="0"/>""")));
        Assert.Equal([double.NaN, 3], values(Slices("""<slice reference="ColumnIds" index="1"/><slice reference="Index" startIndex="1" endIndex="2"/>""")));
        Assert.Equal([8, double.NaN, 3], values(Column, "\uFEFF" + Table.Replace(",", "\t", StringComparison.Ordinal), ""));
        Assert.Equal([0, 1], values("""<dataSource id="d" indexSet="time"/>""", Numl, ""));
        Assert.Equal([5], values(Slices("""<slice reference="time" value="1.0"/>"""), Numl, "urn:sedml:format:numl"));
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { Document(Slices("""<slice reference="ColumnIds" value="Z"/>""")), Table, "MRW9111" },
        { Document("""<dataSource id="d" indexSet="Z"/>"""), Table, "MRW9111" },
        { Document(Slices("""<slice reference="ColumnIds" value="S"/><slice reference="Index" index="3"/>""")), Table, "MRW9111" },
        { Document(Slices("""<slice reference="Index" index="-1"/>""")), Table, "MRW9111" },
        { Document(Slices("""<slice reference="ColumnIds" value="S"/><slice reference="ColumnIds" value="time"/>""")), Table, "MRW9111" },
        { Document(Slices("""<slice reference="ColumnIds" value="note"/>""")), Table, "MRW9112" },
        { Document(Column), "time,S\n0\n1,2\n", "MRW9110" },
        { Document(Column), "time,S\n0,\"2\n", "MRW9110" },
        { Document(Column), "S,S\n0,1\n", "MRW9110" },
        { Document(Column), "", "MRW9110" },
        { Document(Column, format: "urn:sedml:format:hdf5"), Table, "MRW5951" },
        { Document(Column, file: "absent.csv"), Table, "MRW9001" },
        { Document(Column, file: "../data.csv"), Table, "MRW9114" },
        { Document(Column + """<dataSource id="d" indexSet="time"/>"""), Table, "MRW9113" },
        { Document(Column + """</listOfDataSources></dataDescription><dataDescription id="more" source="data.csv"><listOfDataSources>""" + Column), Table, "MRW9113" },
        { Document(Column).Replace("#d", "#e", StringComparison.Ordinal), Table, "MRW9102" },
        { Document("""<dataSource id="d" indexSet="Z"/>""", format: "urn:sedml:format:numl"), Numl, "MRW9111" },
        { Document(Slices("""<slice reference="Z" value="1"/>"""), format: "urn:sedml:format:numl"), Numl, "MRW9111" },
        { Document(Column, format: "urn:sedml:format:numl"), Table, "MRW9101" },
        { Document(Column, format: "urn:sedml:format:numl"), "<numl/>", "MRW9110" },
        { Document(Column, format: "urn:sedml:format:numl"), Numl.Replace("atomicValue", "tuple", StringComparison.Ordinal), "MRW9110" },
        { Document(Column, output: Report("S"), ranges: Range), Table, "MRW9106" },
        { Document(Column, file: "http://example.org/data.csv", output: Report("S"), ranges: Range), Table, "MRW5954" },
    };

    private const string Range = """<repeatedTask id="rep" range="r" resetModel="true"><listOfRanges><dataRange id="r" sourceReference="d"/></listOfRanges><listOfSubTasks><subTask task="t"/></listOfSubTasks></repeatedTask>""";

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Data_that_cannot_be_had_are_an_error(string document, string data, string code)
    {
        var (results, bag) = Run(document, data);
        Assert.Null(results);
        Assert.Contains(bag.Items, p => p.Code == code);
    }

    [Fact]
    public void A_column_that_is_not_there_is_told_with_those_that_are()
    {
        var missing = Assert.Single(Run(Document("""<dataSource id="d" indexSet="Z"/>"""), Table).Bag.Items, p => p.Code == "MRW9111");
        Assert.Equal("its columns are time, S, note", missing.Why);
        var semicolons = Assert.Single(Run(Document(Column), "time;S\n0;8\n").Bag.Items);
        Assert.Equal(("MRW9110", "the header 'time;S' is one column: semicolons do not separate cells"), (semicolons.Code, semicolons.What));
    }

    [Fact]
    public void Data_broken_off_anywhere_are_an_error_or_have_fewer_rows()
    {
        for (var length = 0; length < Table.Length; length++) Run(Document(Column), Table[..length]);
        for (var length = 0; length < Numl.Trim().Length; length += 3) Assert.Null(Run(Document("""<dataSource id="d" indexSet="time"/>""", format: "urn:sedml:format:numl"), Numl[..length]).Results);
    }

    [Fact]
    public void Data_at_an_address_are_left_out_and_the_rest_is_drawn()
    {
        const string plot = """<plot2D id="p"><listOfCurves><curve id="c" logX="false" logY="false" xDataReference="S" yDataReference="S"/><curve id="e" name="Data" logX="false" logY="false" xDataReference="S" yDataReference="D"/></listOfCurves></plot2D>""";
        var (results, bag) = Run(Document(Column, file: "http://example.org/data.csv", output: plot), Table);
        Assert.Single(results!.Plots.Single().Curves);
        Assert.Contains("'p, Data' is left out", Assert.Single(bag.Items, p => p.Severity == Severity.Warning).What, StringComparison.Ordinal);
    }
}
