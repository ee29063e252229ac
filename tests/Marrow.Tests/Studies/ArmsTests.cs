using Marrow.Networks.Diagnostics;
using Marrow.Tests.House;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Studies;

/// <summary>studies/inovate.yaml: two arms of the same patients, dose rules, published curves; and arms that cross over.</summary>
[Collection(InovateGroup.Name)]
public sealed class ArmsTests(InovateStudy inovate)
{
    private StudyResult Result => inovate.Result;

    [Fact]
    public void Both_arms_hold_the_same_patients_with_the_same_draws()
    {
        Assert.Equal(2, Result.Arms.Count);
        Assert.Equal(Result.Arms[0].Outcomes.Select(o => o.Patient), Result.Arms[1].Outcomes.Select(o => o.Patient));
        Assert.Equal(InovateStudy.Patients, Result.Arms[0].Outcomes.Count);
    }

    [Fact]
    public void The_tables_of_comparisons_follow_from_the_table_of_outcomes()
    {
        var rows = Table("comparisons.csv");
        Assert.Equal(["efs", "os"], rows.Select(r => r["endpoint"]).Order());
        foreach (var row in rows) ExportedArms.AssertSame(row, ExportedArms.Of(Table("outcomes.csv"), row["endpoint"], row["reference"], row["arm"]));
    }

    [Fact]
    public void Published_curves_and_figures_stand_in_their_own_arm()
    {
        foreach (var arm in Result.Arms)
        {
            Assert.Equal(arm.Name, arm.Summary.Survival.Single(s => s.Id == "os").PublishedCurve!.Arm);
            Assert.NotNull(arm.Summary.Endpoints.Single(e => e.Id == "remission").Published);
        }
        Assert.NotEqual(Result.Arms[0].Summary.Endpoints[0].Published, Result.Arms[1].Summary.Endpoints[0].Published);
        Assert.Equal(0.75, Result.Comparisons.Single(c => c.Id == "os").Hazards[0].Published!.Value);
    }

    /// <summary>Who is not in remission after two cycles of FLAG, or three of inotuzumab, gets no more.</summary>
    [Fact]
    public void Treatment_ends_where_the_rules_say()
    {
        var stopped = Table("dose_decisions.csv").Where(d => d["decision"] == "stop").ToArray();
        Assert.NotEmpty(stopped);
        foreach (var stop in stopped)
        {
            Assert.DoesNotContain(Table("doses.csv"), d => d["arm"] == stop["arm"] && d["patient"] == stop["patient"] && double.Parse(d["day"]) >= double.Parse(stop["day"]));
        }
    }

    private Dictionary<string, string>[] Table(string name) => ExportedArms.Read(Path.Combine(Result.OutputFolder, name));
}

/// <summary>A few patients of studies/inovate.yaml, run once for all tests.</summary>
public sealed class InovateStudy : IDisposable
{
    public const int Patients = 16;
    private readonly string _folder = Directory.CreateTempSubdirectory("marrow-arms-").FullName;

    public InovateStudy()
    {
        var bag = new DiagnosticBag();
        Study = StudyLoader.Load(Repository.PathOf("studies/inovate.yaml"), bag) ?? throw new InputException(bag.Items);
        Prepared = PreparedStudy.Prepare(Study);
        Result = StudyRunner.Run(Prepared, 0, new RunOptions { OutputFolder = _folder, Patients = Patients }, null, CancellationToken.None);
    }

    public Study Study { get; }

    internal PreparedStudy Prepared { get; }

    public StudyResult Result { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

[CollectionDefinition(Name)]
public sealed class InovateGroup : ICollectionFixture<InovateStudy>
{
    public const string Name = "inovate";
}
