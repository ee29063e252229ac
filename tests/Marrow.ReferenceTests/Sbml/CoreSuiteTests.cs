using Marrow.Tests.Sbml;

namespace Marrow.ReferenceTests.Sbml;

/// <summary>The core part of the SBML Test Suite by its own criterion, without exceptions.</summary>
public sealed class CoreSuiteTests
{
    private const int Share = 100;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void A_hundred_cases_give_the_expected_results(int part)
    {
        var all = SbmlSuite.Core();
        Assert.True(all.Count is > 9 * Share and <= 10 * Share, $"The suite has {all.Count} core cases.");
        var output = Directory.CreateTempSubdirectory("marrow-suite-").FullName;
        try
        {
            Assert.Empty(SbmlSuite.Failures([.. all.Skip(part * Share).Take(Share)], output, arguments => MarrowProcess.Run(arguments)));
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }
}
