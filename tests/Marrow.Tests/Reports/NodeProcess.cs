using System.Diagnostics;

namespace Marrow.Tests.Reports;

/// <summary>Node.js, which the build needs anyway.</summary>
internal static class NodeProcess
{
    public static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"node {string.Join(' ', arguments)}: {output}{error.GetAwaiter().GetResult()}");
        return output;
    }
}
