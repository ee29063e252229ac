using Marrow.Exchange.Petab;
using Marrow.Networks.Diagnostics;

namespace Marrow.Tests.Exchange;

public sealed class PetabPriorTests : IDisposable
{
    private readonly PetabFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Densities at 5, from the formulas of the distributions (as the PEtab test suite has them, v2.0.0, case 0025).</summary>
    [Theory]
    [InlineData("uniform", "2;8", -1.791759469228055)]
    [InlineData("normal", "4;2", -1.7370857137646180)]
    [InlineData("log-normal", "5;2", -4.6585125349036232)]
    [InlineData("laplace", "3;5", -2.7025850929940455)]
    [InlineData("log-laplace", "3;5", -4.1901354229413288)]
    [InlineData("log-uniform", "3;5", -0.93771092034198)]
    [InlineData("cauchy", "3;5", -2.9025878034017682)]
    [InlineData("gamma", "3;5", -3.3025850929940459)]
    [InlineData("chisquare", "4", -2.2768564486857903)]
    [InlineData("exponential", "3", -2.7652789553347764)]
    [InlineData("rayleigh", "3", -1.9766755537910083)]
    public void A_density_is_that_of_its_distribution(string kind, string numbers, double expected) =>
        Assert.Equal(expected, Prior(kind, numbers, double.NegativeInfinity, double.PositiveInfinity).LogDensity(5), 1e-12);

    /// <summary>By Simpson's rule with 20,000 intervals; the densities are smooth within the bounds, so that its error is below 1e-9. The Laplace
    /// distributions have a kink, which costs 1e-7.</summary>
    [Theory]
    [InlineData("normal", "4;2")]
    [InlineData("log-normal", "1;0.5")]
    [InlineData("laplace", "3;5")]
    [InlineData("log-laplace", "1;0.5")]
    [InlineData("log-uniform", "0.5;20")]
    [InlineData("cauchy", "3;5")]
    [InlineData("gamma", "3;5")]
    [InlineData("chisquare", "4")]
    [InlineData("exponential", "3")]
    [InlineData("rayleigh", "3")]
    public void A_prior_that_bounds_cut_off_still_has_probability_one(string kind, string numbers)
    {
        const int Intervals = 20_000;
        const double Lower = 1, Upper = 9;
        var prior = Prior(kind, numbers, Lower, Upper);
        var sum = 0.0;
        for (var i = 0; i <= Intervals; i++)
            sum += Math.Exp(prior.LogDensity(Lower + (Upper - Lower) * i / Intervals)) * (i is 0 or Intervals ? 1 : i % 2 == 1 ? 4 : 2);
        Assert.Equal(1, sum * (Upper - Lower) / Intervals / 3, 1e-6);
        Assert.Equal(double.NegativeInfinity, prior.LogDensity(0.5));
        Assert.Equal(double.NegativeInfinity, prior.LogDensity(9.5));
    }

    [Theory]
    [InlineData("normal", "4")]
    [InlineData("normal", "4;0")]
    [InlineData("uniform", "4;3")]
    [InlineData("gamma", "0;1")]
    [InlineData("log-uniform", "0;1")]
    [InlineData("chisquare", "x")]
    [InlineData("lognormal", "1;2")]
    public void A_prior_whose_numbers_mean_nothing_is_refused(string kind, string numbers)
    {
        Assert.Null(Read(kind, numbers, 0, 1, out var problems));
        Assert.Single(problems);
    }

    private PetabPrior Prior(string kind, string numbers, double lower, double upper)
    {
        var prior = Read(kind, numbers, lower, upper, out var problems);
        Assert.True(prior is not null, string.Join('\n', problems));
        return prior;
    }

    private PetabPrior? Read(string kind, string numbers, double lower, double upper, out IReadOnlyList<Diagnostic> problems)
    {
        _folder.Table("prior", "priorDistribution|priorParameters", $"{kind}|{numbers}");
        var bag = new DiagnosticBag();
        var row = PetabTable.Read(_folder.PathOf("prior.tsv"), [], bag)!.Rows[0];
        var prior = PetabPrior.Second(row, lower, upper, bag);
        problems = bag.Items;
        return prior;
    }
}
