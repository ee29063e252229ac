using System.Text.RegularExpressions;
using Marrow.Tests.Sbml;

namespace Marrow.ReferenceTests.Sbml;

/// <summary>Models put together of others: the cases of the SBML Test Suite for the package comp, by its own criterion.</summary>
public sealed partial class CompSuiteTests
{
    [Fact]
    public void Every_case_whose_files_are_at_hand_gives_the_expected_result()
    {
        var output = Directory.CreateTempSubdirectory("marrow-suite-").FullName;
        try
        {
            var (whole, torn) = (Cases(hasAll: true), Cases(hasAll: false));
            Assert.Equal(74, whole.Count + torn.Count);
            Assert.Empty(SbmlSuite.Failures(whole, output, arguments => MarrowProcess.Run(arguments)));
            // A case that takes a submodel from a file which the suite at hand lacks names that file.
            foreach (var number in torn)
            {
                var error = "";
                Assert.Single(SbmlSuite.Failures([number], output, arguments => error = MarrowProcess.Run(arguments)));
                Assert.Contains(Missing(number).First(), error, StringComparison.Ordinal);
            }
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static List<string> Cases(bool hasAll) => [.. SbmlSuite.Comp().Where(number => Missing(number).Any() != hasAll)];

    private static IEnumerable<string> Missing(string number)
    {
        var model = SbmlSuite.Model(number);
        return Source().Matches(File.ReadAllText(model)).Select(m => m.Groups[1].Value).Where(source => !File.Exists(Path.Combine(Path.GetDirectoryName(model)!, source)));
    }

    [GeneratedRegex("comp:source=\"([^\"]+)\"")]
    private static partial Regex Source();
}
