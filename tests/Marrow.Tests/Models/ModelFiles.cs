using System.Collections.Concurrent;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Tests.House;

namespace Marrow.Tests.Models;

/// <summary>The models of the repository, loaded and compiled once.</summary>
internal static class ModelFiles
{
    private static readonly ConcurrentDictionary<string, Lazy<LoadedModel>> _loaded = new();
    private static readonly ConcurrentDictionary<string, Lazy<CompiledModel>> _compiled = new();

    private static readonly string[] _readouts =
    [
        "BlastShare", "LymphocytesPerUl", "Cd19PerUl", "NkPerUl", "AncReadout", "PltReadout", "CarCopies", "CarPerUl", "WbcPerUl",
        "Il6PgMl", "Il6EffectivePgMl", "BloodBlastsPerUl", "Burden", "Haemoglobin", "CardiotoxicityRisk", "AspActivity", "AsnDepletion", "VenConc",
        "IbrConc", "InoConc", "MtxConc", "BlinConc", "CarTotal", "ProductFoldExpansion", "ManufactureFailureRisk",
    ];

    /// <summary>The sites of a clone.</summary>
    public static IReadOnlyList<string> Sites { get; } = ["Marrow", "Niche", "Blood", "Node", "Spleen", "Cns"];

    /// <summary>The clones.</summary>
    public static IReadOnlyList<string> Clones { get; } = ["Sensitive", "Cd19Neg", "Resistant", "MhcLow", "Switched", "Variant"];

    /// <summary>The frozen core at its published values: it tests the engine.</summary>
    public static CompiledModel FrozenCore(string disease) =>
        Compile($"core {disease}", [], () => LoadFrozen(disease));

    /// <summary>The model of a treated patient.</summary>
    public static CompiledModel Patient(string disease) =>
        Compile($"patient {disease}", _readouts, () => Load("models/diseases/bcp_all.ant", disease));

    /// <summary>A model of the repository with the numbers of a disease; any diagnostic fails the test.</summary>
    public static LoadedModel Load(string path, string disease) =>
        _loaded.GetOrAdd($"{path} {disease}", _ => new Lazy<LoadedModel>(() =>
        {
            var bag = new DiagnosticBag();
            var file = Repository.PathOf(path);
            return Read(file, ModelTables.Common(file, bag).Append(Repository.PathOf($"models/diseases/{disease}.csv")), bag);
        })).Value;

    private static LoadedModel LoadFrozen(string disease)
    {
        const string folder = "tests/data/core_model_2";
        var tables = new[] { "parameters", disease, "core" }.Select(name => Repository.PathOf($"{folder}/{name}.csv"));
        return Read(Repository.PathOf($"{folder}/body.ant"), tables, new DiagnosticBag());
    }

    private static LoadedModel Read(string file, IEnumerable<string> tables, DiagnosticBag bag)
    {
        var model = ModelLoader.Load(file, tables, bag);
        Assert.Empty(bag.Items);
        return model!;
    }

    private static CompiledModel Compile(string key, IReadOnlyList<string> observables, Func<LoadedModel> load) =>
        _compiled.GetOrAdd(key, _ => new Lazy<CompiledModel>(() =>
        {
            var network = load().Network;
            var scale = network.Species.Where(s => _scale.ContainsKey(s.Id)).ToDictionary(s => s.Id, s => _scale[s.Id]);
            return CompiledModel.Compile(network, new CompileOptions { Observables = observables, NonNegativeSpecies = true, AbsoluteScale = scale });
        })).Value;

    /// <summary>Clones and CAR-T cells count down to fractions of a cell; small pools follow.</summary>
    private static readonly Dictionary<string, double> _scale =
        Sites.Append("Tissue")
            .SelectMany(site => Clones.Select(clone => $"{site}_{clone}"))
            .Concat(["CarProlif", "CarEff", "CarMem", "CtlNaive", "DcImm", "DcMat", "Pathogen"])
            .ToDictionary(name => name, _ => 1e-4);
}
