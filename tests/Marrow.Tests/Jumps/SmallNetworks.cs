using Marrow.Networks.Compilation;
using Marrow.Numerics.Jumps;
using Marrow.Numerics.Ode;
using Marrow.Tests.Antimony;

namespace Marrow.Tests.Jumps;

/// <summary>Networks whose laws are known, and many repeats of them.</summary>
internal static class SmallNetworks
{
    /// <summary>Cells that divide and die, the latter faster while a drug lasts that decays from D0.</summary>
    public const string TreatedCells = """
        substanceOnly species X in Body, Drug in Body; compartment Body = 1
        X = 50; Drug = D0; b = 0.5; d = 0.3; kill = 0.6; decay = 0.2; D0 = 1
        Birth: => X; b*X
        Death: X => ; d*X
        Kill: X => ; kill*Drug*X
        Clear: Drug => ; decay*Drug
        """;

    public static CompiledModel Compile(string text, params CountedPopulation[] counted) =>
        CompiledModel.Compile(Reading.Good(text), new CompileOptions { NonNegativeSpecies = true, Counted = counted });

    public static HybridCourses Courses(CompiledModel model, ulong seed, double[] times, params (string Name, double Value)[] settings)
    {
        var parameters = model.DefaultParameters();
        foreach (var (name, value) in settings.Where(s => model.ParameterIndex(s.Name) >= 0)) parameters[model.ParameterIndex(name)] = value;
        var states = new double[model.States.Count];
        model.InitialStates(parameters, states);
        foreach (var (name, value) in settings.Where(s => model.StateIndex(s.Name) >= 0)) states[model.StateIndex(name)] = value;
        return new HybridCourses
        {
            System = model.System,
            Counted = model.Counted!,
            States = states,
            Parameters = parameters,
            Times = times,
            Seed = seed,
            Stepper = new StepperOptions { RelativeTolerance = 1e-6, AbsoluteTolerance = 1e-9 },
        };
    }

    /// <summary>When the last cell of a population died in each of n repeats; infinity if some live at the end.</summary>
    public static double[] ExtinctionTimes(this HybridCourses courses, int n, string population) => Times(courses, n, population, appeared: false);

    /// <summary>When the first cell of a population appeared in each of n repeats; infinity if none did.</summary>
    public static double[] FirstTimes(this HybridCourses courses, int n, string population) => Times(courses, n, population, appeared: true);

    private static double[] Times(HybridCourses courses, int n, string population, bool appeared)
    {
        var times = new double[n];
        Array.Fill(times, double.PositiveInfinity);
        var (_, _, failed) = courses.Run(0, n, 2, (_, _, _, _) => { }, News);
        Assert.Empty(failed);
        return times;

        void News(int repeat, string name, double time, bool first)
        {
            if (name != population) return;
            if (first == appeared) times[repeat] = appeared ? Math.Min(times[repeat], time) : time;
            else if (!appeared) times[repeat] = double.PositiveInfinity;
        }
    }
}
