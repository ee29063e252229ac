using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Networks.Structure;

namespace Marrow.Exchange.Petab;

/// <summary>Reads problems: all files first, then whether they fit together.</summary>
internal static class PetabLoader
{
    public static PetabProblem? Load(string path, DiagnosticBag bag)
    {
        var own = new DiagnosticBag();
        var problem = Read(path, own);
        bag.AddRange(own.Items);
        return own.HasErrors ? null : problem;
    }

    private static PetabProblem? Read(string path, DiagnosticBag bag)
    {
        if (PetabFiles.Read(path, bag) is not { } files) return null;
        var sheets = new PetabSheets(files.Version, bag);
        var parameters = sheets.Parameters(files.Parameters);
        var used = new HashSet<string>(StringComparer.Ordinal);
        var parts = new List<PetabPart>();
        foreach (var set in files.Sets)
        {
            if (Part(files.Version, set, sheets, parameters, used, bag) is { } part) parts.Add(part);
        }
        if (parts.Count < files.Sets.Count) return null;
        foreach (var parameter in parameters.Where(p => !used.Contains(p.Id)))
            parameter.Row.Warn("parameterId", bag, PetabCodes.Unused, $"parameter '{parameter.Id}' has no effect", "neither a model, a formula, a condition nor a measurement names it", Spelling.Hint(parameter.Id, used, ""));
        return new PetabProblem(Path.GetFileNameWithoutExtension(path), files.Version, parameters, parts);
    }

    private static PetabPart? Part(
        int version, PetabFileSet files, PetabSheets sheets, IReadOnlyList<PetabParameter> parameters, HashSet<string> used, DiagnosticBag bag)
    {
        var network = Model(files.Model, bag);
        var observables = sheets.Observables(files.Observables);
        var conditions = new PetabConditions(version, bag);
        conditions.Read(files.Conditions);
        conditions.ReadExperiments(files.Experiments);
        Mappings(files.Mappings, bag);
        var measured = new PetabMeasurements(version, observables, sheets.Broken, conditions, bag);
        var measurements = measured.Read(files.Measurements);
        if (network is null) return null;
        var names = new PetabNames(version, network, parameters, bag);
        names.Check(observables, conditions.Conditions.Values, measured.Names);
        used.UnionWith(names.Used);
        if (network.Events.FirstOrDefault(e => e.Delay is not null) is { } delayed && conditions.Experiments.Any(e => e.IsEquilibrated))
            bag.Error(PetabCodes.DelayedEvents, $"event '{delayed.Id}' has a delay", delayed.Where);
        var wanted = measurements.Select(m => m.Observable).ToHashSet();
        foreach (var (observable, _) in observables.Select((o, i) => (o, i)).Where(x => !wanted.Contains(x.i) && !bag.HasErrors))
            observable.Row.Warn("observableId", bag, PetabCodes.Unused, $"nothing measures observable '{observable.Id}'");
        return new PetabPart(network, observables, conditions.Experiments, measurements, measured.Tables);
    }

    private static ReactionNetwork? Model(string path, DiagnosticBag bag)
    {
        if (path.Length == 0) return null;
        if (!File.Exists(path))
        {
            bag.Error(PetabCodes.BadProblem, $"no such model: '{path}'", new SourceSpan(path, 0, 0, 1), "", "the path, which is relative to the YAML file");
            return null;
        }
        // What a model lacks the tables may supply, so that its warnings say little here.
        var own = new DiagnosticBag();
        var network = SbmlReader.ReadFile(path, own);
        bag.AddRange(own.Items.Where(d => d.Severity == Severity.Error));
        return network;
    }

    /// <summary>A mapping gives names to entities of models that have none in formulas; SBML's have, so rows that say nothing else than a
    /// name for people are read past.</summary>
    private static void Mappings(IReadOnlyList<string> files, DiagnosticBag bag)
    {
        const string Alias = "petabEntityId", Entity = "modelEntityId";
        foreach (var row in files.Select(file => PetabTable.Read(file, [Alias, Entity], bag)).OfType<PetabTable>().SelectMany(t => t.Rows))
        {
            var entity = row.Given(Entity);
            if (entity.Length > 0 && entity != row[Alias]) row.Error(Entity, bag, PetabCodes.Mapping, $"'{row[Alias]}' stands for '{entity}'");
        }
    }
}
