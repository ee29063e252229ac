using Marrow.Cli;
using Marrow.Tests.Cli;

namespace Marrow.Tests.Sbml;

public sealed class SbmlSuiteSampleTests
{
    /// <summary>Cases that take part.</summary>
    private const int Every = 40;

    [Fact]
    public void Every_fortieth_core_case_of_the_suite_gives_the_expected_result()
    {
        string[] cases = [.. SbmlSuite.Core().Where((_, i) => i % Every == 7)];
        Assert.NotEmpty(cases);
        using var folder = new TemporaryFolder();
        Assert.Empty(SbmlSuite.Failures(cases, folder.PathOf("."), arguments => Assert.Equal(ExitCode.Done, CommandLine.Run(arguments).Code)));
    }
}
