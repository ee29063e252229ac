namespace Marrow.Cli;

/// <summary>Command lines that cannot be meant.</summary>
internal static class Usage
{
    internal const string Hint = "marrow --help lists the commands, marrow COMMAND --help the options of one.";

    /// <summary>Prints what is wrong with a command line, and says whether anything is.</summary>
    internal static bool Refuse(IEnumerable<string> problems, TextWriter error)
    {
        var refused = false;
        foreach (var problem in problems)
        {
            error.WriteLine(problem);
            refused = true;
        }
        if (refused) error.WriteLine(Hint);
        return refused;
    }
}
