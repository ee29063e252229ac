using Marrow.Numerics.Ode;
using Marrow.Tests.Studies;
using Marrow.Trials.Patients;

namespace Marrow.Tests.Patients;

/// <summary>The entry's decisions, driven by hand: nothing is integrated.</summary>
[Collection(ElianaGroup.Name)]
public sealed class EntryTrajectoryTests(ElianaStudy eliana)
{
    private readonly double[] _states = new double[eliana.Prepared.Model.States.Count];
    private readonly double[] _parameters = new double[eliana.Prepared.Model.Parameters.Count];
    private readonly List<TrajectoryReport> _ended = [];

    private EntryPlan Plan => eliana.Prepared.Entry;

    private int State(string name) => eliana.Prepared.Model.States.ToList().IndexOf(name);

    private EntryTrajectory Seeded()
    {
        var random = new PatientRandom(1, 3);
        var values = Covariates.OfPatient(eliana.Study.Parts.Population, eliana.Study.Parts.Clinical.Sizes, random);
        var entry = new EntryTrajectory(eliana.Prepared.Model, eliana.Prepared.Biology, Plan, new Candidate(3, 0, random, values, []), (_, r) => _ended.Add(r));
        Assert.Equal(0, entry.Begin(_states, _parameters));
        Assert.Equal(Plan.Rule.RestDays, entry.NextStop);
        Assert.Equal(Directive.Restart, entry.AtStop(entry.NextStop, _states, _parameters));
        return entry;
    }

    [Fact]
    public void Rest_ends_with_the_seed_and_what_is_remembered()
    {
        Seeded();
        Assert.Equal(Plan.Rule.SeedAmount, _states[Plan.SeedState]);
        Assert.Equal(_states[State("BPre")], _parameters[Plan.Remember[0].Parameter]);
        Assert.True(_parameters[Plan.Remember[0].Parameter] > 0);
    }

    [Fact]
    public void Leukaemia_that_has_died_out_is_turned_away()
    {
        var entry = Seeded();
        _states[Plan.SeedState] = 0;
        Assert.Equal(Directive.Finish, entry.AtSample(entry.NextSample, _states, _parameters));
        Assert.Equal(Rejection.DiedOut, entry.Rejection);
    }

    [Fact]
    public void A_share_that_stands_still_is_turned_away_and_one_that_grows_is_not()
    {
        var entry = Seeded();
        _states[Plan.SeedState] = 1;
        Assert.Equal(Directive.Continue, entry.AtSample(entry.NextSample, _states, _parameters));
        _states[Plan.SeedState] = 1 * Math.Exp(2 * Plan.Rule.StillLogPerDay * Plan.Rule.WindowDays);
        Assert.Equal(Directive.Continue, entry.AtSample(entry.NextSample, _states, _parameters));
        _states[Plan.SeedState] *= 1.0001;
        Assert.Equal(Directive.Finish, entry.AtSample(entry.NextSample, _states, _parameters));
        Assert.Equal(Rejection.LevelledOff, entry.Rejection);
    }

    [Fact]
    public void The_limit_and_the_event_end_growth()
    {
        var slow = Seeded();
        Assert.Equal(Plan.Rule.RestDays + Plan.Rule.LimitDays, slow.NextStop);
        Assert.Equal(Directive.Finish, slow.AtStop(slow.NextStop, _states, _parameters));
        Assert.Equal(Rejection.TooSlow, slow.Rejection);

        var grown = Seeded();
        Assert.Equal(Directive.Continue, grown.AtEvent(Plan.StopEvent + 1, 1600, _states, _parameters));
        Assert.Equal(Directive.Finish, grown.AtEvent(Plan.StopEvent, 1700.5, _states, _parameters));
        Assert.True(grown.Accepted);
        Assert.Null(grown.Rejection);
        Assert.Equal(1700.5 - Plan.Rule.RestDays, grown.GrowthDays);
    }

    [Fact]
    public void History_moves_clones_scales_pools_and_makes_small_clones_whole()
    {
        var history = eliana.Prepared.History;
        var values = new Dictionary<string, double>(StringComparer.Ordinal) { ["PriorLines"] = 3, ["PriorTransplant"] = 1 };
        var states = new double[_states.Length];
        var parameters = new double[_parameters.Length];
        Array.Fill(parameters, 1);
        var (sensitive, resistant, small, pool) = (State("Marrow_Sensitive"), State("Marrow_Resistant"), State("Marrow_MhcLow"), State("TBystander"));
        (states[sensitive], states[small], states[State("Blood_MhcLow")], states[pool]) = (10, 12.4e-9, 6.2e-9, 400);
        history.Apply(new PatientRandom(1, 2), values, states, parameters);
        Assert.Equal(10, states[sensitive] + states[resistant], 12);
        Assert.Equal(10 * values["ResistantShare"], states[resistant], 12);
        Assert.Equal(400 * values["TCellFactor"], states[pool], 12);
        Assert.Equal(.85, parameters[eliana.Prepared.Model.Parameters.ToList().IndexOf("KG")]);
        var cells = (states[small] + states[State("Blood_MhcLow")]) * 1e9;
        Assert.Equal(Math.Round(cells), cells, 6);
        Assert.Equal(2, states[small] / states[State("Blood_MhcLow")], 9);
    }
}
