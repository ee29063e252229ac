using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Networks.Structure;

namespace Marrow.Tests.Provenance;

public sealed class ModelLoaderTests : IDisposable
{
    private const string Header = "id,value,unit,lower,upper,distribution,kind,source,locator,system,note\n";
    private const string Model = """
        model *m()
          substanceOnly species Cells in Body; Cells has G
          compartment Body = 1; Body has dimensionless
          Birth: => Cells; rho*Cells*(1 - Cells/KM)
        end
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly DiagnosticBag _bag = new();

    public void Dispose() => _folder.Delete(recursive: true);

    private LoadedModel? Load(string model, bool strict, params string[] tables)
    {
        var paths = new List<string>();
        foreach (var table in tables)
        {
            paths.Add(Path.Combine(_folder.FullName, $"table{paths.Count}.csv"));
            File.WriteAllText(paths[^1], Header + table);
        }
        var path = Path.Combine(_folder.FullName, "model.ant");
        File.WriteAllText(path, model);
        return ModelLoader.Load(path, paths, _bag, strict);
    }

    [Fact]
    public void Later_tables_override_earlier_ones()
    {
        var model = Load(Model, true, "rho,0.3,1/d,,,,measured,s,,,\nKM,1000,G,,,,assumed,,,,the marrow holds about this\n", "rho,0.9,1/d,,,,fitted,s,,,\n");

        Assert.Empty(_bag.Items);
        Assert.Equal(0.9, ((NumberExpression)model!.Network.Parameters.Single(p => p.Id == "rho").Value!).Value);
        Assert.Equal((0, 1, 1), (model.Parameters.MeasuredCount, model.Parameters.FittedCount, model.Parameters.AssumedCount));
    }

    [Fact]
    public void A_parameter_without_row_does_not_load_and_the_nearest_row_is_named()
    {
        Assert.Null(Load(Model, true, "rho,0.3,1/d,,,,measured,s,,,\nKMax,1000,G,,,,assumed,,,,the marrow holds about this\n"));

        var problem = Assert.Single(_bag.Items, i => i.Severity == Severity.Error);
        Assert.Equal("MRW4010", problem.Code);
        Assert.Contains("'KM'", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_unit_in_a_table_is_found_by_dimensional_analysis()
    {
        Assert.Null(Load(Model, true, "rho,0.3,1/h,,,,measured,s,,,\nKM,1000,G,,,,assumed,,,,the marrow holds about this\n"));

        Assert.Equal("MRW3004", Assert.Single(_bag.Items).Code);
    }

    [Fact]
    public void A_users_model_loads_with_warnings()
    {
        var model = Load(Model.Replace("Cells/KM", "Cells", StringComparison.Ordinal), false, "rho,0.3,1/h,,,,measured,s,,,\n");

        Assert.NotNull(model);
        Assert.Contains(_bag.Items, i => i is { Severity: Severity.Warning, Code: "MRW3006" });
    }

    [Fact]
    public void A_literal_value_in_one_of_our_models_needs_a_row() =>
        Assert.Null(Load(Model.Replace("Birth:", "rho = 0.3; rho has 1/d\nBirth:", StringComparison.Ordinal), true, "KM,1000,G,,,,assumed,,,,the marrow holds about this\n"));

    [Fact]
    public void A_switch_needs_no_source_but_says_what_it_switches()
    {
        const string KM = "KM,1000,G,,,,assumed,,,,the marrow holds about this\n";
        Assert.NotNull(Load(Model, true, KM + "rho,1,1/d,,,,switch,,,,division\n"));
        Assert.Null(Load(Model, true, KM + "rho,1,1/d,,,,switch,,,,\n"));
        Assert.Equal("'rho'", Assert.Single(_bag.Items).What.Split(' ').Single(word => word.StartsWith('\'')));
    }

    [Fact]
    public void The_list_of_tables_above_a_model_comes_before_its_own_table()
    {
        var models = _folder.CreateSubdirectory("models");
        File.WriteAllText(Path.Combine(_folder.FullName, "tables.csv"), "# the order\ntable,holds\ncommon.csv,all\nswitches.csv,choices\n");
        foreach (var name in new[] { "common.csv", "switches.csv", "models/m.csv" }) File.WriteAllText(Path.Combine(_folder.FullName, name), Header);

        var tables = ModelTables.Of(Path.Combine(models.FullName, "m.ant"), _bag);

        Assert.Empty(_bag.Items);
        Assert.Equal(["common.csv", "switches.csv", "m.csv"], tables.Select(t => Path.GetFileName(t)!));
        File.Delete(Path.Combine(_folder.FullName, "switches.csv"));
        Assert.Equal(2, ModelTables.Of(Path.Combine(models.FullName, "m.ant"), _bag).Count);
        Assert.Contains("switches.csv", Assert.Single(_bag.Items).What, StringComparison.Ordinal);
    }
}
