using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Trials.Patients;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Checks;

/// <summary>What a regimen needs to be read: a model, its patients and its drugs.</summary>
/// <param name="model">The model.</param>
/// <param name="population">The patients.</param>
/// <param name="drugFile">Table of the drugs.</param>
internal sealed class RegimenHome(LoadedModel model, Population population, string drugFile)
{
    private const string Experiments = "models/experiments/populations";

    private readonly Lazy<Influence?> _influence = new(() => Influence.Of(model.Network, [], new DiagnosticBag()));
    private readonly Lazy<LargestDoses> _largest = new(() => LargestDoses.Beside(drugFile));

    /// <summary>The model.</summary>
    public LoadedModel Model => model;

    /// <summary>The patients.</summary>
    public Population Population => population;

    /// <summary>The drugs.</summary>
    public string DrugFile => drugFile;

    /// <summary>What depends on what; null where the model cannot be compiled.</summary>
    public Influence? Influence => _influence.Value;

    /// <summary>Largest known doses.</summary>
    public LargestDoses LargestDoses => _largest.Value;

    /// <summary>Homes for a regimen or population that no study names: the diseases of the folder of models above a file, each with its
    /// patients (<c>models/experiments/populations/NAME.yaml</c> and <c>models/diseases/NAME.ant</c>).</summary>
    public static IEnumerable<RegimenHome> Above(string path)
    {
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(path)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var (populations, drugs) = (Path.Combine(folder, Experiments), Path.Combine(folder, "models", "therapies", "inputs.csv"));
            if (!Directory.Exists(populations) || !File.Exists(drugs)) continue;
            foreach (var file in Directory.EnumerateFiles(populations, "*.yaml").Order(StringComparer.Ordinal))
            {
                var disease = Path.Combine(folder, "models", "diseases", Path.GetFileNameWithoutExtension(file) + ".ant");
                if (Read(disease, file, drugs) is { } home) yield return home;
            }
            yield break;
        }
    }

    /// <summary>The model of a disease that is named like a population; null if there is none.</summary>
    public static LoadedModel? ModelNamed(string populationPath)
    {
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(populationPath)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var disease = Path.Combine(folder, "models", "diseases", Path.GetFileNameWithoutExtension(populationPath) + ".ant");
            if (File.Exists(disease)) return Load(disease);
        }
        return null;
    }

    private static LoadedModel? Load(string disease)
    {
        var bag = new DiagnosticBag();
        return ModelLoader.Load(disease, ModelTables.Of(disease, bag), bag);
    }

    private static RegimenHome? Read(string disease, string populationFile, string drugs)
    {
        if (!File.Exists(disease) || Load(disease) is not { } model) return null;
        var bag = new DiagnosticBag();
        var population = PopulationLoader.Load(populationFile, new ModelNames(model.Network), bag);
        return population is null || bag.HasErrors ? null : new RegimenHome(model, population, drugs);
    }
}
