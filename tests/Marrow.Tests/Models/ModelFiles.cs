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
        "Il6PgMl", "Il6EffectivePgMl",
    ];

    /// <summary>The core at its own published values.</summary>
    public static CompiledModel Core(string disease) =>
        Compile($"core {disease}", "models/core/core.ant", [], disease, "models/core/core.csv");

    /// <summary>The model of a treated patient.</summary>
    public static CompiledModel Patient(string disease) =>
        Compile($"patient {disease}", "models/diseases/bcp_all.ant", _readouts, disease);

    /// <summary>A model as the loader gives it; any diagnostic fails the test.</summary>
    public static LoadedModel Load(string path, string disease, params string[] more) =>
        _loaded.GetOrAdd($"{path} {disease}", _ => new Lazy<LoadedModel>(() =>
        {
            var bag = new DiagnosticBag();
            var tables = new[] { "models/parameters.csv", $"models/diseases/{disease}.csv" }.Concat(more).Select(Repository.PathOf);
            var model = ModelLoader.Load(Repository.PathOf(path), tables, bag);
            Assert.Empty(bag.Items);
            return model!;
        })).Value;

    private static CompiledModel Compile(string key, string path, IReadOnlyList<string> observables, string disease, params string[] more) =>
        _compiled.GetOrAdd(key, _ => new Lazy<CompiledModel>(() =>
        {
            var options = new CompileOptions { Observables = observables, NonNegativeSpecies = true, AbsoluteScale = Scale };
            return CompiledModel.Compile(Load(path, disease, more).Network, options);
        })).Value;

    /// <summary>Clones and CAR-T cells count down to fractions of a cell; small pools follow.</summary>
    private static IReadOnlyDictionary<string, double> Scale { get; } =
        new[] { "Marrow_", "Niche_", "Blood_", "Tissue_" }
            .SelectMany(site => new[] { "Sensitive", "Cd19Neg", "Resistant", "MhcLow" }.Select(clone => site + clone))
            .Concat(["CarProlif", "CarEff", "CarMem", "CtlNaive", "DcImm", "DcMat", "Pathogen"])
            .ToDictionary(name => name, _ => 1e-4);
}
