using System.Diagnostics;

namespace Marrow.ReferenceTests.Sbml;

/// <summary>The command as users have it: compiled, in a process of its own.</summary>
internal static class MarrowProcess
{
    /// <summary>Runs a command line; what it wrote to standard error.</summary>
    public static string Run(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "marrow.dll"))) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return error;
    }
}
