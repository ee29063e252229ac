using Marrow.Numerics.Jumps;
using Marrow.Numerics.Ode;

namespace Marrow.Trials.Patients;

/// <summary>What the pipeline needs of a compiled model: names, start values and readouts.</summary>
internal interface IStudyModel
{
    /// <summary>The system that the stepper integrates.</summary>
    LaneSystem System { get; }
    IReadOnlyList<string> States { get; }
    IReadOnlyList<string> Parameters { get; }
    IReadOnlyList<string> Observables { get; }
    IReadOnlyList<string> Events { get; }

    /// <summary>Populations that are counted while they are few; null if there are none.</summary>
    CountedSystem? Counted { get; }

    /// <summary>Parameters of the typical patient at reference size; a new array.</summary>
    double[] DefaultParameters();

    /// <summary>Start values for these parameters.</summary>
    void InitialStates(ReadOnlySpan<double> parameters, Span<double> states);

    /// <summary>All observables at a time.</summary>
    void Observe(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, Span<double> observables);
}
