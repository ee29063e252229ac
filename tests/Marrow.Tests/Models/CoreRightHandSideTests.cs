namespace Marrow.Tests.Models;

public sealed class CoreRightHandSideTests
{
    /// <summary>The sums of a slope add flows of up to about 160 times the state a day; each rounds to one part in 1e16.</summary>
    private const double Rounding = 1e-13;

    [Theory]
    [InlineData("BCP-ALL start", "bcp_all")]
    [InlineData("BCP-ALL mixed", "bcp_all")]
    [InlineData("CLL mixed", "cll")]
    public void Slopes_equal_the_reference_to_ten_digits(string caseName, string disease)
    {
        var model = ModelFiles.FrozenCore(disease);
        var (states, parameters) = CoreReference.Point(model, caseName);
        var slopes = new double[states.Length];
        model.RightHandSide(0, states, parameters, slopes);

        var expected = CoreReference.Rows("rhs", caseName).ToList();
        Assert.Equal(model.States.Count, expected.Count);
        Assert.All(expected, row =>
        {
            var i = model.StateIndex(row.Name);
            Assert.True(Math.Abs(slopes[i] - row.Value) <= (1e-10 * Math.Abs(row.Value)) + (Rounding * states[i]), $"{row.Name}: {slopes[i]:R}, expected {row.Value:R}");
        });
    }

    [Fact]
    public void The_healthy_start_equals_the_reference()
    {
        var model = ModelFiles.FrozenCore("bcp_all");
        var states = new double[model.States.Count];
        model.InitialStates(model.DefaultParameters(), states);

        Assert.All(CoreReference.Rows("state", "BCP-ALL start"), row => Assert.Equal(row.Value, states[model.StateIndex(row.Name)], 1e-15 * Math.Abs(row.Value)));
    }
}
