using Marrow.Networks.Antimony;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Networks.Structure;
using Marrow.Networks.Units;
using Marrow.Networks.Validation;

namespace Marrow.Networks.Provenance;

/// <summary>A model and the provenance of its parameters.</summary>
/// <param name="Network">The network, with the values and units of the tables.</param>
/// <param name="Parameters">The rows that the network uses, after all tables were laid over one another.</param>
public sealed record LoadedModel(ReactionNetwork Network, ParameterTable Parameters)
{
    /// <summary>Populations that are counted while they are few.</summary>
    public IReadOnlyList<CountedPopulation> Counted { get; init; } = [];

    /// <summary>The table that says so; null if there is none.</summary>
    public string? CountedFile { get; init; }
}

/// <summary>Reads a model together with its parameter tables.</summary>
public static class ModelLoader
{
    /// <summary>Reads an Antimony or SBML file, gives its parameters (and the start of species named in a table) the values and units of the
    /// tables, and checks units and provenance. Later tables override earlier ones: a disease over the common parameters.</summary>
    /// <param name="antPath">The model.</param>
    /// <param name="tables">Parameter tables, the common one first.</param>
    /// <param name="bag">Receives every problem.</param>
    /// <param name="strict">The rules of Marrow's own models: every parameter has a row with unit and source, and units must fit exactly.
    /// Otherwise both are warnings.</param>
    /// <returns>The model; null if there were errors.</returns>
    public static LoadedModel? Load(string antPath, IEnumerable<string> tables, DiagnosticBag bag, bool strict = true)
    {
        var reporter = new Reporter(bag);
        var table = Merge(tables, reporter);
        var read = SbmlReader.Reads(antPath) ? SbmlReader.ReadFile(antPath, bag) : AntimonyReader.ReadFile(antPath, reporter, valuesFollow: true);
        if (read is null) return null;
        var network = ParameterOverlay.Apply(read, table, reporter);
        if (strict) ProvenanceChecks.Check(read, table, reporter);
        // After a missing row every formula that names the parameter would be reported again.
        if (!bag.HasErrors)
        {
            NetworkValidator.CheckValues(network, reporter);
            UsageChecks.Check(network, reporter);
            DimensionalAnalysis.Check(network, reporter, strict);
        }
        var used = network.Parameters.Select(p => p.Id).Concat(network.Species.Select(s => s.Id)).Concat(network.Compartments.Select(c => c.Id)).ToHashSet(StringComparer.Ordinal);
        var countedFile = CountedTable.Above(antPath);
        var counted = countedFile is null ? [] : CountedTable.Read(countedFile, network, bag);
        return bag.HasErrors ? null : new LoadedModel(network, table.Only(used)) { Counted = counted, CountedFile = countedFile };
    }

    private static ParameterTable Merge(IEnumerable<string> tables, Reporter reporter)
    {
        ParameterTable? merged = null;
        foreach (var path in tables)
        {
            var table = new ParameterTableReader(path, reporter).Read();
            merged = merged is null ? table : merged.Overlay(table);
        }
        return merged ?? ParameterTable.Empty;
    }
}
