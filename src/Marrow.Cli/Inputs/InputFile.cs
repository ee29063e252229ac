using Marrow.Networks.Diagnostics;
using Marrow.Networks.Shipped;

namespace Marrow.Cli.Inputs;

/// <summary>A file that the user names.</summary>
internal static class InputFile
{
    /// <summary>Reads it if it is there; that it is not is a problem like any other.</summary>
    internal static T? Read<T>(string path, DiagnosticBag bag, Func<string, T?> read)
        where T : class
    {
        if (Find(path, bag) is { } found) return read(found);
        return null;
    }

    /// <summary>Its path, which a name such as marrow:diseases/bcp_all.ant stands for; null, with the problem reported, if it is not there.</summary>
    internal static string? Find(string path, DiagnosticBag bag)
    {
        var found = ShippedFiles.Locate(path);
        if (File.Exists(found)) return found;
        bag.Add(CommandErrors.FileMissing.At(new SourceSpan(path, 0, 0, 1), found == path ? "no such file" : $"no such file: {found}", ShippedFiles.Hint(path) is { Length: > 0 } hint ? hint : null));
        return null;
    }
}
