namespace Marrow.Tests;

public sealed class HouseTests
{
    [Fact]
    public void The_house_stands() => Assert.True(typeof(HouseTests).IsSealed);
}
