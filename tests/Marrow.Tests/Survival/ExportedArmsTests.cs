using System.Text.Json;
using Marrow.Tests.House;
using Marrow.Tests.Studies;

namespace Marrow.Tests.Survival;

/// <summary>Hazard ratio and log-rank test of two arms of an exported table, against R's survival package.</summary>
public sealed class ExportedArmsTests
{
    [Theory]
    [InlineData("os")]
    [InlineData("efs")]
    public void Two_arms_are_compared_as_R_compares_them(string endpoint)
    {
        var expected = JsonDocument.Parse(Repository.ReadText("tests/data/survival/inovate.json")).RootElement.GetProperty(endpoint).EnumerateArray().Select(v => v.GetDouble()).ToArray();
        var table = ExportedArms.Read(Repository.PathOf("tests/data/survival/inovate.csv"));
        Assert.Equal(400, table.Length);
        var found = ExportedArms.Of(table, endpoint, "Standard treatment", "Inotuzumab ozogamicin");
        Assert.All(found.Zip(expected), v => Assert.Equal(v.Second, v.First, 1e-6 * v.Second));
    }
}
