namespace Marrow.Cli.Inputs;

/// <summary>The folder of a run's results where the command line names none: <c>runs/NAME</c>, and <c>runs/NAME-2</c>, ... after it,
/// so that no run overwrites another.</summary>
internal static class RunFolder
{
    private const string Runs = "runs";

    /// <summary>A new folder, or the newest one where a run is taken up again.</summary>
    internal static string Choose(string studyPath, bool resume)
    {
        var name = Path.GetFileNameWithoutExtension(studyPath);
        var number = 1;
        while (Directory.Exists(Numbered(name, number))) number++;
        return Numbered(name, resume ? Math.Max(1, number - 1) : number);
    }

    private static string Numbered(string name, int number) => Path.Combine(Runs, number == 1 ? name : $"{name}-{number}");
}
