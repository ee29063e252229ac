using System.Text.Json.Nodes;
using Marrow.Networks.Diagnostics;
using Marrow.Reports.Pages;
using Marrow.Tests.House;
using Marrow.Trials.Checks;
using Marrow.Trials.Experiments;
using Marrow.Trials.Fit;
using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;
using Marrow.Trials.Studies;
using YamlDotNet.RepresentationModel;

namespace Marrow.Tests.Schemas;

/// <summary>Schemas and readers of YAML files know the same keys, so that what an editor offers is what Marrow reads.</summary>
public sealed class SchemaTests
{
    /// <summary>Samples are made until every key has been asked for, at most this many.</summary>
    private const int Variants = 20_000;

    public static TheoryData<string> Names => [.. Schema.Names];

    public static TheoryData<string> YamlFiles => [.. new[] { "models", "studies" }.SelectMany(folder => Repository.Files(folder, "*.yaml")).Select(Repository.Relative)];

    [Fact]
    public void There_is_a_schema_for_every_kind_of_file() =>
        Assert.Equal(Enum.GetNames<StudyFileKind>().Where(k => k != nameof(StudyFileKind.Unknown)).Select(k => k.ToLowerInvariant()).Order(StringComparer.Ordinal), Schema.Names);

    [Theory]
    [MemberData(nameof(YamlFiles))]
    public void Every_file_of_the_repository_obeys_the_schema_of_its_kind(string file) =>
        Assert.Empty(SchemaOf(file).Problems(Json(File.ReadAllText(Repository.PathOf(file)))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_key_that_a_reader_asks_for_is_in_the_schema_and_every_key_of_the_schema_is_asked_for(string name)
    {
        var schema = Schema.Of(name);
        var places = schema.Places().Select(p => p.Path).ToHashSet(StringComparer.Ordinal);
        var asked = AskedFor(name, schema).Select(path => Generic(path, places)).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], asked.Except(places).Order(StringComparer.Ordinal));
        Assert.Equal([], places.Except(asked).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_key_has_a_description(string name)
    {
        var keys = Schema.Of(name).Places().Where(p => !p.Path.EndsWith("/*", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(keys);
        Assert.All(keys, k => Assert.True((k.Schema.Description.Length > 0 ? k.Schema : k.Schema.Target).Description.Length > 3, k.Path));
    }

    /// <summary>A key of every mapping of every file, misspelt: the reader knows it as little as the schema.</summary>
    [Theory]
    [InlineData("studies/eliana.yaml")]
    [InlineData("studies/populations/eliana.yaml")]
    [InlineData("models/cards/car_t.yaml")]
    [InlineData("models/experiments/contexts/cll.yaml")]
    public void A_misspelt_key_is_refused_by_schema_and_reader_alike(string file)
    {
        var text = File.ReadAllText(Repository.PathOf(file));
        var schema = SchemaOf(file);
        using var folder = new Cli.TemporaryFolder();
        foreach (var key in Json(text).AsObject().Select(p => p.Key))
        {
            var broken = text.Replace($"\n{key}:", $"\n{key}z:", StringComparison.Ordinal);
            if (broken == text) broken = $"{key}z:" + text[(key.Length + 1)..];
            Assert.NotEmpty(schema.Problems(Json(broken)));
            var bag = new DiagnosticBag();
            Read(KindOf(file), broken, folder.Write("broken.yaml", broken), bag, new HashSet<string>());
            Assert.Contains(bag.Items, d => d.What.Contains($"{key}z", StringComparison.Ordinal));
        }
    }

    private static HashSet<string> AskedFor(string name, Schema schema)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var kind = Enum.Parse<StudyFileKind>(name, ignoreCase: true);
        if (kind == StudyFileKind.Card) return [.. typeof(CardText).GetProperties().Where(p => p.SetMethod?.IsPublic == true).Select(p => "/" + Vocabulary.SnakeCase(p.Name))];
        var places = schema.Places().Select(p => p.Path).ToHashSet(StringComparer.Ordinal);
        for (var variant = 0; variant < Variants && (variant % 100 != 0 || !asked.Select(path => Generic(path, places)).ToHashSet(StringComparer.Ordinal).IsSupersetOf(places)); variant++)
            Read(kind, SchemaSample.Write(schema, variant), "sample.yaml", new DiagnosticBag(), asked);
        foreach (var file in YamlFiles.Select(row => row.Data).Where(f => KindOf(f) == kind)) Read(kind, File.ReadAllText(Repository.PathOf(file)), Path.GetTempPath() + "file.yaml", new DiagnosticBag(), asked);
        return asked;
    }

    private static void Read(StudyFileKind kind, string text, string file, DiagnosticBag bag, ISet<string> asked)
    {
        if (kind == StudyFileKind.Card)
        {
            CardCheck.Check(file, bag);
            return;
        }
        var map = YamlSource.ReadText(text, file, bag, asked);
        Assert.True(map is not null, $"{string.Join('\n', bag.Items)}\n{text}");
        switch (kind)
        {
            case StudyFileKind.Study: StudyLoader.Read(map, bag); break;
            case StudyFileKind.Population: PopulationLoader.Read(map); break;
            case StudyFileKind.Regimen: RegimenLoader.Read(map, new DrugInputs(), Nobody(), null); break;
            case StudyFileKind.Fit: FitLoader.Read(map, bag); break;
            case StudyFileKind.Elasticities: ElasticityProblem.Read(map, null, bag); break;
            default: Vocabulary.ReadContexts(map, bag); break;
        }
    }

    private static Population Nobody() => PopulationLoader.Read(YamlSource.ReadText("{title: nobody}", "nobody.yaml", new DiagnosticBag())!);

    /// <summary>The path with * where the schema takes any name.</summary>
    private static string Generic(string path, HashSet<string> places)
    {
        var known = "";
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            known = step == "[]" || places.Contains($"{known}/{step}") || !places.Contains($"{known}/*") ? $"{known}/{step}" : $"{known}/*";
        return known;
    }

    private static Schema SchemaOf(string file) => Schema.Of(KindOf(file).ToString().ToLowerInvariant());

    private static StudyFileKind KindOf(string file) => StudyFileReader.KindOf(Repository.PathOf(file), new DiagnosticBag());

    private static JsonNode Json(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Schema.Read(stream.Documents[0].RootNode)!;
    }
}
