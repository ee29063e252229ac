using Marrow.Tests.Cli;

namespace Marrow.Tests.Fit;

/// <summary>A fit of a two-compartment drug model to targets that were simulated with known values.</summary>
internal sealed class FitFiles : IDisposable
{
    private const string Model = """
        model *two_compartments()
          unit time_unit = 86400 second
          compartment Body = 1
          Body has dimensionless
          substanceOnly species Central in Body, Peripheral in Body
          Central has mg; Central = 0
          Peripheral has mg; Peripheral = 0
          Eliminate: Central => ; Cl/Vc*Central
          Out: Central => Peripheral; Q/Vc*Central
          Back: Peripheral => Central; Q/Vp*Peripheral
          Cl = 0.3; Cl has L/d
          Vc = 3; Vc has L
          Q = 1; Q has L/d
          Vp = 2.5; Vp has L
          Concentration := Central/Vc
          Concentration has mg/L
        end
        """;

    private const string Fit = """
        title: Two compartments
        seed: 11
        targets: targets.csv
        scenarios:
          bolus:
            model: pk.ant
            days: 30
            every: 0.25
            doses:
              - {day: 0, into: Central, amount: 100}
        search: {difference: 0.01, iterations: 30, relative: 1.0e-9, absolute: 1.0e-12}
        parameters:
          - {id: Cl, prior: log_normal, sd: 0.5, reason: test}
          - {id: Vc, prior: log_normal, sd: 0.5, reason: test}
          - {id: Q, prior: log_normal, sd: 0.5, reason: test}
          - {id: Vp, prior: log_normal, sd: 0.5, reason: test}
        """;

    public const string Header = "id,scenario,observable,factor,time,statistic,published,spread,scale,unit,study,source,note\n";

    private readonly TemporaryFolder _folder = new();

    public FitFiles()
    {
        _folder.Write("pk.ant", Model);
        _folder.Write("fit.yaml", Fit);
        WriteTargets(0.3, 3, 1, 2.5);
    }

    public string File => _folder.PathOf("fit.yaml");

    public string PathOf(string name) => _folder.PathOf(name);

    public void Write(string name, string text) => _folder.Write(name, text);

    public void Replace(string name, string old, string with)
    {
        var text = System.IO.File.ReadAllText(PathOf(name));
        Assert.Contains(old, text, StringComparison.Ordinal);
        System.IO.File.WriteAllText(PathOf(name), text.Replace(old, with, StringComparison.Ordinal));
    }

    /// <summary>Concentrations by the closed form, each known to 1 %.</summary>
    public void WriteTargets(double cl, double vc, double q, double vp)
    {
        var rows = new[] { 0.25, 0.5, 1, 2, 4, 7, 10, 15, 20, 30 }
            .Select(t => FormattableString.Invariant($"c{t},bolus,Concentration,,at {t},median,{Concentration(t, cl, vc, q, vp)},0.01,log,mg/L,study {(t < 5 ? 1 : 2)},closed form,"));
        _folder.Write("targets.csv", Header + string.Join('\n', rows) + "\n");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Bolus of 100 mg into two compartments, mg/L (any textbook of pharmacokinetics).</summary>
    private static double Concentration(double t, double cl, double vc, double q, double vp)
    {
        double k10 = cl / vc, k12 = q / vc, k21 = q / vp, sum = k10 + k12 + k21;
        var root = Math.Sqrt((sum * sum) - (4 * k10 * k21));
        double alpha = (sum + root) / 2, beta = (sum - root) / 2;
        return 100 / vc * ((((alpha - k21) * Math.Exp(-alpha * t)) + ((k21 - beta) * Math.Exp(-beta * t))) / (alpha - beta));
    }
}
