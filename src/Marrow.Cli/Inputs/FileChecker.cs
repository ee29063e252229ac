using Marrow.Exchange.Petab;
using Marrow.Exchange.Sedml;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Networks.Sbml;
using Marrow.Networks.Validation;
using Marrow.Reports.Pages;
using Marrow.Trials.Checks;
using Marrow.Trials.Clinical;
using Marrow.Trials.Studies;

namespace Marrow.Cli.Inputs;

/// <summary>Reads files of any kind that Marrow knows, for their problems only. Models that several files are parts of are read once.</summary>
internal sealed class FileChecker
{
    /// <summary>Rules of models that the clinical layer looks at.</summary>
    private static readonly string[] LookedAt = [.. Readouts.All, .. Readouts.Optional, Readouts.ManufactureFailureRisk];

    private readonly StudyFileReader _studies = new();
    private readonly Dictionary<string, (LoadedModel? Model, DiagnosticBag Problems)> _models = new(StringComparer.Ordinal);

    /// <summary>Collects the problems of a file and says in a few words what it holds.</summary>
    internal string Check(string path, DiagnosticBag bag)
    {
        if (InputFile.Find(path, bag) is not { } found) return "";
        path = found;
        try
        {
            if (SedmlCheck.Reads(path)) return SedmlCheck.Check(path, bag);
            switch (Path.GetExtension(path).ToLowerInvariant())
            {
                case ".ant" or ".xml" or ".sbml": return CheckModel(path, bag);
                case ".csv": return CheckTable(path, bag);
                case ".yaml" or ".yml": return CheckYaml(path, bag);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bag.Add(CommandErrors.FileMissing.At(new SourceSpan(path, 0, 0, 1), $"cannot be read: {e.Message}"));
            return "";
        }
        bag.Add(CommandErrors.UnknownKindOfFile.At(new SourceSpan(path, 0, 0, 1), $"'{Path.GetExtension(path)}' is no kind of file that can be checked"));
        return "";
    }

    private string CheckModel(string path, DiagnosticBag bag)
    {
        if (!SbmlReader.Reads(path) && ModelParts.UsersOf(path) is { Count: > 0 } users) return CheckPart(path, users, bag);
        if (ModelSource.Load(path, [], bag) is not { } model) return "";
        ModelReview.Check(model, path, LookedAt, bag);
        var network = model.Network;
        return $"model {network.Name}: {network.Species.Length} species, {network.Reactions.Length} reactions, {network.Events.Length} events, "
            + $"{network.Parameters.Length} parameters ({Provenance(model.Parameters)})";
    }

    /// <summary>A part of models is checked within them, for it names what other parts define.</summary>
    private string CheckPart(string path, IReadOnlyList<string> users, DiagnosticBag bag)
    {
        var broken = new List<string>();
        foreach (var user in users)
        {
            var (model, all) = Load(user);
            if (model is null) broken.Add(Path.GetFileName(user));
            bag.AddRange(all.Items.Where(d => Path.GetFullPath(d.Where.File) == Path.GetFullPath(path)).Select(d => d with { Where = d.Where with { File = path } }));
        }
        if (broken.Count > 0 && !bag.HasErrors)
            bag.Add(CommandErrors.BrokenModel.At(new SourceSpan(path, 0, 0, 1), $"{string.Join(" and ", broken)}, which import{(broken.Count == 1 ? "s" : "")} it, cannot be read"));
        return $"part of {string.Join(", ", users.Select(u => Path.GetFileNameWithoutExtension(u)))}";
    }

    /// <summary>A model with its review.</summary>
    private (LoadedModel? Model, DiagnosticBag Problems) Load(string path)
    {
        var identity = Path.GetFullPath(path);
        if (_models.TryGetValue(identity, out var known)) return known;
        var all = new DiagnosticBag();
        var model = ModelSource.Load(path, [], all);
        if (model is not null) ModelReview.Check(model, path, LookedAt, all);
        return _models[identity] = (model, all);
    }

    private string CheckYaml(string path, DiagnosticBag bag)
    {
        if (PetabProblem.Recognises(path)) return PetabProblem.Load(path, bag) is { } problem ? $"PEtab problem: {problem.Size}" : "";
        var kind = StudyFileReader.KindOf(path, bag);
        if (kind != StudyFileKind.Card) return _studies.Read(path, kind, bag);
        CardCheck.Check(path, bag);
        return "card";
    }

    private string CheckTable(string path, DiagnosticBag bag)
    {
        var header = TableKinds.HeaderOf(path);
        if (TableKinds.Of(header) is not { } kind)
        {
            bag.Add(CommandErrors.UnknownKindOfFile.At(new SourceSpan(path, 1, 1, 1), "its first line names the columns of no kind of table", "the columns that docs/check.md lists"));
            return "";
        }
        kind.Read(path, bag);
        if (!ReferenceEquals(kind.Columns, ParameterTable.Columns) || bag.HasErrors) return kind.Name;
        var table = ParameterTable.Load(path, new DiagnosticBag());
        CheckUse(path, table, bag);
        return $"{kind.Name}: {table.Rows.Count} rows ({Provenance(table)})";
    }

    /// <summary>What the models over which a table is laid say about it, and which of its rows none of them uses.</summary>
    private void CheckUse(string path, ParameterTable table, DiagnosticBag bag)
    {
        var users = ModelParts.UsersOfTable(path);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var user in users)
        {
            var (model, all) = Load(user);
            // A model that cannot be read with its own table is shown as it is.
            if (model is null && users.Count == 1) bag.AddRange(all.Items);
            else bag.AddRange(all.Items.Where(d => Path.GetFullPath(d.Where.File) == Path.GetFullPath(path)).Select(d => d with { Where = d.Where with { File = path } }));
            if (model is null) return;
            used.UnionWith(model.Parameters.Rows.Select(r => r.Id));
        }
        foreach (var row in table.Rows.Where(r => users.Count > 0 && !used.Contains(r.Id)))
            bag.Add(CommandErrors.UnusedRow.Warn(row.Where, $"no model uses row '{row.Id}'", Spelling.Hint(row.Id, used, "removing it")));
    }

    private static string Provenance(ParameterTable table) =>
        $"{table.MeasuredCount} measured, {table.FittedCount} fitted, {table.AssumedCount} assumed";
}
