using Marrow.Networks.Structure;
using static Marrow.Tests.Compilation.F;

namespace Marrow.Tests.Compilation;

/// <summary>A leukaemia and immune model for tests of the compiler: eight states at each of several coupled sites, saturating and
/// stiff terms, choices and powers. Its numbers mean nothing.</summary>
internal static class ImmuneModel
{
    private static readonly string[] Kinds = ["Blast", "Effector", "Memory", "Helper", "Regulator", "Killer", "Myeloid", "Signal"];

    public static ReactionNetwork Build(int sites)
    {
        var species = new List<Species>();
        var parameters = new Dictionary<string, Parameter>();
        var rules = new List<AssignmentRule>();
        var reactions = new List<Reaction>();
        F constant(string name, double value)
        {
            parameters[name] = Parts.Parameter(name, (F)value);
            return N(name);
        }

        for (var s = 0; s < sites; s++)
        {
            for (var k = 0; k < Kinds.Length; k++) species.Add(Parts.Amount($"{Kinds[k]}{s}", (F)(0.3 + (0.1 * k) + (0.05 * s))));
            F x(int kind) => N($"{Kinds[kind]}{s}");
            F inhibition = 1 / (1 + (x(4) / constant("hR", 0.7)) + (x(6) / constant("hM", 2)));
            rules.Add(Parts.Assign($"Free{s}", inhibition));
            var load = constant("cap", 20) + x(0);
            F kill = N($"Free{s}") * constant("k", 1.2) * x(1) / (constant("h", 3) + x(1) + (0.2 * x(0)));
            F growth = Apply(MathFunction.Max, 1 - (x(0) / N("cap")), -0.5);
            F drive = x(7).Power(constant("n", 1.7)) / (constant("half", 0.6).Power(N("n")) + x(7).Power(N("n")));
            void react(string id, string? from, string? to, F law) =>
              reactions.Add(Parts.Reaction($"{id}{s}", from is null ? [] : [from + s], to is null ? [] : [to + s], law));
            react("grow", null, "Blast", constant("r", 0.3) * growth * x(0));
            react("kill", "Blast", null, kill * x(0));
            react("expand", null, "Effector", constant("p", 0.9) * drive * x(1) * (x(0) / load));
            react("remember", "Effector", "Memory", constant("m", 0.1) * x(1));
            react("recall", "Memory", "Effector", constant("a", 0.02) * x(2) * (x(0) / load));
            react("help", null, "Helper", constant("sH", 0.05) * Apply(MathFunction.Exp, -x(4)));
            react("helperLoss", "Helper", null, constant("dH", 0.1) * x(3));
            react("regulate", null, "Regulator", constant("sR", 0.02) * (1 + Apply(MathFunction.Sqrt, x(3))));
            react("regulatorLoss", "Regulator", null, constant("dR", 0.08) * x(4));
            react("killerIn", null, "Killer", constant("sN", 0.05));
            react("killerLoss", "Killer", null, constant("dN", 0.09) * x(5));
            react("myeloid", null, "Myeloid", Apply(MathFunction.Piecewise, 0.1 * x(6), x(6) < 1, 0.1));
            react("myeloidLoss", "Myeloid", null, constant("dM", 0.3) * x(6));
            react("signal", null, "Signal", constant("q", 2) * x(1) * (x(0) / load) + (0.1 * x(6)));
            react("signalLoss", "Signal", null, constant("dI", 8) * x(7));
        }
        for (var s = 0; s + 1 < sites; s++)
        {
            foreach (var kind in Kinds)
                reactions.Add(Parts.Reaction($"move{kind}{s}", [$"{kind}{s}"], [$"{kind}{s + 1}"], constant($"x{kind}", 0.2) * (N($"{kind}{s}") - N($"{kind}{s + 1}"))));
        }
        F total = Enumerable.Range(0, sites).Select(s => N($"Blast{s}")).Aggregate((a, b) => a + b);
        rules.Add(Parts.Assign("Burden", total));
        return new ReactionNetwork
        {
            Name = "immune",
            Compartments = [Parts.Compartment("Body", (F)1)],
            Species = [.. species],
            Parameters = [.. parameters.Values, Parts.Parameter("Burden", null, false), .. rules.Take(sites).Select(r => Parts.Parameter(r.Variable, null, false))],
            Reactions = [.. reactions],
            AssignmentRules = [.. rules],
            Events = [Parts.Event("Gone", N("Burden") < 1e-9, ("Blast0", 0))],
        };
    }
}
