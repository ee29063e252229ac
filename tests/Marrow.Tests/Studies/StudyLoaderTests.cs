using Marrow.Networks.Diagnostics;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Studies;

public sealed class StudyLoaderTests
{
    [Fact]
    public void The_study_loads_without_a_problem()
    {
        using var files = new StudyFiles();
        var bag = new DiagnosticBag();
        var study = StudyLoader.Load(files.Study, bag);
        Assert.Empty(bag.Items);
        Assert.NotNull(study);
        Assert.Equal(1000, study.Patients);
        Assert.Equal(36, study.FollowUpMonths);
        Assert.Equal("Tisagenlecleucel", Assert.Single(study.Arms).Name);
    }

    public static TheoryData<string, string, string, string, string> Faults => new()
    {
        { "study", "patients: 1000", "patiens: 1000", "MRW7003", "patiens" },
        { "study", "patients: 1000", "patiens: 1000", "MRW7004", "arms:" },
        { "study", "patients: 1000", "patients: many", "MRW7005", "patients: many" },
        { "study", "patients: 1000", "patients: -3", "MRW7006", "patients: -3" },
        { "study", "patients: 1000", "patients: 2.5", "MRW7005", "patients: 2.5" },
        { "study", "populations/eliana.yaml", "populations/elaina.yaml", "MRW7001", "elaina" },
        { "study", "seed: 20150408", "seed: [1, 2", "MRW7002", "follow_up" },
        { "regimen", "drug: fludarabine", "drug: fludarabin", "MRW7010", "drug: fludarabin" },
        { "regimen", "amount: 30", "amount: -30", "MRW7006", "amount: -30" },
        { "regimen", "unit: mg/m2", "unit: ug/m2", "MRW7008", "unit: ug/m2" },
        { "regimen", "unit: mg/m2", "unit: mg/m3", "MRW7008", "unit: mg/m3" },
        { "regimen", "    hours: 0.5\n", "", "MRW7012", "drug: fludarabine" },
        { "regimen", "days: [-6, -5]", "days: [-6, -5.99]", "MRW7012", "-5.99" },
        { "regimen", "{treatment: tocilizumab", "{treatment: tocilizumap", "MRW7010", "give:" },
        { "population", "law: beta", "law: betta", "MRW7007", "law: betta" },
        { "population", "    kind: assumed\n    reason: boys and girls alike", "    reason: boys and girls alike", "MRW7009", "law: bernoulli" },
        { "population", "reason: boys and girls alike", "", "MRW7009", "law: bernoulli" },
        { "population", "of: PriorLines, centre: 2.5", "of: PriorLine, centre: 2.5", "MRW7010", "PriorLine," },
        { "population", "lower: 0.05", "lower: 2", "MRW7012", "lower: 2" },
        { "population", "stop_value: MarrowShare", "stop_value: MarowShare", "MRW7010", "MarowShare" },
        { "drugs", "rate,mg,0.781", "rates,mg,0.781", "MRW7007", "rates,mg" },
        { "drugs", "rate,mg,0.781", "rate,mg,0", "MRW7006", "fludarabine" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_reported_with_code_and_place(string which, string old, string replacement, string code, string near)
    {
        using var files = new StudyFiles();
        var file = which switch { "study" => files.Study, "population" => files.Population, "drugs" => files.Drugs, _ => files.Regimen };
        files.Replace(file, old, replacement);
        var problems = files.Problems();
        var found = Assert.Single(problems, p => p.Code == code && Path.GetFileName(p.Where.File) == Path.GetFileName(file));
        Assert.Equal(Severity.Error, found.Severity);
        if (code != "MRW7004") Assert.InRange(found.Where.Line, StudyFiles.LineOf(file, near) - 1, StudyFiles.LineOf(file, near) + 3);
        Assert.True(found.Where.Column >= 1);
    }

    [Fact]
    public void All_problems_of_all_files_are_reported_at_once()
    {
        using var files = new StudyFiles();
        files.Replace(files.Study, "follow_up_months: 36", "follow_up_months: none");
        files.Replace(files.Population, "law: poisson", "law: poison");
        files.Replace(files.Regimen, "drug: cyclophosphamide", "drug: cyclofosfamide");
        var codes = files.Problems().Select(p => p.Code).ToArray();
        Assert.Contains("MRW7005", codes);
        Assert.Contains("MRW7007", codes);
        Assert.Contains("MRW7010", codes);
    }

    [Fact]
    public void A_misspelt_key_gets_the_nearest_spelling()
    {
        using var files = new StudyFiles();
        files.Replace(files.Study, "follow_up_months", "folow_up_months");
        var unknown = Assert.Single(files.Problems(), p => p.Code == "MRW7003");
        Assert.Contains("follow_up_months", unknown.Try, StringComparison.Ordinal);
    }
}
