using Marrow.Cli;
using Marrow.Tests.Cli;
using static Marrow.Tests.Exchange.Sedml.SedmlText;

namespace Marrow.Tests.Exchange.Sedml;

public sealed class SedmlCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private CommandResult Check(string models, string output = "S")
    {
        _folder.Write("turnover.xml", Model);
        return CommandLine.Run("check", _folder.Write("run.sedml", Document(Course(), OneTask, Generator("S", Variable("S", Species), "<ci>S</ci>"), Report(output), models)));
    }

    [Fact]
    public void A_document_is_checked_with_its_models()
    {
        var found = Check(Turnover);
        Assert.True(found.Code == ExitCode.Done, found.Output);
        Assert.Contains("SED-ML document: 1 model, 1 task, 1 report, 0 plots", found.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_of_the_document_and_of_all_its_models_come_at_once()
    {
        var found = Check("""<model id="m" source="absent.xml"/><model id="n" source="urn:miriam:biomodels.db:BIOMD0000000012"/>""", output: "Z");
        Assert.Equal(ExitCode.WrongInput, found.Code);
        foreach (var code in new[] { "MRW9001", "MRW5954", "MRW9102" }) Assert.Contains(code, found.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_archive_is_told() =>
        Assert.Contains("MRW9121", CommandLine.Run("check", _folder.Write("no.omex", "no zip")).Output, StringComparison.Ordinal);
}
