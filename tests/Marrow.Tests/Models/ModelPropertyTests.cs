using FsCheck;
using FsCheck.Fluent;
using Marrow.Networks.Compilation;

namespace Marrow.Tests.Models;

public sealed class ModelPropertyTests
{
    [Theory]
    [InlineData("models/diseases/bcp_all.ant", "bcp_all")]
    [InlineData("models/diseases/cll.ant", "cll")]
    [InlineData("models/diseases/bcp_all.ant", "t_all")]
    [InlineData("models/diseases/bcp_all.ant", "aml")]
    [InlineData("models/diseases/bcp_all.ant", "cml")]
    public void Every_disease_loads_with_units_and_sources_and_without_a_warning(string path, string disease)
    {
        var model = ModelFiles.Load(path, disease);
        Assert.NotEmpty(model.Network.Species);
    }

    /// <summary>Indices that live between 0 and 1.</summary>
    private static readonly string[] _shares = ["Cxcl12", "MissingSelf", "Synapse", "Cd20Left", "Pathogen", "CyInd", "GcEff", "TociOcc"];

    [Fact]
    public void No_empty_pool_loses_anything()
    {
        var model = ModelFiles.Patient("bcp_all");
        var parameters = model.DefaultParameters();
        foreach (var name in model.Parameters.Where(p => p.StartsWith("Rate", StringComparison.Ordinal)).Append("BridgingOn")) parameters[model.ParameterIndex(name)] = 1;
        // Decades from 1e-6 to 1e3 of every state's unit, and nothing.
        var level = Gen.Frequency((9, Gen.Choose(-600, 300).Select(e => Math.Pow(10, e / 100.0))), (1, Gen.Constant(0.0)));
        var points = level.ArrayOf(model.States.Count).ToArbitrary();
        Check.QuickThrowOnFailure(Prop.ForAll(points, states => LosesNothing(model, states, parameters)));
    }

    private static void LosesNothing(CompiledModel model, double[] states, double[] parameters)
    {
        foreach (var i in _shares.Select(model.StateIndex)) states[i] = Math.Min(states[i], 1);
        var slopes = new double[states.Length];
        for (var empty = 0; empty < states.Length; empty++)
        {
            var kept = states[empty];
            states[empty] = 0;
            model.RightHandSide(0, states, parameters, slopes);
            Assert.All(slopes, s => Assert.True(double.IsFinite(s)));
            Assert.True(slopes[empty] >= 0, $"{model.States[empty]} is empty and changes by {slopes[empty]}");
            states[empty] = kept;
        }
    }

    [Fact]
    public void Traffic_between_sites_moves_cells_and_makes_none()
    {
        // Without division, death and killers only traffic is left.
        var course = new Courses(ModelFiles.Patient("bcp_all"));
        foreach (var name in new[] { "rho", "rhoN", "dL", "dP", "kT", "kK", "kphi", "kphK" }) course.Set(name, 0);
        foreach (var (site, i) in ModelFiles.Sites.Select((site, i) => (site, i))) course[site + "_Sensitive"] = 0.5 + i;
        var slopes = ModelFiles.Sites.Select(site => course.Slope(site + "_Sensitive")).ToList();
        Assert.Equal(0, slopes.Sum(), 1e-14 * slopes.Sum(Math.Abs));
        Assert.All(slopes, s => Assert.NotEqual(0, s));
    }
}
