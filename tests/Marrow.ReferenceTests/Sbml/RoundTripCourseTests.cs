using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Marrow.Networks.Antimony;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Networks.Sbml.Writing;
using Marrow.Networks.Simulation;
using Marrow.Networks.Structure;

namespace Marrow.ReferenceTests.Sbml;

/// <summary>Models written in the other language, and back, simulate to the same courses: to a relative 1e-10 of the peak of each column.</summary>
public sealed class RoundTripCourseTests
{
    private const double Bound = 1e-10;
    private const int Points = 21;

    /// <summary>Long enough for every published model to move, short enough for those that cannot be followed far.</summary>
    private const double Duration = 10;

    /// <summary>Those that end before: a value becomes infinite.</summary>
    private static readonly Dictionary<string, double> Ends = new() { ["MODEL2003050002"] = 0.05 };

    private static string Data => Environment.GetEnvironmentVariable("MARROW_DATA") ?? "";

    [Fact]
    public void A_published_model_follows_the_same_course_as_Antimony_and_as_SBML_again()
    {
        Assert.SkipWhen(Data.Length == 0, "MARROW_DATA is not set");
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(Data, "biomodels"), "*.xml").Order(StringComparer.Ordinal)];
        Assert.Equal(188, files.Length);
        var problems = new ConcurrentBag<string>();
        Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken }, file =>
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var network = SbmlReader.ReadFile(file, new DiagnosticBag())!;
            if (!Antimony(network, name, problems, out var antimony) || !Sbml(antimony, name, problems, out var again)) return;
            var end = Ends.GetValueOrDefault(name, Duration);
            Compare(network, antimony, end, $"{name} as Antimony", problems);
            Compare(network, again, end, $"{name} as Antimony and SBML", problems);
        });
        Assert.True(problems.IsEmpty, $"{problems.Count}:\n{string.Join('\n', problems.Order())}");
    }

    [Theory]
    [InlineData("marrow:diseases/bcp_all.ant")]
    [InlineData("marrow:diseases/cll.ant")]
    [InlineData("marrow:examples/leon_triana_2021.ant")]
    public void A_shipped_model_follows_the_same_course_as_SBML_and_as_Antimony_again(string model)
    {
        var network = Model.Load(model).Network;
        var problems = new ConcurrentBag<string>();
        Assert.True(Sbml(network, model, problems, out var sbml) && Antimony(sbml, model, problems, out var again) && Antimony(network, model, problems, out var flat)
            && Compare(network, sbml, Duration, $"{model} as SBML", problems) && Compare(network, again, Duration, $"{model} as SBML and Antimony", problems) && Compare(network, flat, Duration, $"{model} flat", problems),
            string.Join('\n', problems));
    }

    private static bool Compare(ReactionNetwork one, ReactionNetwork other, double end, string what, ConcurrentBag<string> problems)
    {
        try
        {
            Compare(Course(one, end), Course(other, end), what, problems);
        }
        catch (SimulationException e)
        {
            problems.Add($"{what}: {e.Message}");
        }
        return problems.IsEmpty;
    }

    private static bool Sbml(ReactionNetwork network, string name, ConcurrentBag<string> problems, [NotNullWhen(true)] out ReactionNetwork? again) =>
        Read(bag => SbmlReader.ReadText(SbmlWriter.Write(network), name, bag), $"{name} as SBML", problems, out again);

    private static bool Antimony(ReactionNetwork network, string name, ConcurrentBag<string> problems, [NotNullWhen(true)] out ReactionNetwork? again) =>
        Read(bag => AntimonyReader.ReadText(AntimonyWriter.Write(network), name, bag), $"{name} as Antimony", problems, out again);

    private static bool Read(Func<DiagnosticBag, ReactionNetwork?> read, string what, ConcurrentBag<string> problems, [NotNullWhen(true)] out ReactionNetwork? again)
    {
        var bag = new DiagnosticBag();
        again = read(bag);
        if (again is null) problems.Add($"{what}: {bag.Items.First(d => d.Severity == Severity.Error)}");
        return again is not null;
    }

    /// <summary>All species and what rules determine.</summary>
    private static TimeSeries Course(ReactionNetwork network, double end)
    {
        var rules = network.AssignmentRules.Select(r => r.Variable).Concat(network.RateRules.Select(r => r.Variable)).Concat(network.AlgebraicRules.Select(r => r.Variable));
        var model = CompiledModel.Compile(network, new CompileOptions { Observables = [.. network.Species.Select(s => s.Id).Union(rules, StringComparer.Ordinal)] });
        // Tolerances far below what is compared; some columns peak at 1e-21.
        return model.Simulate(end, Points, relative: 1e-9, absolute: 1e-20);
    }

    private static void Compare(TimeSeries one, TimeSeries other, string what, ConcurrentBag<string> problems)
    {
        var worst = (Difference: 0.0, Name: "");
        foreach (var name in one.Names)
        {
            // A name that is a word of Antimony has a '_' there.
            var (a, b) = (one[name], other[other.Names.Contains(name) ? name : name + "_"]);
            var peak = a.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            for (var i = 0; i < a.Count; i++)
            {
                if (a[i].Equals(b[i])) continue;
                var difference = Math.Abs(a[i] - b[i]) / peak;
                if (!(difference <= worst.Difference)) worst = (difference, name);
            }
        }
        if (!(worst.Difference <= Bound)) problems.Add(FormattableString.Invariant($"{what}: {worst.Name} differs by {worst.Difference:G3} of its peak"));
    }
}
