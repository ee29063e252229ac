using System.Globalization;
using System.Xml.Linq;
using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Sedml;

/// <summary>Terms of the Kinetic Simulation Algorithm Ontology (KiSAO; Courtot et al. 2011, doi:10.1038/msb.2011.77) and what solves them here.</summary>
internal static class Algorithms
{
    private const double Relative = 1e-6, Absolute = 1e-9;
    private const int MostSteps = 200_000;

    /// <summary>Solvers of differential equations; all are solved by the one implicit method of variable order, to the tolerances given.</summary>
    private static readonly HashSet<string> Differential =
    [
        "0000019", // CVODE
        "0000030", "0000031", "0000032", "0000033", "0000064", "0000086", "0000087", // Euler, Runge-Kutta, Rosenbrock, Fehlberg, Dormand-Prince
        "0000071", // LSODE
        "0000088", "0000089", "0000090", "0000091", "0000092", "0000093", "0000094", // LSODA and its kin
        "0000280", "0000281", "0000283", "0000284", "0000288", "0000304", "0000321", "0000433", "0000434", "0000435", "0000436", // multistep, IDA, BDF, Radau, Cash-Karp
        "0000496", "0000535", "0000536", "0000560", "0000694", // CVODES, VODE, ZVODE, LSODA/LSODAR, any solver of differential equations
    ];

    /// <summary>Stochastic simulation, exact or approximate; all by the exact method.</summary>
    private static readonly HashSet<string> Stochastic =
    [
        "0000015", "0000027", "0000029", "0000038", "0000241", "0000263", "0000319", "0000323", "0000324", "0000329", // exact
        "0000039", "0000040", "0000045", "0000048", "0000074", "0000082", "0000084", "0000330", "0000331", "0000350", // leaping
    ];

    private static readonly HashSet<string> SteadyState = ["0000099", "0000282", "0000355", "0000407", "0000408", "0000409", "0000568", "0000569"];

    /// <summary>Those that are run as they are named; for others a nearest one stands in, and that is said.</summary>
    private static readonly HashSet<string> Themselves = ["0000288", "0000281", "0000694", "0000433", "0000019", "0000496", "0000029", "0000241", "0000319", "0000027", "0000407", "0000408"];

    /// <summary>The solver of a simulation; null, with the term named, if there is none.</summary>
    public static SedSolver? Of(XElement? algorithm, SimulationKind kind, string file, DiagnosticBag bag)
    {
        var usual = kind == SimulationKind.SteadyState ? SolverKind.SteadyState : SolverKind.Differential;
        var solver = new SedSolver(usual, Relative, Absolute, double.PositiveInfinity, MostSteps, 1);
        if (algorithm?.Attribute("kisaoID") is not { } attribute) return solver;
        var where = SafeXml.Where(attribute, file);
        var term = Number(attribute.Value);
        var found = Differential.Contains(term) ? SolverKind.Differential : Stochastic.Contains(term) ? SolverKind.Stochastic : SteadyState.Contains(term) ? SolverKind.SteadyState : (SolverKind?)null;
        if (found is null || (kind == SimulationKind.SteadyState && found == SolverKind.Stochastic) || (kind != SimulationKind.SteadyState && found == SolverKind.SteadyState))
        {
            bag.Error(SedmlCodes.Algorithm, $"the algorithm {attribute.Value}{(found is null ? "" : " for a simulation of this kind")}", where);
            return null;
        }
        // The equations are the same whatever solver of them leads to the steady state.
        solver = solver with { Kind = kind == SimulationKind.SteadyState ? SolverKind.SteadyState : found.Value };
        if (!Themselves.Contains(term)) bag.Add(new Diagnostic(Severity.Note, SedmlCodes.Algorithm.Code, $"{attribute.Value} is replaced by {Name(solver.Kind)}", where));
        foreach (var parameter in algorithm.Descendants().Where(e => e.Name.LocalName == "algorithmParameter")) solver = With(solver, parameter, file, bag);
        return solver;
    }

    /// <summary>What a kind of solver is, in words.</summary>
    private static string Name(SolverKind kind) => kind switch
    {
        SolverKind.Differential => "BDF of variable order and step",
        SolverKind.Stochastic => "the exact stochastic simulation algorithm",
        _ => "Newton's method along the solution",
    };

    private static SedSolver With(SedSolver solver, XElement parameter, string file, DiagnosticBag bag)
    {
        var where = SafeXml.Where(parameter, file);
        var text = (string?)parameter.Attribute("value") ?? "";
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        switch (Number((string?)parameter.Attribute("kisaoID") ?? ""))
        {
            case "0000209" or "0000597" when isNumber && value > 0: return solver with { Relative = value };
            case "0000211" or "0000573" when isNumber && value > 0: return solver with { Absolute = value };
            case "0000488" when isNumber && value >= 0 && value <= ulong.MaxValue / 2: return solver with { Seed = (ulong)value };
            case "0000467" when isNumber && value > 0: return solver with { LargestStep = value };
            case "0000467" when isNumber: return solver;
            case "0000415" when isNumber && value is > 0 and < int.MaxValue: return solver with { MostSteps = Math.Max((int)value, solver.MostSteps) };
            case "0000209" or "0000211" or "0000488" or "0000415":
                bag.Error(SedmlCodes.BadSedml, $"the value '{text}' of the algorithm parameter {(string?)parameter.Attribute("kisaoID")}", where, "it must be a positive number");
                return solver;
        }
        bag.Add(new Diagnostic(Severity.Note, SedmlCodes.Algorithm.Code, $"the algorithm parameter {(string?)parameter.Attribute("kisaoID")} has no effect: it belongs to another solver", where));
        return solver;
    }

    private static string Number(string term) => term.Replace('_', ':').Split(':')[^1].Trim();
}
