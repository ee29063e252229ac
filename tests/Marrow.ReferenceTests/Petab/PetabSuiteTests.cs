namespace Marrow.ReferenceTests.Petab;

/// <summary>The PEtab test suite (PEtab-dev/petab_test_suite): each case comes with simulations, log-likelihood, chi2 and priors and says how
/// far a program may be from them.</summary>
public sealed class PetabSuiteTests
{
    /// <summary>Logarithms of priors are printed with 14 decimals.</summary>
    private const double Printed = 0.5e-14;

    [Theory]
    [InlineData("v1.0.0", 20)]
    [InlineData("v2.0.0", 31)]
    public void Every_case_of_the_suite_is_within_the_tolerances_that_it_names(string version, int cases)
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(PetabData.Folder("petab-suite"), version, "sbml")).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(cases, folders.Count);
        Assert.Empty(folders.SelectMany(Differences));
    }

    private static IEnumerable<string> Differences(string folder)
    {
        var name = Path.GetFileName(folder);
        var expected = PetabData.Solution(Path.Combine(folder, $"_{name}_solution.yaml"));
        var found = PetabData.Evaluate(Path.Combine(folder, $"_{name}.yaml"));
        double[] simulated = [.. PetabData.Table(Path.Combine(folder, "_simulations.tsv")).Rows.Select(r => PetabData.Number(r["simulation"]))];
        Assert.Equal(simulated.Length, found.Simulated.Count);
        var figures = new List<(string Name, double Found, double Expected, double Tolerance)>
        {
            ("log-likelihood", found.LogLikelihood, expected["llh"], expected["tol_llh"]), ("chi2", found.ChiSquared, expected["chi2"], expected["tol_chi2"]),
        };
        figures.AddRange(simulated.Select((value, i) => ($"simulation {i}", found.Simulated[i], value, expected["tol_simulations"])));
        if (expected.TryGetValue("unnorm_log_posterior", out var posterior))
        {
            figures.Add(("log-posterior", found.LogPosterior, posterior, expected["tol_unnorm_log_posterior"]));
            figures.AddRange(found.LogPriors.Select(p => ($"prior of {p.Key}", p.Value, expected[p.Key], expected["tol_log_prior"] + Printed)));
        }
        return figures.Where(f => !(Math.Abs(f.Found - f.Expected) <= f.Tolerance)).Select(f => FormattableString.Invariant($"{name}: {f.Name} is {f.Found}, not {f.Expected}"));
    }
}
