using Marrow.Numerics.Vectors;
using Marrow.Trials.Patients;

namespace Marrow.Trials.Regimens;

/// <summary>What varies from dose to dose in one patient: p exp(sd z) with the patient's own p and a z of each dose.</summary>
/// <param name="random">The patient's random numbers.</param>
/// <param name="timeline">Where the values are set.</param>
internal sealed class DoseVariation(PatientRandom random, TreatmentTimeline timeline)
{
    private readonly Dictionary<int, double> _own = [];

    /// <summary>Draws the value for a dose.</summary>
    /// <param name="drug">The drug.</param>
    /// <param name="parameter">Place of the parameter that varies.</param>
    /// <param name="number">Which dose of the drug, from 0.</param>
    /// <param name="day">When it holds from.</param>
    /// <param name="parameters">The patient's parameters now.</param>
    public void Draw(DrugInput drug, int parameter, int number, double day, ReadOnlySpan<double> parameters)
    {
        // After the first dose the parameters hold what was drawn for it, about which nothing varies.
        if (!_own.TryGetValue(parameter, out var own)) _own.Add(parameter, own = parameters[parameter]);
        var z = random.Stream("dose to dose " + drug.Drug, number).Normal();
        timeline.AddSetting(day, parameter, own * VectorMath.Exp(drug.VariesSd * z));
    }
}
