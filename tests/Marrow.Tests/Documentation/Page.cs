using System.Text.RegularExpressions;
using Marrow.Tests.House;
using Marrow.Tests.Shipped;

namespace Marrow.Tests.Documentation;

/// <summary>Does what a page of the documentation says, in an empty folder and with the packed tool, and compares what comes out with what
/// the page shows. Its fenced blocks are the script:
/// <list type="bullet">
/// <item><c>sh</c>: commands (marrow, cd, cmp), which must succeed, or end with <c>exit=N</c> where the block says so;</item>
/// <item><c>text</c>: what the block of commands before it printed. <c>...</c> stands for any text, on a line of its own for any lines;</item>
/// <item><c>diff file=F</c>: an edit, each text after - replaced by the one after +;</item>
/// <item>any other language with <c>file=F</c>: a file to write.</item>
/// </list></summary>
internal sealed partial class Page(PackedTool tool, string path)
{
    private string _folder = tool.NewFolder();
    private string _printed = "";

    /// <summary>The folder in which the page ends.</summary>
    public string Folder => _folder;

    /// <summary>Commands that were run.</summary>
    public int Commands { get; private set; }

    /// <summary>Follows the page from beginning to end.</summary>
    public void Follow()
    {
        foreach (Match block in Fence().Matches(Repository.ReadText(path).ReplaceLineEndings("\n")))
            Do(block.Groups["language"].Value, Option(block, "file"), Option(block, "exit"), block.Groups["text"].Value);
    }

    private void Do(string language, string? file, string? exit, string text)
    {
        if (language == "sh") RunAll(text, exit is null ? 0 : int.Parse(exit, System.Globalization.CultureInfo.InvariantCulture));
        else if (language == "text") Compare(text);
        else if (language == "diff" && file is not null) Edit(Path.Combine(_folder, file), text.Split('\n'));
        else if (file is not null) File.WriteAllText(Path.Combine(_folder, file), text);
    }

    private void RunAll(string text, int exit)
    {
        _printed = "";
        foreach (var command in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "cd") _folder = Path.Combine(_folder, words[1]);
            else if (words[0] == "cmp") Assert.True(Read(words[1]).SequenceEqual(Read(words[2])), $"{path}: {command}: the files differ");
            else Run(command, words, exit);
        }
    }

    private void Run(string command, string[] words, int exit)
    {
        Assert.True(words[0] is "marrow" or "./marrow", $"{path}: '{command}' is no command of marrow");
        var result = tool.Run(_folder, words[1..]);
        Assert.True(result.Code == exit, $"{path}: {command}: exit code {result.Code}, not {exit}\n{result.Output}{result.Error}");
        _printed += result.Error + result.Output;
        Commands++;
    }

    private byte[] Read(string file) => File.ReadAllBytes(Path.Combine(_folder, file));

    private void Compare(string expected)
    {
        var pattern = string.Concat(Lines(expected).Select(l => l == "..." ? "(?:[^\n]*\n)*?" : Regex.Escape(l).Replace(@"\.\.\.", "[^\n]*", StringComparison.Ordinal) + "\n"));
        var printed = string.Concat(Lines(_printed).Select(l => l + "\n"));
        Assert.True(Regex.IsMatch(printed, $"^{pattern}$"), $"{path} shows\n{expected}\nand what was printed is\n{_printed}");
    }

    // Columns are as wide as their contents, so that spaces say nothing.
    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(l => Spaces().Replace(l, " ").Trim()).Where(l => l.Length > 0);

    private void Edit(string file, string[] lines)
    {
        var text = File.ReadAllText(file);
        foreach (var (old, now) in lines.Where(l => l.StartsWith('-')).Zip(lines.Where(l => l.StartsWith('+'))))
        {
            Assert.True(text.Split(old[1..]).Length == 2, $"{path}: '{old[1..]}' is not once in {file}");
            text = text.Replace(old[1..], now[1..], StringComparison.Ordinal);
        }
        File.WriteAllText(file, text);
    }

    private static string? Option(Match block, string name) =>
        Regex.Match(block.Groups["options"].Value, $@"\b{name}=(\S+)") is { Success: true } option ? option.Groups[1].Value : null;

    [GeneratedRegex("^```(?<language>[a-z]+)(?<options>[^\n]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("[ \u2500]+")]
    private static partial Regex Spaces();
}
