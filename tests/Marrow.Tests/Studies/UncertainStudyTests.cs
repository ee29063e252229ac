using Marrow.Trials.Patients;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Studies;

/// <summary>A study whose typical values are not known exactly, from patients to tables.</summary>
[Collection(ElianaGroup.Name)]
public sealed class UncertainStudyTests(ElianaStudy eliana) : IDisposable
{
    private const int Replicates = 3;
    private readonly string _folder = Directory.CreateTempSubdirectory("marrow-uncertain-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Replicates_and_uncertainty_intervals_stand_in_tables_of_their_own()
    {
        var result = Run("uncertain", Uncertain(.3));
        Assert.Equal([0, 1, 2], result.Arms[0].Summary.Replicates.Where(r => r.Id == "infused").Select(r => r.Replicate));
        Assert.Equal(6, result.Arms[0].Summary.Replicates.Where(r => r.Id == "infused").Sum(r => r.Patients));
        var endpoints = File.ReadAllLines(Path.Combine(_folder, "uncertain", "endpoints.csv"));
        Assert.EndsWith(",inside,uncertainty_lower,uncertainty_upper", endpoints[0], StringComparison.Ordinal);
        Assert.Equal(1 + (Replicates * (endpoints.Length - 1)), File.ReadAllLines(Path.Combine(_folder, "uncertain", ReplicateTable.FileName)).Length);
        Assert.Contains("replicate i mod 3", File.ReadAllText(Path.Combine(_folder, "uncertain", Manifest.FileName)), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_nothing_change_no_patient_and_a_study_without_them_has_none_of_their_tables()
    {
        Run("nothing", Uncertain(0));
        Run("known", eliana.Prepared);
        foreach (var table in new[] { "patients.csv", "outcomes.csv", "kinetics.csv", "events.csv" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "known", table)), File.ReadAllBytes(Path.Combine(_folder, "nothing", table)));
        Assert.False(File.Exists(Path.Combine(_folder, "known", ReplicateTable.FileName)));
        Assert.EndsWith(",inside", File.ReadAllLines(Path.Combine(_folder, "known", "endpoints.csv"))[0], StringComparison.Ordinal);
    }

    private PreparedStudy Uncertain(double error)
    {
        var rule = new Uncertainty(eliana.Study.File, null, Replicates, [new("rho", ErrorScale.Log, error), new("rC", ErrorScale.Log, error)], CorrelatedNumbers.None, 2.5, []);
        return PreparedStudy.Resolve(eliana.Study with { Uncertainty = rule }, eliana.Prepared.Model);
    }

    private StudyResult Run(string name, PreparedStudy study) => StudyRunner.Run(
        study, 0, new RunOptions { OutputFolder = Path.Combine(_folder, name), Patients = 6, Threads = 1 }, null, TestContext.Current.CancellationToken);
}
