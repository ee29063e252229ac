using CsvHelper;

namespace Marrow.Tests.Malformed;

/// <summary>A row of tests/data/malformed/cases.csv: a sound file with one text replaced (* for all of it), the codes that must be reported
/// in it, and a text of the line at which the first of them must stand (empty: anywhere in the file).</summary>
public sealed record MalformedCase(int Number, string File, string Find, string Replace, IReadOnlyList<string> Codes, string Near)
{
    public static IReadOnlyList<MalformedCase> All { get; } = Read();

    /// <summary>The broken text.</summary>
    public string Break(string sound)
    {
        if (Find == "*") return Replace;
        var at = sound.IndexOf(Find, StringComparison.Ordinal);
        Assert.True(at >= 0, $"case {Number}: {File} does not hold '{Find}'");
        return sound[..at] + Replace + sound[(at + Find.Length)..];
    }

    private static List<MalformedCase> Read()
    {
        var cases = new List<MalformedCase>();
        using var csv = CsvReader.FromFile(Desk.DataFile("cases.csv"), new CsvReaderOptions { TrackLineNumbers = true });
        while (csv.Read())
        {
            string Cell(string column) => csv.GetString(column).Replace("\\n", "\n", StringComparison.Ordinal);
            cases.Add(new MalformedCase((int)csv.LineNumber, Cell("file"), Cell("find"), Cell("replace"), Cell("codes").Split(' '), Cell("near")));
        }
        return cases;
    }
}
