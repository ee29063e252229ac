namespace Marrow.Tests.Exchange;

/// <summary>Experiments of PEtab 2 against closed solutions.</summary>
public sealed class PetabSecondVersionTests : IDisposable
{
    private const double Close = 1e-7;

    private readonly PetabFolder _folder = new PetabFolder().Second();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Conditions_change_the_course_from_their_time_on_and_may_use_what_it_has_become()
    {
        _folder.Table("conditions", "conditionId|targetId|targetValue", "more|A|A + 2 * X", "stop|k|0");
        _folder.Table("experiments", "experimentId|time|conditionId", "e|1|stop", "e|1|more", "e|-1|");
        _folder.Table("parameters", "parameterId|lowerBound|upperBound|nominalValue|estimate");
        _folder.Table("observables", "observableId|observableFormula|noiseFormula", "o|A|1");
        _folder.Table("measurements", "observableId|experimentId|measurement|time", "o|e|1|-1", "o|e|1|0", "o|e|1|1", "o|e|1|3");
        var after = 3 * Math.Exp(-1) + 2 * 2 * (1 - Math.Exp(-4));
        Assert.Equal([3, 3 * Math.Exp(-0.5), after, after], _folder.Simulate(), (a, b) => Math.Abs(a - b) < Close);
    }

    [Fact]
    public void What_the_model_computes_at_the_start_stays_when_a_condition_changes_its_source()
    {
        _folder.Table("conditions", "conditionId|targetId|targetValue", "c|A|10", "d|twice|1");
        _folder.Table("experiments", "experimentId|time|conditionId", "e|0|c", "e|1|d");
        _folder.Table("observables", "observableId|observableFormula|noiseFormula", "o|twice|1");
        _folder.Table("measurements", "observableId|experimentId|measurement|time", "o|e|1|0", "o|e|1|1");
        Assert.Equal([6, 1], _folder.Simulate(), (a, b) => Math.Abs(a - b) < Close);
    }

    [Fact]
    public void A_resized_compartment_keeps_the_concentrations_that_its_condition_does_not_set()
    {
        _folder.Table("conditions", "conditionId|targetId|targetValue", "c|C|8", "c|k|0");
        _folder.Table("experiments", "experimentId|time|conditionId", "e|0|", "e|1|c");
        _folder.Table("parameters", "parameterId|lowerBound|upperBound|nominalValue|estimate");
        _folder.Table("observables", "observableId|observableFormula|noiseFormula", "o|A|1", "amount|A*C|1");
        _folder.Table("measurements", "observableId|experimentId|measurement|time", "o|e|1|2", "amount|e|1|2");
        Assert.Equal([3 * Math.Exp(-0.5), 24 * Math.Exp(-0.5)], _folder.Simulate(), (a, b) => Math.Abs(a - b) < Close);
    }

    [Fact]
    public void A_steady_state_before_the_clock_starts_keeps_its_changes()
    {
        _folder.Table("conditions", "conditionId|targetId|targetValue", "high|b|10", "late|c|1");
        _folder.Table("experiments", "experimentId|time|conditionId", "e|-inf|high", "e|4|late");
        _folder.Table("observables", "observableId|observableFormula|noiseFormula", "o|X|1");
        _folder.Table("measurements", "observableId|experimentId|measurement|time", "o|e|1|4", "o|e|1|5", "o|e|1|inf");
        Assert.Equal([5, 10 - 5 * Math.Exp(-1), 10], _folder.Simulate(), (a, b) => Math.Abs(a - b) < Close);
    }

    [Fact]
    public void Observables_may_name_observables_and_have_placeholders_of_any_name()
    {
        _folder.Table("observables", "observableId|observableFormula|noiseFormula|noiseDistribution|observablePlaceholders|noisePlaceholders",
            "o|factor * A|sd * o|normal|factor|sd", "p|2 * both + time|1|log-normal||");
        _folder.Table("measurements", "observableId|experimentId|measurement|time|observableParameters|noiseParameters", "o||1|0|4|0.5", "p||1|0||");
        Assert.Equal([12, 6], _folder.Simulate());
        Assert.Equal(Math.Pow((1 - 12) / 6.0, 2) + Math.Pow(Math.Log(6), 2), _folder.Evaluate().ChiSquared, 1e-9);
    }

    [Fact]
    public void A_parameter_without_prior_is_uniform_between_its_bounds()
    {
        Assert.Equal(-Math.Log(10), _folder.Evaluate().LogPrior!.Value, 1e-12);
    }
}
