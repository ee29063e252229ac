using Marrow.Tests.House;

namespace Marrow.Tests.Clinical;

/// <summary>A temporary copy of a folder of the repository, to be spoilt by a test.</summary>
internal sealed class FolderCopy : IDisposable
{
    public FolderCopy(string folder)
    {
        Path = Directory.CreateTempSubdirectory("marrow-").FullName;
        var from = Repository.PathOf(folder);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(from, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    public string Path { get; }

    public void Replace(string file, string right, string wrong)
    {
        var path = System.IO.Path.Combine([Path, .. file.Split('/')]);
        var text = File.ReadAllText(path);
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(right, wrong, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
