namespace Marrow.Bench;

/// <summary>Where models and peers are.</summary>
internal static class BenchFolder
{
    /// <summary>The folder <c>bench</c> of the repository that the program was built in.</summary>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "peers", "cvode_peer.c"))) return folder.FullName;
        throw new DirectoryNotFoundException("Run the benchmark from the repository: bench/peers was not found above the program.");
    }
}
