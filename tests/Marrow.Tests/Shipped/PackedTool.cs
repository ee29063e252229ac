using System.Diagnostics;
using System.IO.Compression;
using Marrow.Tests.Cli;
using Marrow.Tests.House;

namespace Marrow.Tests.Shipped;

/// <summary>The package of the tool, made from what was built and unpacked outside the repository.</summary>
public sealed class PackedTool : IDisposable
{
    private const string Inside = "tools/net10.0/any/";
    private readonly TemporaryFolder _folder = new();

    public PackedTool()
    {
        var configuration = AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar).Contains("Debug") ? "Debug" : "Release";
        Start(Repository.Root, "pack", "src/Marrow.Cli", "--no-build", "-c", configuration, "-v", "quiet", "-o", _folder.PathOf("package")).Done();
        Package = Assert.Single(Directory.GetFiles(_folder.PathOf("package"), "*.nupkg"));
        ZipFile.ExtractToDirectory(Package, _folder.PathOf("unpacked"));
    }

    /// <summary>The package file.</summary>
    public string Package { get; }

    /// <summary>The files of the tool, with their paths in it.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(Home, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Home, f).Replace('\\', '/'));

    private string Home => Path.Combine(_folder.PathOf("unpacked"), Inside);

    /// <summary>A folder that nothing is in.</summary>
    public string NewFolder() => Directory.CreateDirectory(_folder.PathOf("empty-" + Guid.NewGuid().ToString("N")[..8])).FullName;

    /// <summary>Runs <c>marrow</c> with a folder as the current one.</summary>
    internal ToolResult Run(string folder, params string[] arguments) => Start(folder, [Path.Combine(Home, "marrow.dll"), .. arguments]);

    public void Dispose() => _folder.Dispose();

    private static ToolResult Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_NOLOGO"] = "1";
        // What a test host sets for itself is not for the tool.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || k.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolResult(string.Join(' ', arguments), process.ExitCode, output.ReplaceLineEndings("\n"), error.GetAwaiter().GetResult().ReplaceLineEndings("\n"));
    }
}

internal sealed record ToolResult(string Command, int Code, string Output, string Error)
{
    /// <summary>Fails the test unless the command did its work.</summary>
    public ToolResult Done()
    {
        Assert.True(Code == 0, $"{Command}: exit code {Code}\n{Output}{Error}");
        return this;
    }
}

/// <summary>Tests that use the packed tool share one: packing takes seconds.</summary>
[CollectionDefinition(Name)]
public sealed class PackedToolUsers : ICollectionFixture<PackedTool>
{
    public const string Name = "packed tool";
}
