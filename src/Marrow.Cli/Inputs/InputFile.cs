using Marrow.Networks.Diagnostics;

namespace Marrow.Cli.Inputs;

/// <summary>A file that the user names.</summary>
internal static class InputFile
{
    /// <summary>Reads it if it is there; that it is not is a problem like any other.</summary>
    internal static T? Read<T>(string path, DiagnosticBag bag, Func<string, T?> read)
        where T : class
    {
        if (File.Exists(path)) return read(path);
        bag.Add(CommandErrors.FileMissing.At(new SourceSpan(path, 0, 0, 1), "no such file"));
        return null;
    }
}
