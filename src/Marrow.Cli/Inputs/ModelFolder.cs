using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;

namespace Marrow.Cli.Inputs;

/// <summary>The folder of Marrow's own models.</summary>
internal static class ModelFolder
{
    private const string Name = "models";
    private const string Mark = "cards";

    /// <summary>The folder below the current one or below this installation; null, with a problem in <paramref name="bag"/>, if neither has it.</summary>
    internal static string? Find(DiagnosticBag bag)
    {
        if (Directory.Exists(Path.Combine(Name, Mark))) return Path.GetFullPath(Name);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var models = Path.Combine(folder.FullName, Name);
            if (Directory.Exists(Path.Combine(models, Mark))) return models;
        }
        bag.Add(CommandErrors.FileMissing.At(new SourceSpan(Name, 0, 0, 1), "no folder of models with cards"));
        return null;
    }

    /// <summary>Loads a model of the folder with its tables.</summary>
    /// <exception cref="InvalidDataException">The model has errors; they are the message.</exception>
    internal static LoadedModel Load(string path)
    {
        var bag = new DiagnosticBag();
        return ModelSource.Load(path, [], bag) ?? throw new InvalidDataException(string.Join('\n', bag.Items));
    }
}
