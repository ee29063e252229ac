using Marrow.Numerics.Jumps;
using Marrow.Numerics.Ode;
using Marrow.Numerics.Random;

namespace Marrow.Trials.Patients;

/// <summary>Makes small populations of a patient's trajectory random.</summary>
internal static class SmallNumbers
{
    private static readonly HybridOptions Options = new();

    /// <summary>The trajectory, with its small populations counted if the model marks any.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trajectory">What happens to the patient.</param>
    /// <param name="random">The patient's random numbers.</param>
    /// <param name="phase">What part of the patient's life it is: arms are given the same luck by giving them the same phase.</param>
    /// <param name="attempt">Tells repetitions of the phase apart.</param>
    public static Trajectory Count(IStudyModel model, Trajectory trajectory, PatientRandom random, string phase, int attempt = 0)
    {
        if (model.Counted is not { } counted) return trajectory;
        var key = new RandomKey(random.Seed, Purpose.Of("jumps " + phase), (ulong)random.Patient, (uint)attempt);
        return new HybridTrajectory(trajectory, counted, Options, key, new HybridCounts());
    }
}
