using System.Text.RegularExpressions;

namespace Marrow.Tests.House;

public sealed partial class SourceFileTests
{
    private const int LongestFile = 400;

    [Fact]
    public void No_source_file_is_longer_than_a_reader_can_hold()
    {
        var tooLong = new[] { "src", "tests", "bench" }.SelectMany(folder => Repository.Files(folder, "*.cs"))
            .Select(path => (Path: Repository.Relative(path), Lines: File.ReadLines(path).Count()))
            .Where(file => file.Lines > LongestFile)
            .Select(file => $"{file.Path}: {file.Lines} lines");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Lock_files_name_no_download_address()
    {
        var files = Repository.Files(".", "packages.lock.json").Concat(Repository.Files(".", "package-lock.json")).ToList();
        Assert.NotEmpty(files);
        Assert.Empty(files.Where(path => DownloadAddress().IsMatch(File.ReadAllText(path))).Select(Repository.Relative));
    }

    [Fact]
    public void Every_restored_project_has_a_lock_file() =>
        Assert.Empty(Repository.Files(".", "*.csproj")
            .Where(path => !File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "packages.lock.json")))
            .Select(Repository.Relative));

    [Fact]
    public void Package_versions_stand_in_one_place_only() =>
        Assert.Empty(Repository.Files(".", "*.csproj")
            .Where(path => PackageVersion().IsMatch(File.ReadAllText(path)))
            .Select(Repository.Relative));

    // "funding" and "homepage" addresses in npm's lock file are not fetched; tarballs are what a mirror would leave behind.
    [GeneratedRegex("\"resolved\"\\s*:\\s*\"[a-z+]+:|\\.tgz|\\.nupkg")]
    private static partial Regex DownloadAddress();

    [GeneratedRegex("<PackageReference[^>]*\\bVersion\\s*=")]
    private static partial Regex PackageVersion();
}
