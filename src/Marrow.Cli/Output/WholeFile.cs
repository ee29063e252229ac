namespace Marrow.Cli.Output;

/// <summary>Writes a file whole or not at all: under another name first, then renamed.</summary>
internal static class WholeFile
{
    internal static void Write(string path, Action<TextWriter> write) => Draft(path, draft =>
    {
        using var writer = new StreamWriter(draft);
        write(writer);
    });

    internal static void WriteBytes(string path, byte[] bytes) => Draft(path, draft => File.WriteAllBytes(draft, bytes));

    private static void Draft(string path, Action<string> write)
    {
        var target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var draft = $"{target}.{Environment.ProcessId}.part";
        try
        {
            write(draft);
            File.Move(draft, target, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }
}
