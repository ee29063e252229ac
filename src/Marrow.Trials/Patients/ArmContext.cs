using Marrow.Trials.Clinical;
using Marrow.Trials.Observations;
using Marrow.Trials.Regimens;

namespace Marrow.Trials.Patients;

/// <summary>What all patients of an arm share.</summary>
/// <param name="Arm">Number of the arm.</param>
/// <param name="Model">The model.</param>
/// <param name="Plan">Its treatment.</param>
/// <param name="FollowUpDays">Length of follow-up.</param>
/// <param name="Protocol">Clinical rules: score of cytokine release, losses before infusion.</param>
/// <param name="Share">Observable that is the marrow blast share.</param>
/// <param name="Il6">Observable that is the effective IL-6.</param>
internal sealed record ArmContext(
    int Arm, IStudyModel Model, TreatmentPlan Plan, double FollowUpDays, ClinicalProtocol Protocol, int Share, int Il6)
{
    /// <summary>Observable that is the risk that the product of cells fails, read when they are collected; negative where the share of the
    /// clinical rules holds for everybody.</summary>
    public int ManufactureRisk { get; init; } = -1;

    /// <summary>What patients go over to; null if they do not.</summary>
    public CrossoverPlan? Crossover { get; init; }

    /// <summary>Parameters that change while patients are treated and followed.</summary>
    public IReadOnlyList<TimeVaryingPlan> TimeVarying { get; init; } = [];

    /// <summary>Readouts that are observed with error; null if none are.</summary>
    public ObservationPlan? Observations { get; init; }
}

/// <summary>A patient on the day of enrolment, history included. All arms start from the same one.</summary>
internal sealed record EnrolledPatient
{
    public required PatientCovariates Covariates { get; init; }
    public required PatientRandom Random { get; init; }
    /// <summary>Covariates, factors and history.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }
    public required double[] States { get; init; }
    public required double[] Parameters { get; init; }
    /// <summary>Days from the seed to diagnosis.</summary>
    public required double GrowthDays { get; init; }
    /// <summary>Number of the biology draw.</summary>
    public required int Draw { get; init; }
    /// <summary>Why earlier draws were turned away.</summary>
    public required IReadOnlyList<Rejection> Rejections { get; init; }
}

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

    /// <summary>Adds a row.</summary>
    public void Add(double time, ReadOnlySpan<double> observables)
    {
        _times.Add(time);
        _values.AddRange(observables);
    }
}
