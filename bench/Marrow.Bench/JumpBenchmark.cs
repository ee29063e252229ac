using System.Globalization;
using System.Text;
using Marrow.Networks.Antimony;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Jumps;
using Marrow.Numerics.Random;

namespace Marrow.Bench;

/// <summary>Time a reaction of exact stochastic simulation, by the way in which the next reaction is chosen. All ways share one loop and
/// the dependency graph, so that nothing else differs; the simulation that users run stands beside them.</summary>
internal sealed class JumpBenchmark(int rounds)
{
    private const long Jumps = 100_000;
    private static readonly int[] Sizes = [2, 4, 8, 16, 32, 64, 256, 1024];

    public void Run()
    {
        Console.WriteLine($"ns of computing a reaction, medians of {rounds} interleaved rounds of {Jumps} reactions");
        Console.WriteLine($"{"network",-10}{"reactions",10}{"tree",10}{"direct",10}{"groups",10}{"marrow",10}{"direct/tree",13}{"groups/tree",13}");
        foreach (var collide in new[] { false, true })
            foreach (var size in Sizes) Measure(collide ? "collisions" : "ring", size, Text(size, collide));
    }

    /// <summary>Individuals that go round, a reaction changing two propensities; or random pairs that bind and come apart, a reaction changing
    /// about six.</summary>
    private static string Text(int size, bool collide)
    {
        var stream = new RandomKey(1, Purpose.Of("jump benchmark"), (ulong)size).Stream();
        var text = new StringBuilder("compartment Body = 1\n");
        for (var i = 0; i < size; i++) text.Append(CultureInfo.InvariantCulture, $"substanceOnly species S{i} in Body; S{i} = 50\n");
        for (var r = 0; r < size; r++)
        {
            var (k, next) = (0.5 + (1.5 * stream.Uniform()), (r + 1) % size);
            if (!collide) text.Append(CultureInfo.InvariantCulture, $"R{r}: S{r} => S{next}; {k}*S{r}\n");
            else if (r % 2 == 0)
            {
                var (a, b, c) = (stream.Below(size), stream.Below(size), stream.Below(size));
                text.Append(CultureInfo.InvariantCulture, $"R{r}: S{a} + S{b} => S{c}; {k}*S{a}*S{b}\nR{next}: S{c} => S{a} + S{b}; {50 * k}*S{c}\n");
            }
        }
        return text.ToString();
    }

    private void Measure(string name, int size, string text)
    {
        var bag = new DiagnosticBag();
        var network = AntimonyReader.ReadText(text, "bench", bag) ?? throw new InputException(bag.Items);
        var model = CompiledModel.Compile(network, new CompileOptions());
        var jumps = model.Stochastic();
        var parameters = model.DefaultParameters();
        var states = new double[model.States.Count];
        model.InitialStates(parameters, states);
        var n = jumps.Changes.Count;
        Func<ulong, double>[] ways =
        [
            seed => Follow(jumps, states, parameters, new TreeWeights(n), seed),
            seed => Follow(jumps, states, parameters, new LinearWeights(n), seed),
            seed => Follow(jumps, states, parameters, new GroupedWeights(n), seed),
            seed =>
            {
                var stream = new RandomKey(seed, Purpose.Of("marrow"), 0).Stream();
                var start = CpuClock.Nanoseconds();
                new StochasticSimulation(jumps, parameters.Length).Run(states, parameters, 0, [1e12], ref stream, (_, _, _) => { }, Jumps);
                return (CpuClock.Nanoseconds() - start) / Jumps;
            },
        ];
        foreach (var way in ways) way(0);
        List<double>[] times = [.. ways.Select(_ => new List<double>())];
        for (var round = 0; round < rounds; round++)
            for (var k = 0; k < ways.Length; k++) times[k].Add(ways[k]((ulong)round + 1));
        double[] medians = [.. times.Select(Medians.Of)];
        Console.WriteLine($"{name,-10}{n,10}{medians[0],10:F0}{medians[1],10:F0}{medians[2],10:F0}{medians[3],10:F0}{medians[1] / medians[0],13:F2}{medians[2] / medians[0],13:F2}");
    }

    private static double Follow<W>(StochasticNetwork network, double[] start, double[] parameters, W weights, ulong seed)
        where W : IJumpWeights
    {
        var stream = new RandomKey(seed, Purpose.Of("jump benchmark"), 0).Stream();
        var state = new JumpState(network, parameters.Length);
        state.Start(start, parameters, 0, ref stream);
        int[][] affected = [.. network.Affected.Select(a => a.ToArray())];
        for (var r = 0; r < affected.Length; r++) weights.Set(r, state.Propensity(r));
        var begin = CpuClock.Nanoseconds();
        for (var jump = 0L; jump < Jumps; jump++)
        {
            var total = weights.Total;
            if (!(total > 0)) throw new InvalidOperationException("The network has come to rest.");
            state.Time += stream.Exponential(total);
            var reaction = weights.Draw(ref stream);
            state.Carry(reaction, 1);
            foreach (var r in affected[reaction]) weights.Set(r, state.Propensity(r));
        }
        return (CpuClock.Nanoseconds() - begin) / Jumps;
    }
}
