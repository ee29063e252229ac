using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Networks.Shipped;

namespace Marrow.Cli.Inputs;

/// <summary>The folder of models that a command works with.</summary>
internal static class ModelFolder
{
    private const string Name = "models";

    /// <summary>The nearest folder of models that has what a command needs: above a file of the user's, above the current folder, or that
    /// of this installation.</summary>
    /// <param name="needed">A folder in it, such as cards.</param>
    /// <param name="bag">Receives the problem if there is none.</param>
    /// <param name="near">The user's file; null if there is none.</param>
    internal static string? Find(string needed, DiagnosticBag bag, string? near = null)
    {
        foreach (var from in (string?[])[near is null ? null : Path.GetDirectoryName(Path.GetFullPath(near)), Environment.CurrentDirectory, ShippedFiles.Root])
        {
            for (var folder = from; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                var models = Path.Combine(folder, Name);
                if (Directory.Exists(Path.Combine(models, needed))) return models;
            }
        }
        bag.Add(CommandErrors.FileMissing.At(
            new SourceSpan(near ?? Name, 0, 0, 1), $"no folder {Name}/{needed} above it, the current folder or this program", "run the command inside the repository"));
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
