using FsCheck;
using FsCheck.Fluent;
using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Statistics;
using Marrow.Tests.House;
using Marrow.Tests.Studies;
using Marrow.Trials.Patients;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Patients;

[Collection(ElianaGroup.Name)]
public sealed class CorrelationTests(ElianaStudy eliana)
{
    private const int Patients = 20_000;
    private const string Three = """
        correlations:
          - {between: [AgeYears, MarrowShare], rho: -0.5, kind: assumed, reason: a test}
          - {between: [ResistantShare, MarrowShare], rho: 0.6, kind: assumed, reason: a test}
          - {between: [rho, ResistantShare], rho: 0.3, kind: assumed, reason: a test}
        """;

    private static readonly DrawnNumber Age = new(DrawnKind.Covariate, "AgeYears");
    private static readonly DrawnNumber Share = new(DrawnKind.Covariate, "MarrowShare");
    private static readonly DrawnNumber Resistant = new(DrawnKind.History, "ResistantShare");
    private static readonly DrawnNumber Growth = new(DrawnKind.Biology, "rho");

    // The standard error of a correlation of n normal pairs is (1 - rho^2)/sqrt(n); pairs that are not listed have 0.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Normal_scores_have_the_correlations_given(int attempt)
    {
        var numbers = Load(Three).Correlations.Numbers;
        double[] Scores(DrawnNumber number) => [.. Enumerable.Range(0, Patients).Select(i => numbers.Draw(number, new PatientRandom(3, i), attempt).Z)];
        var scores = new[] { Age, Share, Resistant, Growth }.ToDictionary(n => n, Scores);
        foreach (var (a, b, rho) in new[] { (Age, Share, -.5), (Resistant, Share, .6), (Growth, Resistant, .3), (Age, Resistant, 0), (Age, Growth, 0), (Share, Growth, 0) })
            Assert.InRange(Pearson(scores[a], scores[b]), rho - (4 * (1 - (rho * rho)) / Math.Sqrt(Patients)), rho + (4 * (1 - (rho * rho)) / Math.Sqrt(Patients)));
    }

    // The score of a value is the normal quantile of its probability. Values at the cut of |z| = 2.5 (1.2 % of them) are drawn nearer to
    // 0, which takes at most 3 % off a correlation.
    [Fact]
    public void Patients_get_values_and_biology_that_go_together()
    {
        var population = Load(Three);
        var biology = PreparedStudy.BiologyOf(eliana.Study.Parts with { Population = population }, eliana.Prepared.Model, new ModelIndex(eliana.Prepared.Model));
        var history = PreparedStudy.HistoryOf(population.History, new ModelIndex(eliana.Prepared.Model));
        var growth = biology.Parameters.Single(p => p.Name == "rho");
        var rows = Enumerable.Range(0, 4000).Select(i =>
        {
            var random = new PatientRandom(3, i);
            var values = Covariates.OfPatient(population, eliana.Study.Parts.Clinical.Sizes, random);
            var parameters = biology.Draw(random, 0, values);
            history.Apply(random, values, new double[eliana.Prepared.Model.States.Count], parameters.ToArray());
            return (Marrow: Logit(values["MarrowShare"]), Resistant: Logit(values["ResistantShare"]) - (.35 * values["PriorLines"]), Growth: Math.Log(parameters[growth.Index]));
        }).ToArray();
        AssertNear(.6, Pearson([.. rows.Select(r => r.Marrow)], [.. rows.Select(r => r.Resistant)]), rows.Length);
        AssertNear(.3, Pearson([.. rows.Select(r => r.Growth)], [.. rows.Select(r => r.Resistant)]), rows.Length);
    }

    // Both samples are of the same law if correlation leaves marginals alone: a p value below 1e-4 would be chance once in 10,000 seeds.
    [Theory]
    [InlineData("AgeYears")]
    [InlineData("MarrowShare")]
    [InlineData("PriorLines")]
    public void Every_value_keeps_its_own_law(string name)
    {
        var population = Load(Three + "\n  - {between: [PriorLines, AgeYears], rho: 0.4, kind: assumed, reason: a test}\n");
        double[] Drawn(Population p) => [.. Enumerable.Range(0, Patients).Select(i => Covariates.OfPatient(p, eliana.Study.Parts.Clinical.Sizes, new PatientRandom(4, i))[name])];
        Assert.True(KolmogorovSmirnov.TwoSample(Drawn(population), Drawn(eliana.Study.Parts.Population)).PValue > 1e-4);
        var numbers = population.Correlations.Numbers;
        var uniform = Enumerable.Range(0, Patients).Select(i => numbers.Draw(new DrawnNumber(DrawnKind.Covariate, name), new PatientRandom(4, i)).U);
        Assert.True(KolmogorovSmirnov.OneSample(uniform, u => u).PValue > 1e-4);
    }

