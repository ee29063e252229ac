using System.Globalization;
using Marrow.Networks.Compilation;
using Marrow.Numerics.Jumps;
using Marrow.Numerics.Ode;
using Marrow.Tests.Jumps;

namespace Marrow.ReferenceTests.Jumps;

/// <summary>A small leukaemia with a niche, a resistant clone that mutation makes, and a month of a drug: by how it ends, a patient is
/// cured, relapses from the niche or relapses resistant. Scaled to 1e5 cells it can be simulated exactly.</summary>
internal static class TreatedLeukaemia
{
    /// <summary>Cells at diagnosis at which exact simulation is affordable.</summary>
    public const double Scaled = 1e5;
    /// <summary>Cells at diagnosis of a patient.</summary>
    public const double Full = 1e12;
    /// <summary>End of follow-up, d.</summary>
    public const double End = 60;
    public const int N = 20_000;

    private const string Network = """
        compartment Body = 1
        substanceOnly species Marrow_S in Body, Niche_S in Body, Marrow_R in Body, Niche_R in Body
        cells = 1e5; month = 30
        Marrow_S = 0.9*cells; Niche_S = 0.1*cells; Marrow_R = 0; Niche_R = 0
        b = 0.35; d = 0.1; kill = 2; protected = 0.1; attach = 0.02; detach = 0.1; mu = 2/cells; fitness = 0.8; drug = 1
        extinct = 1e9; mutant = 1e9
        Room := max(0, 1 - (Marrow_S + Niche_S + Marrow_R + Niche_R)/(1.2*cells))
        Birth_S: => Marrow_S; b*Room*Marrow_S
        Death_S: Marrow_S => ; d*Marrow_S
        Kill_S: Marrow_S => ; kill*drug*Marrow_S
        Attach_S: Marrow_S => Niche_S; attach*Marrow_S
        Detach_S: Niche_S => Marrow_S; detach*Niche_S
        Kill_Niche: Niche_S => ; protected*kill*drug*Niche_S
        Mutate: Marrow_S => Marrow_R; mu*b*Room*Marrow_S
        Birth_R: => Marrow_R; fitness*b*Room*Marrow_R
        Death_R: Marrow_R => ; d*Marrow_R
        Attach_R: Marrow_R => Niche_R; attach*Marrow_R
        Detach_R: Niche_R => Marrow_R; detach*Niche_R
        Stop: at time >= month: drug = 0
        """;

    /// <summary>Noted by exact simulation, in which nobody watches from outside.</summary>
    private const string Notes = """

        Note_extinct: at Marrow_S + Niche_S <= 0: extinct = time
        Note_mutant: at Marrow_R + Niche_R >= 1 && mutant > 1e8: mutant = time
        """;

    /// <summary>Every reaction of the counted populations, added up.</summary>
    private const string Sum = """

        substanceOnly species Reactions in Body; Reactions = 0
        Reactions' = Birth_S + Death_S + Kill_S + Attach_S + Detach_S + Kill_Niche + Mutate + Birth_R + Death_R + Attach_R + Detach_R
        """;

    public static CompiledModel Compile(double below, double above, bool sum = false) => SmallNetworks.Compile(
        sum ? Network + Sum : Network,
        new CountedPopulation("Sensitive", ["Marrow_S", "Niche_S"], below, above), new CountedPopulation("Resistant", ["Marrow_R", "Niche_R"], below, above));

    public static HybridCourses Hybrid(CompiledModel model, ulong seed, double cells = Scaled)
    {
        // A full-sized leukaemia falls for longer before it is small.
        var (month, end) = cells == Scaled ? (30.0, End) : (90, 120);
        return SmallNetworks.Courses(model, seed, [end], ("cells", cells), ("month", month), ("mu", 2 / cells)) with
        {
            // A change of one cell in 1e4 of the room changes nothing that n = 20,000 can see.
            Hybrid = new HybridOptions { MaxInterval = 1, VisibleChange = 1e-4 * cells },
            Stepper = new StepperOptions { RelativeTolerance = 1e-6, AbsoluteTolerance = 1e-3 },
        };
    }

    /// <summary>Time of extinction of the sensitive clone, of the first resistant cell, and cells left, for some repeats of the exact simulation.</summary>
    public static (double Extinct, double Mutant, double Left)[] Exact(int first, int count, int threads)
    {
        var model = SmallNetworks.Compile(Network + Notes);
        var parameters = model.DefaultParameters();
        var states = new double[model.States.Count];
        model.InitialStates(parameters, states);
        var courses = new StochasticCourses { Network = model.Stochastic(), States = states, Parameters = parameters, Times = [End], Seed = 1 };
        var (extinct, mutant) = (model.ParameterIndex("extinct"), model.ParameterIndex("mutant"));
        var results = new (double, double, double)[count];
        var reports = courses.Run(first, count, threads, (repeat, _, y, p) =>
            results[repeat - first] = (Noted(p[extinct]), Noted(p[mutant]), y[0] + y[1] + y[2] + y[3]));
        Assert.All(reports, r => Assert.Equal(StochasticOutcome.Done, r.Outcome));
        Jumps = reports.Average(r => (double)r.Jumps);
        return results;
    }

    /// <summary>Mean number of reactions of a course in the last exact simulation.</summary>
    public static double Jumps { get; private set; }

    /// <summary>The exact sample as a table, rounded to what a comparison of distributions needs.</summary>
    public static string Table(IEnumerable<(double Extinct, double Mutant, double Left)> sample) =>
        string.Concat(sample.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Extinct:0.####},{s.Mutant:0.####},{s.Left:0}\n")));

    public static (double Extinct, double Mutant, double Left)[] Read(string path) =>
        [.. File.ReadLines(path).Skip(1).Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).Select(c => (c[0], c[1], c[2]))];

    private static double Noted(double time) => time > 1e8 ? double.PositiveInfinity : time;
}
