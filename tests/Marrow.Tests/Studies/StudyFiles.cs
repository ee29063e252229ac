using Marrow.Networks.Diagnostics;
using Marrow.Tests.House;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Studies;

/// <summary>A copy of the ELIANA study's files in a folder of its own, with one text replaced.</summary>
internal sealed class StudyFiles : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("marrow-study-").FullName;

    public StudyFiles()
    {
        foreach (var folder in (string[])["studies", "models"])
        {
            foreach (var file in Repository.Files(folder, "*"))
            {
                var to = Path.Combine(_root, Repository.Relative(file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to);
            }
        }
    }

    public string Study => Path.Combine(_root, "studies/eliana.yaml");

    public string Population => Path.Combine(_root, "studies/populations/eliana.yaml");

    public string Regimen => Path.Combine(_root, "studies/regimens/tisagenlecleucel.yaml");

    public string Drugs => Path.Combine(_root, "models/therapies/inputs.csv");

    /// <summary>Replaces a text that must be there.</summary>
    public StudyFiles Replace(string file, string old, string replacement)
    {
        var text = File.ReadAllText(file);
        Assert.Contains(old, text, StringComparison.Ordinal);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        File.WriteAllText(file, text[..at] + replacement + text[(at + old.Length)..]);
        return this;
    }

    /// <summary>Line of the first occurrence of a text, from 1.</summary>
    public static int LineOf(string file, string text) => Array.FindIndex(File.ReadAllLines(file), l => l.Contains(text, StringComparison.Ordinal)) + 1;

    /// <summary>Problems that loading finds.</summary>
    public IReadOnlyList<Diagnostic> Problems()
    {
        var bag = new DiagnosticBag();
        StudyLoader.Load(Study, bag);
        return bag.Items;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
