using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;

namespace Marrow.Tests.Regimens;

/// <summary>What varies from dose to dose varies about the patient's own value, whenever the dose is decided on.</summary>
public sealed class DoseVariationTests
{
    private static readonly DrugInput Drug = new("fludarabine", "x", InputMode.Rate, "mg", 1, "Clearance", 0.5);

    [Fact]
    public void A_dose_that_is_decided_on_late_has_the_value_that_it_would_have_had_beforehand()
    {
        Assert.Equal(Values(decideLate: false), Values(decideLate: true));
        Assert.Equal(5, Values(decideLate: true).Distinct().Count());
    }

    private static double[] Values(bool decideLate)
    {
        var timeline = new TreatmentTimeline();
        var variation = new DoseVariation(new PatientRandom(1, 7), timeline);
        double[] own = [3], parameters = [3];
        if (!decideLate)
            for (var dose = 0; dose < 5; dose++) variation.Draw(Drug, 0, dose, dose, own);
        var values = new double[5];
        for (var dose = 0; dose < 5; dose++)
        {
            if (decideLate) variation.Draw(Drug, 0, dose, dose, parameters);
            timeline.Apply(dose, [], parameters);
            values[dose] = parameters[0];
        }
        return values;
    }
}
