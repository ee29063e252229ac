using System.Collections.Concurrent;
using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Networks.Sbml.Writing;
using Marrow.Networks.Structure;
using Marrow.Tests.Sbml;

namespace Marrow.ReferenceTests.Sbml;

/// <summary>Public models written as SBML and as Antimony and read again. The order of states may change, and with it the last digits of a
/// course: compared are the start, the rates of change, all values and the formulas of events, at random points, to a relative 1e-12.</summary>
public sealed class RoundTripTests
{
    private static string Data => Environment.GetEnvironmentVariable("MARROW_DATA") ?? "";

    [Theory]
    [InlineData("sbml-suite/public.txt", "sbml-suite/cases/semantic", 998)]
    [InlineData("sbml-suite/public_comp.txt", "sbml-suite/cases/semantic", 74)]
    [InlineData("biomodels", "biomodels", 188)]
    public void A_public_model_says_the_same_in_either_language(string list, string folder, int count)
    {
        Assert.SkipWhen(Data.Length == 0, "MARROW_DATA is not set");
        var files = list.EndsWith(".txt", StringComparison.Ordinal) ? Cases(Path.Combine(Data, list), Path.Combine(Data, folder)) : [.. Directory.EnumerateFiles(Path.Combine(Data, folder), "*.xml", SearchOption.AllDirectories)];
        Assert.Equal(count, files.Count);
        var (differences, read) = (new ConcurrentBag<string>(), 0);
        Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken }, file =>
        {
            if (SbmlReader.ReadFile(file, new DiagnosticBag()) is not { } network) return;
            Interlocked.Increment(ref read);
            var name = Path.GetFileName(file);
            if (Sbml(network, name, differences) is not { } sbml) return;
            Compare(network, sbml, $"{name} as SBML", differences);
            // Fast reactions have no words in Antimony; the command refuses them by name.
            if (AntimonyWriter.Unspeakable(network) is not null || Antimony(network, name, differences) is not { } antimony) return;
            Compare(network, antimony, $"{name} as Antimony", differences);
            if (Antimony(sbml, name, differences) is { } there) Compare(network, there, $"{name} as SBML and Antimony", differences);
            if (Sbml(antimony, name, differences) is { } back) Compare(network, back, $"{name} as Antimony and SBML", differences);
        });
        Assert.True(differences.IsEmpty, string.Join('\n', differences.Order()));
        // What the reader refuses, by name, is counted by the tests of the suite.
        Assert.True(read >= 0.9 * count, $"{read} of {count} were read");
    }

    private static List<string> Cases(string list, string folder) =>
        [.. File.ReadLines(list).Select(l => l.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length > 0)
            .Select(w => Directory.EnumerateFiles(Path.Combine(folder, w[0]), $"{w[0]}-sbml-*.xml").Order(StringComparer.Ordinal).Last())];

    private static ReactionNetwork? Sbml(ReactionNetwork network, string name, ConcurrentBag<string> problems)
    {
        var bag = new DiagnosticBag();
        var again = SbmlReader.ReadText(SbmlWriter.Write(network), name, bag);
        if (again is null) problems.Add($"{name} as SBML: {bag.Items.First(d => d.Severity == Severity.Error)}");
        return again;
    }

    private static ReactionNetwork? Antimony(ReactionNetwork network, string name, ConcurrentBag<string> problems)
    {
        var bag = new DiagnosticBag();
        var again = AntimonyReader.ReadText(AntimonyWriter.Write(network), name, bag);
        if (again is null) problems.Add($"{name} as Antimony: {bag.Items.First(d => d.Severity == Severity.Error)}");
        return again;
    }

    private static void Compare(ReactionNetwork one, ReactionNetwork other, string what, ConcurrentBag<string> problems)
    {
        if (SameEquations.Differences(one, other) is { Count: > 0 } found) problems.Add($"{what}: {found[0]}");
    }
}
