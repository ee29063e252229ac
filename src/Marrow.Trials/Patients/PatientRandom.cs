using Marrow.Numerics.Random;
using Marrow.Numerics.Sampling;

namespace Marrow.Trials.Patients;

/// <summary>Random numbers of one patient, by the name of what they are for: adding or removing a name changes no other draw, and all
/// arms meet the same numbers.</summary>
internal readonly record struct PatientRandom(ulong Seed, int Patient)
{
    /// <summary>A uniform number that is spread evenly over consecutive patients.</summary>
    public double Spread(string name) => new QuasiRandomSequence(Seed, Purpose.Of(name), 1).Uniform((uint)Patient, 0);

    /// <summary>An independent uniform number; <paramref name="step"/> tells repetitions apart.</summary>
    public double Independent(string name, int step = 0) => Stream(name, step).Uniform();

    /// <summary>A stream of independent numbers.</summary>
    public RandomStream Stream(string name, int step = 0) => new RandomKey(Seed, Purpose.Of(name), (ulong)Patient, (uint)step).Stream();
}
