using Marrow.Trials.Regimens;

namespace Marrow.Trials.Patients;

/// <summary>What all patients of an arm share.</summary>
internal sealed record ArmContext(int Arm, IStudyModel Model, TreatmentPlan Plan, double FollowUpDays, IClinicalRules Clinical);

/// <summary>What the pipeline asks of the clinical layer while a patient is simulated.</summary>
internal interface IClinicalRules
{
    /// <summary>The score that care by rule looks at: log10 of today's effective IL-6 (pg/mL) and the patient's own shift.</summary>
    double CareScore(EnrolledPatient patient, ReadOnlySpan<double> observables);

    /// <summary>Hazard of leaving between enrolment and infusion, per day.</summary>
    double DropOutHazard(EnrolledPatient patient, ReadOnlySpan<double> observables);
}

/// <summary>A patient on the day of enrolment, history included. All arms start from the same one.</summary>
/// <param name="Patient">Number, from 0.</param>
/// <param name="Random">The patient's random numbers.</param>
/// <param name="Values">Covariates and factors.</param>
/// <param name="States">States at enrolment.</param>
/// <param name="Parameters">Parameters.</param>
/// <param name="GrowthDays">Days from the seed to diagnosis.</param>
/// <param name="Rejections">Why earlier draws of biology were turned away.</param>
internal sealed record EnrolledPatient(
    int Patient, PatientRandom Random, IReadOnlyDictionary<string, double> Values, double[] States, double[] Parameters, double GrowthDays,
    IReadOnlyList<Rejection> Rejections);

/// <summary>Observables at recorded times.</summary>
internal sealed class CourseRecord(int columns)
{
    private readonly List<double> _times = [];
    private readonly List<double> _values = [];

    /// <summary>Times, d, rising.</summary>
    public IReadOnlyList<double> Times => _times;

    /// <summary>Values, row after row.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>Number of rows.</summary>
    public int Count => _times.Count;

    /// <summary>Values in a row.</summary>
    public int Columns => columns;

    /// <summary>Events of the model, such as a clone that has died out.</summary>
    public List<(double Time, string Name)> Events { get; } = [];

    /// <summary>Adds a row.</summary>
    public void Add(double time, ReadOnlySpan<double> observables)
    {
        _times.Add(time);
        _values.AddRange(observables);
    }
}