    [Fact]
    public void Numbers_that_are_not_listed_keep_their_bits_and_so_does_the_first_that_is()
    {
        var population = Load(Three);
        var index = new ModelIndex(eliana.Prepared.Model);
        var biology = PreparedStudy.BiologyOf(eliana.Study.Parts with { Population = population }, eliana.Prepared.Model, index);
        var moved = 0;
        for (var i = 0; i < 50; i++)
        {
            var random = new PatientRandom(5, i);
            var (with, without) = (Covariates.OfPatient(population, eliana.Study.Parts.Clinical.Sizes, random), Covariates.OfPatient(eliana.Study.Parts.Population, eliana.Study.Parts.Clinical.Sizes, random));
            Assert.Equal(without.Where(v => v.Key != "MarrowShare"), with.Where(v => v.Key != "MarrowShare"));
            if (without["MarrowShare"] != with["MarrowShare"]) moved++;
            var (a, b) = (biology.Draw(random, 0, without), eliana.Prepared.Biology.Draw(random, 0, without));
            Assert.DoesNotContain(Enumerable.Range(0, a.Length).Where(p => p != index.Parameter("rho")), p => a[p] != b[p]);
        }
        // Both values of a patient may stand at the limit of z.
        Assert.InRange(moved, 45, 50);
    }

    [Fact]
    public void Correlations_that_contradict_each_other_are_named_with_a_way_out()
    {
        var problem = Assert.Single(Problems("""
            correlations:
              - {between: [AgeYears, WeightZ], rho: 0.9, kind: assumed, reason: a test}
              - {between: [WeightZ, MarrowShare], rho: 0.9, kind: assumed, reason: a test}
              - {between: [AgeYears, MarrowShare], rho: -0.9, kind: assumed, reason: a test}
            """));
        Assert.Equal("MRW7040", problem.Code);
        Assert.Contains("WeightZ and MarrowShare 0.9", problem.What, StringComparison.Ordinal);
        Assert.Contains("AgeYears and MarrowShare -0.9", problem.What, StringComparison.Ordinal);
        Assert.DoesNotContain("AgeYears and WeightZ", problem.What, StringComparison.Ordinal);
        // The matrix of a, a and -a is positive definite up to a = 1/2: 0.9 x 0.55.
        Assert.Contains("every rho by 0.55", problem.Try, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[AgeYears, SteroidFactor]", "MRW7012")]
    [InlineData("[AgeYears, KMx]", "MRW7010")]
    [InlineData("[AgeYears, OneCell]", "MRW7012")]
    [InlineData("[AgeYears, AgeYears]", "MRW7005")]
    [InlineData("[AgeYears]", "MRW7005")]
    public void A_name_that_cannot_be_correlated_is_refused(string between, string code) =>
        Assert.Equal(code, Assert.Single(Problems($"correlations: [{{between: {between}, rho: 0.1, kind: assumed, reason: a test}}]")).Code);

    [Fact]
    public void A_pair_given_twice_and_a_rho_beyond_one_are_refused()
    {
        var codes = Problems("""
            correlations:
              - {between: [AgeYears, WeightZ], rho: 0.5, kind: assumed, reason: a test}
              - {between: [WeightZ, AgeYears], rho: 0.4, kind: assumed, reason: a test}
              - {between: [AgeYears, MarrowShare], rho: 1.5, kind: assumed, reason: a test}
            """).Select(p => p.Code).ToArray();
        Assert.Contains("MRW7011", codes);
        Assert.Contains("MRW7006", codes);
    }

    [Fact]
    public void Correlations_count_among_the_numbers_of_the_population() =>
        Assert.Equal(3, Load(Three).Numbers.Count(n => n.Name.StartsWith("correlation of ", StringComparison.Ordinal)));

    // For a vector x of any length and weights w, x' R x = (sum w x)^2 + sum (1 - w^2) x^2 > 0: one common factor makes every matrix possible.
    [Fact]
    public void Every_matrix_of_one_common_factor_is_accepted_and_reproduced()
    {
        var weights = Gen.Choose(-95, 95).Select(w => w / 100.0).ArrayOf(6).ToArbitrary();
        Prop.ForAll(weights, w =>
        {
            var names = w.Select((_, i) => new DrawnNumber(DrawnKind.Biology, $"n{i}")).ToArray();
            var pairs = Enumerable.Range(0, w.Length).SelectMany(i => Enumerable.Range(0, i).Select(j => new Correlation(names[i], names[j], w[i] * w[j]))).ToArray();
            return CorrelatedNumbers.Of(pairs, _ => 0).Numbers.Count == w.Length;
        }).QuickCheckThrowOnFailure();
    }

    private Population Load(string section)
    {
        var (population, problems) = Read(section);
        Assert.Empty(problems);
        return population;
    }

    private IReadOnlyList<Diagnostic> Problems(string section) => Read(section).Problems;

    private (Population Population, IReadOnlyList<Diagnostic> Problems) Read(string section)
    {
        var bag = new DiagnosticBag();
        var map = YamlSource.ReadText($"title: A test\nextends: eliana.yaml\n{section}", Repository.PathOf("studies/populations/eliana.yaml") + ".test", bag)!;
        var model = eliana.Study.Parts.Model;
        return (PopulationLoader.Read(map, new ModelNames(model.Network, model.Parameters)), bag.Items);
    }

    private static void AssertNear(double rho, double found, int n) =>
        Assert.InRange(found, (rho * .97) - (4 * (1 - (rho * rho)) / Math.Sqrt(n)), rho + (4 * (1 - (rho * rho)) / Math.Sqrt(n)));

    private static double Logit(double share) => Math.Log(share / (1 - share));

    private static double Pearson(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        var (ab, aa, bb) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.Sqrt(aa * bb);
    }
}
