using Marrow.Networks.Antimony;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Networks.Shipped;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Simulation;

/// <summary>A model ready to be asked: its equations, its numbers and where they come from. The simplest way into the library; what it does
/// step by step is done by <see cref="ModelLoader"/> and <see cref="CompiledModel"/>. Immutable; may be shared between threads.</summary>
public sealed class Model
{
    private Model(LoadedModel loaded, IReadOnlyList<Diagnostic> warnings)
    {
        (Network, Numbers, Warnings) = (loaded.Network, loaded.Parameters, warnings);
    }

    /// <summary>The equations, with the values of the tables.</summary>
    public ReactionNetwork Network { get; }

    /// <summary>The rows of the parameter tables that the model uses: value, unit, range, kind and source. Empty for a model without tables.</summary>
    public ParameterTable Numbers { get; }

    /// <summary>What is probably not meant, but runs.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; }

    /// <summary>Reads a model, its parameter tables and everything that it imports.</summary>
    /// <param name="path">An Antimony file, or the name of a shipped one such as <c>marrow:diseases/bcp_all.ant</c>.</param>
    /// <param name="tables">Tables laid over it, later rows win; none means those that belong to it.</param>
    /// <exception cref="InputException">The model has errors; all of them are listed.</exception>
    public static Model Load(string path, params IReadOnlyList<string> tables)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tables);
        var bag = new DiagnosticBag();
        var file = ShippedFiles.Locate(path);
        var all = tables.Count > 0 ? [.. tables.Select(ShippedFiles.Locate)] : ModelTables.Of(file, bag);
        var loaded = ModelLoader.Load(file, all, bag, strict: ShippedFiles.IsModel(file) && all.Count > 0);
        return loaded is null || bag.HasErrors ? throw new InputException(bag.Items) : new Model(loaded, bag.Items);
    }

    /// <summary>Reads a model from its text.</summary>
    /// <param name="antimony">The text.</param>
    /// <exception cref="InputException">The model has errors; all of them are listed.</exception>
    public static Model Parse(string antimony)
    {
        ArgumentNullException.ThrowIfNull(antimony);
        var bag = new DiagnosticBag();
        var network = AntimonyReader.ReadText(antimony, "model.ant", bag);
        return network is null || bag.HasErrors ? throw new InputException(bag.Items) : new Model(new LoadedModel(network, ParameterTable.Empty), bag.Items);
    }

    /// <summary>Compiles the model: states, and everything that varies as observables (species, rule variables). Takes a fraction of a second
    /// for a small model and some seconds for a whole patient; the result simulates as often as wanted.</summary>
    /// <exception cref="InputException">The model uses what is not supported; all of it is listed.</exception>
    public CompiledModel Compile() => CompiledModel.Compile(Network, new CompileOptions { Observables = [.. Varying()] });

    private IEnumerable<string> Varying()
    {
        var rules = Network.RateRules.Select(r => r.Variable).Concat(Network.AssignmentRules.Select(r => r.Variable)).ToList();
        var determined = rules.ToHashSet(StringComparer.Ordinal);
        return Network.Species.Where(s => !s.IsConstant && (!s.IsBoundary || determined.Contains(s.Id))).Select(s => s.Id).Union(rules, StringComparer.Ordinal);
    }
}
