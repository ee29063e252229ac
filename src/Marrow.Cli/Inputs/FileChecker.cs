using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Trials.Studies;

namespace Marrow.Cli.Inputs;

/// <summary>Reads a file of any kind that Marrow knows, for its problems only.</summary>
internal static class FileChecker
{
    /// <summary>Collects the problems of a file and says in a few words what it holds.</summary>
    internal static string Check(string path, DiagnosticBag bag)
    {
        if (InputFile.Find(path, bag) is not { } found) return "";
        path = found;
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".ant": return CheckModel(path, bag);
            case ".csv": return CheckTable(path, bag);
            case ".yaml" or ".yml": return CheckStudyFile(path, bag);
            default:
                bag.Add(CommandErrors.UnknownKindOfFile.At(new SourceSpan(path, 0, 0, 1), $"'{Path.GetExtension(path)}' is no kind of file that can be checked"));
                return "";
        }
    }

    private static string CheckModel(string path, DiagnosticBag bag)
    {
        if (ModelSource.Load(path, [], bag) is not { } model) return "";
        var network = model.Network;
        return $"model {network.Name}: {network.Species.Length} species, {network.Reactions.Length} reactions, {network.Events.Length} events, "
            + $"{network.Parameters.Length} parameters ({Provenance(model.Parameters)})";
    }

    private static string CheckStudyFile(string path, DiagnosticBag bag)
    {
        var kind = StudyFileReader.Read(path, bag, out var study);
        if (study is null) return kind.ToString().ToLowerInvariant();
        return $"study: {study.Arms.Count} arms, {study.Patients} patients, {study.FollowUpMonths} months";
    }

    private static string CheckTable(string path, DiagnosticBag bag)
    {
        var firstLine = File.ReadLines(path).FirstOrDefault(line => !line.StartsWith('#')) ?? "";
        if (!firstLine.Split(',').Contains("id"))
        {
            bag.Add(CommandErrors.UnknownKindOfFile.At(new SourceSpan(path, 1, 1, Math.Max(1, firstLine.Length)),
                "not a parameter table: its first line names no column 'id'", "checking the study that uses it, which checks its drug and clinical tables too"));
            return "";
        }
        var table = ParameterTable.Load(path, bag);
        return $"parameter table: {table.Rows.Count} rows ({Provenance(table)})";
    }

    private static string Provenance(ParameterTable table) =>
        $"{table.MeasuredCount} measured, {table.FittedCount} fitted, {table.AssumedCount} assumed";
}
