using Marrow.Networks.Diagnostics;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Studies;

/// <summary>FLAG, with and without going over to inotuzumab on day 56 of those not in remission, after a week without treatment.</summary>
[Collection(InovateGroup.Name)]
public sealed class CrossoverTests(InovateStudy inovate) : IDisposable
{
    private const int Patients = 8;
    private const string Arms = """
        arms:
          - name: Stays
            regimen: regimens/flag.yaml
          - name: Goes over
            regimen: regimens/flag.yaml
            crossover:
              regimen: regimens/inotuzumab_inovate.yaml
              on_days: [56]
              washout_days: 7
              when: {signal: BlastShare, at_least: 0.05, unit: "1", kind: assumed, reason: a test}

        """;

    private readonly StudyFiles _files = new();

    private string Study => Path.Combine(Path.GetDirectoryName(_files.Study)!, "inovate.yaml");

    public void Dispose() => _files.Dispose();

    private Study Load(string arms)
    {
        var text = File.ReadAllText(Study);
        int from = text.IndexOf("arms:", StringComparison.Ordinal), to = text.IndexOf("clinical:", StringComparison.Ordinal);
        File.WriteAllText(Study, (text[..from] + arms + text[to..]).Replace("published: inovate_published.csv", "", StringComparison.Ordinal).Replace("published_curves: inovate_curves.csv", "", StringComparison.Ordinal));
        var bag = new DiagnosticBag();
        return StudyLoader.Load(Study, bag) ?? throw new InputException(bag.Items);
    }

    private ArmRecord[][] Run(string arms)
    {
        var sink = new RecordSink();
        StudyRunner.Simulate(PreparedStudy.Resolve(Load(arms), inovate.Prepared.Model), 1, [.. Enumerable.Range(0, Patients)], 2, sink, TestContext.Current.CancellationToken);
        return [.. sink.Records.OrderBy(r => r.Patient).Select(r => r.Arms.ToArray())];
    }

    [Fact]
    public void Those_who_meet_the_condition_go_over_and_the_others_stay_as_they_were()
    {
        var patients = Run(Arms);
        Assert.Equal(Patients, patients.Length);
        Assert.Contains(patients, p => GoesOver(p[1]));
        Assert.Contains(patients, p => !GoesOver(p[1]));
        foreach (var patient in patients)
        {
            var (stays, over) = (patient[0], patient[1]);
            if (GoesOver(over)) AssertWentOver(stays, over);
            else Assert.Equal(stays.Doses, over.Doses);
        }
    }

    /// <summary>Until the crossover nothing differs; after it only the other drug is given, from the end of the washout on.</summary>
    private static void AssertWentOver(ArmRecord stays, ArmRecord over)
    {
        Assert.Equal(stays.Doses.Where(d => d.Day < 56), over.Doses.Where(d => d.Day < 56));
        Assert.Equal(63, over.Doses.First(d => d.Day >= 56).Day);
        Assert.All(over.Doses.Where(d => d.Day >= 56), d => Assert.Equal("inotuzumab", d.Drug));
        Assert.True(over.Outcome.CrossoverDay is null or 56);
    }

    private static bool GoesOver(ArmRecord record) => record.Doses.Any(d => d.Drug == "inotuzumab");

    [Fact]
    public void Everybody_goes_over_on_a_planned_day() => Assert.All(Run(Arms.Replace("      when: {signal: BlastShare, at_least: 0.05, unit: \"1\", kind: assumed, reason: a test}\n", "", StringComparison.Ordinal)), p => Assert.True(GoesOver(p[1])));

    [Fact]
    public void Salvage_waits_for_the_other_regimen()
    {
        foreach (var patient in Run(Arms).Where(p => p[1].Outcome.CrossoverDay is not null))
            Assert.True(patient[1].Outcome.Salvage is null || patient[1].Outcome.Salvage!.StartDay > 56);
    }

    [Theory]
    [InlineData("on_days: [56]", "on_days: [56, 28]", "rise")]
    [InlineData("on_days: [56]", "on_days: []", "on_days")]
    [InlineData("regimens/inotuzumab_inovate.yaml", "regimens/tisagenlecleucel.yaml", "preparation")]
    [InlineData("at_least: 0.05,", "at_least: 0.05, below: 2,", "exclude")]
    [InlineData("signal: BlastShare", "signal: BlastShaer", "BlastShare")]
    [InlineData("washout_days: 7", "wash_out_days: 7", "washout_days")]
    public void Mistakes_are_found_with_a_remedy(string right, string wrong, string said)
    {
        var problem = Assert.Single(Assert.Throws<InputException>(() => Load(Arms.Replace(right, wrong, StringComparison.Ordinal))).Diagnostics);
        Assert.Contains(said, problem.ToString(), StringComparison.Ordinal);
        Assert.Equal(Study, problem.Where.File);
    }
}
