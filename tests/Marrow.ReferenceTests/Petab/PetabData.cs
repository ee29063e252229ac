using System.Globalization;
using Marrow.Exchange.Petab;
using Marrow.Networks.Diagnostics;

namespace Marrow.ReferenceTests.Petab;

/// <summary>Problems of public collections, and tables of what others found.</summary>
internal static class PetabData
{
    /// <summary>A folder of the data; the test skips where no data are named, and fails where they are incomplete.</summary>
    public static string Folder(string path)
    {
        var data = Environment.GetEnvironmentVariable("MARROW_DATA") ?? "";
        Assert.SkipWhen(data.Length == 0, "MARROW_DATA is not set");
        var folder = Path.Combine(data, path);
        Assert.True(Directory.Exists(folder), $"{folder} is missing");
        return folder;
    }

    public static PetabEvaluation Evaluate(string problem)
    {
        var bag = new DiagnosticBag();
        var read = PetabProblem.Load(problem, bag);
        Assert.True(read is not null, string.Join('\n', bag.Items));
        return PetabEvaluation.Evaluate(read, cancel: TestContext.Current.CancellationToken);
    }

    public static PetabTable Table(string path)
    {
        var table = PetabTable.Read(path, [], new DiagnosticBag());
        Assert.True(table is not null, $"{path} cannot be read");
        return table;
    }

    public static double Number(string text) => PetabRow.TryNumber(text) ?? double.NaN;

    /// <summary>The numbers of a solution file: <c>key: value</c> a line; those of nested keys by their name alone.</summary>
    public static Dictionary<string, double> Solution(string path) =>
        File.ReadLines(path).Select(line => line.Split(':', 2)).Where(x => x.Length == 2 && double.TryParse(x[1], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            .ToDictionary(x => x[0].Trim(), x => double.Parse(x[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
