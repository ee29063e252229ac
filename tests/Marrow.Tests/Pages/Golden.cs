using Marrow.Tests.House;

namespace Marrow.Tests.Pages;

/// <summary>Pages that are written from data: the committed one must be the one that is written now.</summary>
internal static class Golden
{
    public static void Is(string page, string written)
    {
        var expected = written.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Repository.PathOf(page))!);
            File.WriteAllText(Repository.PathOf(page), expected);
        }
        Assert.True(File.Exists(Repository.PathOf(page)), $"{page} is missing; UPDATE_GOLDEN=1 with this test writes it.");
        Assert.Equal(expected, Repository.ReadText(page).ReplaceLineEndings("\n"));
    }
}
