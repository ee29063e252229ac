using System.Collections.Concurrent;
using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Networks.Sbml;
using Marrow.Numerics.Random;
using Marrow.Reports.Pages;
using Marrow.Trials.Clinical;
using Marrow.Trials.Experiments;
using Marrow.Trials.Experiments.Facts;
using Marrow.Trials.Fit;
using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Malformed;

/// <summary>Inputs cut off at every byte and changed at random: whatever comes out, the reader reads it or explains, and ends.</summary>
public sealed class MutationTests(Desk desk) : IClassFixture<Desk>
{
    private const int Mutations = 100_000;

    /// <summary>Longer than all of them take together on a slow machine: only a reader that never ends gets there.</summary>
    private static readonly TimeSpan Endless = TimeSpan.FromMinutes(5);

    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{", "}", ":", ";", ",", "\"", "'", "\n", "\n  ", "- ", "#", "*", "&a ", "*a", "!", "|", ">", "%", "@", "\\", "\0", "\t", "é", "1e999", "-1", "nan", "end", "model", "import \"x\"",
        "at", "->", ":=", "'=", "law: steps", "kind: measured", "null", "~", "? ", "<<: *a", "---\n", "...\n", "\r", "\uFEFF", "yes", "0x10", "1,2", "\"\"", "function f(x)",
        "<", "/>", "</apply>", "<apply>", "<ci> k </ci>", "&amp;", "&#1;", "&b;", "]]>", "<!--", "<![CDATA[", "<?xml version='1.0'?>", "<!DOCTYPE a [<!ENTITY b 'x'>]>", "xmlns:comp='x'", "id=", "\"C\"", "NaN", "-INF", "1e400", "<math/>",
    ];

    /// <summary>Inputs: their names, and how many random changes of each are read. What reads a whole study gets fewer.</summary>
    private static readonly (string File, int Share)[] Inputs =
    [
        ("own.ant", 300), ("fit/pk.ant", 200), ("own.xml", 200), ("composed.xml", 100), ("models/diseases/toy.csv", 150), ("models/therapies/inputs.csv", 60), ("models/clinical/eliana/visits.csv", 60), ("effects.csv", 60), ("facts.csv", 40),
        ("fit/targets.csv", 50), ("models/experiments/contexts/toy.yaml", 60), ("models/experiments/populations/toy.yaml", 60), ("studies/regimens/pill.yaml", 100), ("models/cards/toy.yaml", 20), ("fit/fit.yaml", 10), ("studies/toy.yaml", 2),
    ];

    [Fact]
    public async Task An_input_cut_off_at_any_byte_is_read_or_explained()
    {
        var jobs = Inputs.SelectMany(input => Cuts(desk.Text(input.File)).Select(text => (input.File, Text: text))).ToList();
        Assert.True(Inputs.Length >= 10 && jobs.Count > 5000, $"{jobs.Count}");
        await ReadAll(jobs);
    }

    [Fact]
    public async Task A_hundred_thousand_random_changes_crash_nothing()
    {
        var shares = Inputs.Sum(i => i.Share);
        var jobs = Inputs.SelectMany(input =>
        {
            var text = desk.Text(input.File);
            return Enumerable.Range(0, (Mutations * input.Share + shares - 1) / shares).Select(i => (input.File, Text: Changed(text, input.File, i)));
        }).ToList();
        Assert.True(jobs.Count >= Mutations);
        await ReadAll(jobs);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Endless_nesting_of_lists_is_refused(string piece)
    {
        var bag = new DiagnosticBag();
        YamlSource.ReadText("a:\n  " + string.Concat(Enumerable.Repeat(piece, 50_000)), "deep.yaml", bag);
        Assert.Contains(bag.Items, d => d.Code == "MRW7002" && d.Where.Line > 0);
    }

    private static IEnumerable<string> Cuts(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        for (var length = 0; length < bytes.Length; length++) yield return System.Text.Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>One to four pieces of the text removed, doubled, moved or replaced.</summary>
    private static string Changed(string text, string file, int number)
    {
        var random = new RandomKey(20261122, Purpose.Of("mutation " + file), (ulong)number).Stream();
        var changes = 1 + random.Below(4);
        for (var i = 0; i < changes && text.Length > 0; i++)
        {
            var at = random.Below(text.Length);
            var length = Math.Min(random.Below(12), text.Length - at);
            text = random.Below(5) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text.Remove(at, length).Insert(random.Below(text.Length - length + 1), text.Substring(at, length)),
                3 => text.Remove(at, length).Insert(at, Pieces[random.Below(Pieces.Length)]),
                _ => text.Insert(at, ((char)random.Below(256)).ToString()),
            };
        }
        return text;
    }

    private async Task ReadAll(List<(string File, string Text)> jobs)
    {
        var working = new ConcurrentDictionary<int, string>();
        var population = PopulationLoader.Load(desk.PathOf("models/experiments/populations/toy.yaml"), null, new DiagnosticBag())!;
        var drugs = DrugInputs.Load(desk.PathOf("models/therapies/inputs.csv"), new DiagnosticBag());
        var all = Task.Run(() => Parallel.For(0, jobs.Count, () => Desks.Take(), (i, _, place) =>
        {
            working[i] = $"{jobs[i].File}:\n{jobs[i].Text}";
            ReadsOrExplains(jobs[i].File, jobs[i].Text, place, population, drugs);
            working.TryRemove(i, out var _);
            return place;
        }, place => Desks.Give(place)), TestContext.Current.CancellationToken);
        var first = await Task.WhenAny(all, Task.Delay(Endless, TestContext.Current.CancellationToken));
        Assert.True(first == all, $"still reading:\n{string.Join("\n----\n", working.Values)}");
        await all;
    }

    private void ReadsOrExplains(string file, string text, string place, Population population, DrugInputs drugs)
    {
        var bag = new DiagnosticBag();
        // Tables are read from files; YAML and Antimony from text, as if it stood where the sound file stands.
        string Written()
        {
            var path = Path.Combine(place, Path.GetFileName(file));
            File.WriteAllText(path, text);
            return path;
        }

        bool sound;
        try
        {
            sound = Path.GetExtension(file) == ".csv" ? Table(file, Written(), bag) : Reads(file, text, Written, bag, population, drugs);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{file}: {e.GetType().Name}: {e.Message}\n{text}", e);
        }
        Assert.True(sound || bag.HasErrors, $"{file}: neither read nor explained:\n{text}");
        Assert.All(bag.Items, d => Assert.True(d.ToString().Length > 20 && d.Try.Length > 0, d.ToString()));
    }

    private static bool Table(string file, string path, DiagnosticBag bag)
    {
        switch (Path.GetFileName(file))
        {
            case "toy.csv": return ParameterTable.Load(path, bag) is not null;
            case "inputs.csv": return DrugInputs.Load(path, bag) is not null;
            case "effects.csv": return EffectsTable.Load(path, bag) is not null;
            case "facts.csv": return FactTable.Load(path, bag) is not null;
            case "targets.csv": return TargetTable.Load(path, bag) is not null;
            default: return VisitSchedule.Load(Path.GetDirectoryName(path)!, 30, bag) is not null;
        }
    }

    private bool Reads(string file, string text, Func<string> written, DiagnosticBag bag, Population population, DrugInputs drugs)
    {
        var path = desk.PathOf(file);
        if (Path.GetExtension(file) == ".ant") return AntimonyReader.ReadText(text, path, bag, Path.GetDirectoryName(path)) is not null;
        if (Path.GetExtension(file) == ".xml") return SbmlReader.ReadFile(written(), bag) is not null;
        if (file.Contains("cards", StringComparison.Ordinal))
        {
            CardCheck.Check(written(), bag);
            return true;
        }
        if (YamlSource.ReadText(text, path, bag) is not { } map) return false;
        if (file.Contains("populations", StringComparison.Ordinal)) return PopulationLoader.Read(map) is not null;
        if (file.Contains("regimens", StringComparison.Ordinal)) return RegimenLoader.Read(map, drugs, population, null) is not null;
        if (file.Contains("contexts", StringComparison.Ordinal)) return Vocabulary.ReadContexts(map, bag) is not null;
        return file.StartsWith("fit/", StringComparison.Ordinal) ? FitLoader.Read(map, bag) is not null : StudyLoader.Read(map, bag) is not null;
    }

    /// <summary>Folders for files, one for each thread.</summary>
    private static class Desks
    {
        public static string Take() => Directory.CreateTempSubdirectory("marrow-mutation-").FullName;

        public static void Give(string folder) => Directory.Delete(folder, recursive: true);
    }
}
