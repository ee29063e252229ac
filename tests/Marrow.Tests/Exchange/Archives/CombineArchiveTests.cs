using System.IO.Compression;
using System.Text;
using Marrow.Cli;
using Marrow.Exchange.Sedml;
using Marrow.Tests.Cli;
using Marrow.Tests.Exchange.Sedml;
using static Marrow.Tests.Exchange.Sedml.SedmlText;

namespace Marrow.Tests.Exchange.Archives;

public sealed class CombineArchiveTests : IDisposable
{
    private const string Manifest = """<omexManifest xmlns="http://identifiers.org/combine.specifications/omex-manifest"><content location="." format="http://identifiers.org/combine.specifications/omex"/><content location="./models/turnover.xml" format="http://identifiers.org/combine.specifications/sbml"/><content location="./docs/run.sedml" format="http://identifiers.org/combine.specifications/sed-ml.level-1.version-3" master="true"/></omexManifest>""";

    private static readonly string Course4 = Document(
        Course(end: 4, points: 4), OneTask, Time() + Generator("S", Variable("S", Species), "<ci>S</ci>"),
        Report("time", "S") + """<plot2D id="p" name="Loss"><listOfCurves><curve id="c" logX="false" logY="true" xDataReference="time" yDataReference="S"/></listOfCurves></plot2D>""",
        """<model id="m" source="../models/turnover.xml"/>""");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Archive(params (string Name, string Text)[] entries)
    {
        var path = _folder.PathOf($"a{Directory.GetFiles(_folder.Root).Length}.omex");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, text) in entries)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
            writer.Write(text);
        }
        return path;
    }

    private CommandResult Simulate(string path) => CommandLine.Run("simulate", path, "--out", _folder.PathOf("out"));

    [Fact]
    public void The_master_document_of_an_archive_is_run_with_the_model_and_the_data_beside_it()
    {
        var folder = Path.Combine(ExpectedTables.Folder, "archive");
        var entries = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(path => (Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText(path)));
        var run = Simulate(Archive([.. entries]));
        Assert.True(run.Code == ExitCode.Done, run.Error);
        ExpectedTables.Compare("archive", _folder.PathOf("out"));
        Assert.Contains("\"title\":\"Loss\"", File.ReadAllText(_folder.PathOf("out/plots.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_in_a_folder_is_run_like_one_in_an_archive()
    {
        _folder.Write("models/turnover.xml", Model);
        Assert.Equal(ExitCode.Done, Simulate(_folder.Write("run.sedml", Course4.Replace("../models", "docs/.././models", StringComparison.Ordinal))).Code);
        Assert.True(File.Exists(_folder.PathOf("out/r.csv")));
    }

    [Theory]
    [InlineData("../models/turnover.xml")]
    [InlineData("%2e%2e/models/turnover.xml")]
    [InlineData("a/../../models/turnover.xml")]
    public void A_document_in_a_folder_reads_nothing_outside_it(string source)
    {
        _folder.Write("models/turnover.xml", Model);
        var run = Simulate(_folder.Write("docs/run.sedml", Course4.Replace("../models/turnover.xml", source, StringComparison.Ordinal)));
        Assert.Equal(ExitCode.WrongInput, run.Code);
        Assert.Contains("MRW9114", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.PathOf("out")));
    }

    [Fact]
    public void The_files_of_a_folder_are_those_in_it_whatever_the_path()
    {
        var secret = _folder.Write("secret.txt", "secret");
        _folder.Write("docs/beside.txt", "beside");
        var files = new FolderFiles(_folder.PathOf("docs"));
        Assert.Equal("beside", files.Read("beside.txt"));
        foreach (var path in new[] { "../secret.txt", "..\\secret.txt", "a/../../secret.txt", secret, "beside.txt\0", "" }) Assert.Null(files.Read(path));
    }

    [Fact]
    public void A_document_in_an_archive_reads_nothing_outside_it()
    {
        var run = Simulate(Archive(("manifest.xml", Manifest), ("models/turnover.xml", Model), ("docs/run.sedml", Course4.Replace("../models", "../../models", StringComparison.Ordinal))));
        Assert.Equal(ExitCode.WrongInput, run.Code);
        Assert.Contains("MRW9114", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("/etc/evil.txt")]
    [InlineData("a/../../evil.txt")]
    [InlineData("..\\evil.txt")]
    [InlineData("C:/evil.txt")]
    public void A_name_that_leads_out_of_the_archive_is_refused(string name)
    {
        var run = Simulate(Archive(("manifest.xml", Manifest), (name, "x"), ("docs/run.sedml", Course4)));
        Assert.Equal(ExitCode.WrongInput, run.Code);
        Assert.Contains("MRW9122", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.PathOf("out")));
    }

    [Fact]
    public void A_bomb_is_refused_before_it_is_unpacked()
    {
        var run = Simulate(Archive(("manifest.xml", Manifest), ("docs/run.sedml", new string(' ', 30_000_000))));
        Assert.Equal(ExitCode.WrongInput, run.Code);
        Assert.Contains("is compressed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_a_hostile_name_stays_in_the_folder()
    {
        var document = Course4.Replace("report id=\"r\"", "report id=\"../../r\"", StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Simulate(Archive(("manifest.xml", Manifest), ("models/turnover.xml", Model), ("docs/run.sedml", document))).Code);
        Assert.Equal(2, Directory.GetFiles(_folder.PathOf("out")).Length);
        Assert.Equal(["out"], Directory.GetDirectories(_folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Contains("MRW9121", Simulate(Archive(("docs/run.sedml", Course4))).Error, StringComparison.Ordinal);
        Assert.Contains("not in the archive", Simulate(Archive(("manifest.xml", Manifest))).Error, StringComparison.Ordinal);
        Assert.Contains("MRW9123", Simulate(Archive(("manifest.xml", """<omexManifest xmlns="http://identifiers.org/combine.specifications/omex-manifest"/>"""))).Error, StringComparison.Ordinal);
        Assert.Contains("MRW9121", Simulate(_folder.Write("no.omex", "no zip")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_broken_off_anywhere_is_an_error()
    {
        var whole = File.ReadAllBytes(Archive(("manifest.xml", Manifest), ("models/turnover.xml", Model), ("docs/run.sedml", Course4)));
        for (var length = 0; length < whole.Length; length += 101)
        {
            var path = _folder.PathOf("broken.omex");
            File.WriteAllBytes(path, whole[..length]);
            Assert.NotEqual(ExitCode.Done, Simulate(path).Code);
        }
    }

    [Fact]
    public void A_document_needs_a_folder_and_no_other_option()
    {
        var document = _folder.Write("run.sedml", Course4);
        Assert.Equal(ExitCode.Usage, CommandLine.Run("simulate", document).Code);
        Assert.Equal(ExitCode.Usage, CommandLine.Run("simulate", document, "--out", _folder.PathOf("out"), "--end", "5").Code);
    }

    [Fact]
    public void What_is_not_supported_ends_with_its_own_exit_code()
    {
        var run = Simulate(_folder.Write("run.sedml", Course4.Replace("plot2D", "plot3D", StringComparison.Ordinal)));
        Assert.Equal(ExitCode.NotSupported, run.Code);
        Assert.Contains("'plot3D'", run.Error, StringComparison.Ordinal);
    }
}
