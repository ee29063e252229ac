using System.Text;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Networks.Sbml.Writing;
using Marrow.Networks.Units;
using Marrow.Numerics.Random;

namespace Marrow.ReferenceTests.Sbml;

/// <summary>Ten published models, the smallest, cut off after every byte, and changed at random: each is read or explained, and soon.</summary>
public sealed class CutModelTests
{
    private const int Models = 10, Changes = 2000;

    /// <summary>Characters that mean something to XML, to numbers or to names.</summary>
    private const string Letters = "<>/\"'&;= \n\0-+.eE0159_aXé\uFFFD";

    private static readonly ParallelOptions Two = new() { MaxDegreeOfParallelism = 2 };

    [Fact]
    public void A_published_model_cut_off_at_any_byte_is_explained()
    {
        foreach (var file in Files())
        {
            var bytes = File.ReadAllBytes(file);
            var whole = Read(Encoding.UTF8.GetString(bytes));
            Assert.NotNull(whole);
            // What follows the last end tag is not needed.
            var needed = Array.LastIndexOf(bytes, (byte)'>') + 1;
            Parallel.For(0, bytes.Length + 1, Two, length =>
            {
                var cut = Read(Encoding.UTF8.GetString(bytes, 0, length));
                Assert.True(length < needed ? cut is null : cut == whole, $"{file} cut after {length} bytes");
            });
        }
    }

    [Fact]
    public void A_published_model_changed_at_random_is_read_or_explained()
    {
        foreach (var file in Files())
        {
            var text = File.ReadAllText(file);
            Parallel.For(0, Changes, Two, number => Read(Changed(text, Path.GetFileName(file), number)));
        }
    }

    private static List<string> Files()
    {
        var data = Environment.GetEnvironmentVariable("MARROW_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(data), "MARROW_DATA is not set.");
        var files = Directory.GetFiles(Path.Combine(data!, "biomodels"), "*.xml").OrderBy(f => new FileInfo(f).Length).ThenBy(f => f, StringComparer.Ordinal).Take(Models).ToList();
        Assert.Equal(Models, files.Count);
        return files;
    }

    /// <summary>The model written anew, its units checked; null if it was refused with a place and a remedy.</summary>
    private static string? Read(string text)
    {
        var bag = new DiagnosticBag();
        var network = SbmlReader.ReadText(text, "model.xml", bag);
        Assert.Equal(network is null, bag.HasErrors);
        if (network is null)
        {
            Assert.Contains(bag.Items, d => d.Severity == Severity.Error && d.Where.Line > 0 && d.Try.Length > 0);
            return null;
        }
        DimensionalAnalysis.Check(network, bag, strict: false);
        Assert.False(bag.HasErrors);
        return SbmlWriter.Write(network);
    }

    /// <summary>One to four characters or stretches of a text replaced, removed, doubled or moved.</summary>
    private static string Changed(string text, string file, int number)
    {
        var random = new RandomKey(20261122, Purpose.Of("change " + file), (ulong)number).Stream();
        var changes = 1 + random.Below(4);
        for (var i = 0; i < changes; i++)
        {
            var at = random.Below(text.Length);
            var length = Math.Min(1 + random.Below(200), text.Length - at);
            text = random.Below(5) switch
            {
                0 => text.Remove(at, 1).Insert(at, Letters[random.Below(Letters.Length)].ToString()),
                1 => text.Insert(at, Letters[random.Below(Letters.Length)].ToString()),
                2 => text.Remove(at, length),
                3 => text.Insert(at, text.Substring(at, length)),
                _ => text.Insert(random.Below(text.Length), text.Substring(at, length)),
            };
        }
        return text;
    }
}
