using Marrow.Numerics.Random;

namespace Marrow.Trials.Clinical;

/// <summary>A patient under assessment: covariates, course, the protocol that looks at them, and the patient's random numbers.</summary>
internal sealed record Subject(PatientCovariates Patient, Course Course, ClinicalProtocol Protocol, ulong Seed)
{
    /// <summary>Last day of the course.</summary>
    public double CourseEnd => Course.Times[^1];

    /// <summary>The patient's random numbers for a purpose; <paramref name="step"/> tells repeated uses apart.</summary>
    public RandomStream Random(string purpose, uint step = 0) => new RandomKey(Seed, Purpose.Of(purpose), (ulong)Patient.Id, step).Stream();

    /// <summary>A readout at a day.</summary>
    public double At(string readout, double day) => Course.At(readout, day);

    /// <summary>First row at or after a day.</summary>
    public int FirstRow(double day)
    {
        var row = Course.Row(day);
        return row >= 0 && Course.Times[row] == day ? row : row + 1;
    }
}
