using Marrow.Numerics.SteadyStates;

namespace Marrow.Tests.SteadyStates;

public class ConservationLawTests
{
    /// <summary>Laws of a matrix whose rows are states and whose columns are processes.</summary>
    private static ConservationLaws Of(double[][] changes) => ConservationLaws.Of(
        changes.Length, Enumerable.Range(0, changes[0].Length).Select(j => changes.Select((row, i) => new StateTerm(i, row[j])).ToArray()));

    private static double Factor(IReadOnlyList<StateTerm> law, int state) => law.Where(t => t.State == state).Sum(t => t.Factor);

    [Fact]
    public void An_enzyme_keeps_enzyme_and_substrate()
    {
        // E + S <-> C -> E + P
        var laws = Of([[-1, 1, 1], [-1, 1, 0], [1, -1, -1], [0, 0, 1]]);
        Assert.Equal(2, laws.Laws.Count);
        foreach (var law in laws.Laws)
        {
            Assert.Equal(Factor(law, 0) + Factor(law, 1), Factor(law, 2));
            Assert.Equal(Factor(law, 1), Factor(law, 3));
        }
        foreach (var (law, state) in laws.Laws.Zip(laws.Dependent)) Assert.Equal(1, Factor(law, state));
        // What the three reactions do once, twice and three times changes no total.
        Assert.Equal(laws.Totals([10, 10, 10, 10]), laws.Totals([10 - 1 + 2 + 3, 10 - 1 + 2, 10 + 1 - 2 - 3, 10 + 3]), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void What_no_process_changes_is_a_law_of_its_own()
    {
        var laws = Of([[1, -1], [0, 0], [2, -2]]);
        Assert.Equal(2, laws.Laws.Count);
        Assert.Contains(1, laws.Dependent);
        Assert.Single(laws.Independent);
    }

    [Fact]
    public void Independent_changes_leave_nothing_conserved() =>
        Assert.Empty(Of([[1, 0, 1], [0, 1, 1]]).Laws);

    [Fact]
    public void Thirds_cancel_although_they_are_no_doubles()
    {
        const double third = 1.0 / 3;
        var laws = Of([[third, 1, -7 * third], [-1, -3, 7]]);
        // L (1/3, -1)' = 0: three of the first for one of the second.
        var law = laws.Laws.Single();
        Assert.Equal(3, Factor(law, 0) / Factor(law, 1), 1e-14);
    }

    [Fact]
    public void The_matrix_of_the_free_states_follows_the_bound_ones()
    {
        // A <-> B: dA/dt = -2 A + B with A + B fixed is dA/dt = -3 A + T.
        var laws = Of([[-1], [1]]);
        var reduced = laws.Reduce([(0, 0), (0, 1), (1, 0), (1, 1)], [-2, 1, 2, -1]);
        Assert.Equal([-3.0], reduced);
    }
}
