using Marrow.Numerics.SteadyStates;

namespace Marrow.Tests.SteadyStates;

public class ConservationLawTests
{
    [Fact]
    public void An_enzyme_keeps_enzyme_and_substrate()
    {
        // E + S <-> C -> E + P
        var laws = ConservationLaws.Of([[-1, 1, 1], [-1, 1, 0], [1, -1, -1], [0, 0, 1]]);
        Assert.Equal(2, laws.Laws.Count);
        foreach (var law in laws.Laws)
        {
            Assert.Equal(law[0] + law[1], law[2]);
            Assert.Equal(law[1], law[3]);
        }
        var totals = laws.Totals([1, 5, 2, 3]);
        double[] states = [.5, 2, 0, 7];
        foreach (var k in laws.Dependent) states[k] = double.NaN;
        laws.Complete(totals, states);
        Assert.Equal(totals, laws.Totals(states), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void What_no_process_changes_is_a_law_of_its_own()
    {
        var laws = ConservationLaws.Of([[1, -1], [0, 0], [2, -2]]);
        Assert.Equal(2, laws.Laws.Count);
        Assert.Contains(1, laws.Dependent);
        Assert.Single(laws.Independent);
    }

    [Fact]
    public void Independent_changes_leave_nothing_conserved() =>
        Assert.Empty(ConservationLaws.Of([[1, 0, 1], [0, 1, 1]]).Laws);

    [Fact]
    public void Thirds_cancel_although_they_are_no_doubles()
    {
        const double third = 1.0 / 3;
        var laws = ConservationLaws.Of([[third, 1, -7 * third], [-1, -3, 7]]);
        // L (1/3, -1)' = 0: three of the first for one of the second.
        var law = laws.Laws.Single();
        Assert.Equal(3, law[0] / law[1], 1e-14);
    }

    [Fact]
    public void The_matrix_of_the_free_states_follows_the_bound_ones()
    {
        // A <-> B: dA/dt = -2 A + B with A + B fixed is dA/dt = -3 A + T.
        var laws = ConservationLaws.Of([[-1], [1]]);
        var reduced = laws.Reduce([-2, 1, 2, -1]);
        Assert.Equal([-3.0], reduced);
    }
}
