using System.Globalization;
using Marrow.Networks.Compilation;
using Marrow.Tests.House;

namespace Marrow.Tests.Models;

/// <summary>Reference values of the core: right-hand sides at given states and courses of the median patient, computed by an
/// independent implementation at a relative tolerance of 1e-9 (tests/data/core_model_2/check.csv).</summary>
internal static class CoreReference
{
    private const string Short =
        "Tn CtlNaive,Te CtlEff,Tp CtlProgExh,Tt CtlTermExh,Tm CtlMem,H Helper,R Treg,Tb TBystander,D DcImm,Dm DcMat,K Nk,Kx NkHypo,"
        + "Q MissingSelf,M1 MacM1,M2 MacM2,S Mdsc,Bp BPre,B BCell,Ab AntiLeukAb,IL2 Il2,IL15 Il15,IFN Ifng,IL10 Il10,TGF Tgfb,IL6 Il6,"
        + "VEGF Vegf,sM SolMic,X12 Cxcl12,A Stroma,V Vessels,Y Synapse,G MarrowNormal,Cp CarProlif,Ce CarEff,Cm CarMem,W Pathogen,"
        + "Ev PathCtlEff,Em PathCtlMem,IgG Igg,Z Cd20Left,Rc RtxC,Rp RtxP,Ld LenDepot,Lc LenC,Pc Pd1C,Pp Pd1P,Bl BlinC,Ch ChemoExp,Tc TociC,"
        + "u0 RateRituximab,u1 RateLenalidomide,u2 RateNivolumab,u3 RateBlinatumomab,u4 RateChemo,u5 RateTocilizumab";

    private static readonly Dictionary<string, string> _names = Names();
    private static readonly (string Kind, string Case, double Time, string Name, double Value)[] _rows = Read();

    /// <summary>Rows of a kind and case: time, name in this repository, value.</summary>
    public static IEnumerable<(double Time, string Name, double Value)> Rows(string kind, string caseName) =>
        _rows.Where(r => r.Kind == kind && r.Case.StartsWith(caseName, StringComparison.Ordinal)).Select(r => (r.Time, r.Name, r.Value));

    /// <summary>State and parameters of a case: the model's own, with what the reference gives laid over them.</summary>
    public static (double[] States, double[] Parameters) Point(CompiledModel model, string caseName)
    {
        var parameters = model.DefaultParameters();
        foreach (var (_, name, value) in Rows("input", caseName)) parameters[model.ParameterIndex(name)] = value;
        var states = new double[model.States.Count];
        foreach (var (_, name, value) in Rows("state", caseName)) states[model.StateIndex(name)] = value;
        return (states, parameters);
    }

    private static Dictionary<string, string> Names()
    {
        var names = Short.Split(',').Select(pair => pair.Split(' ')).ToDictionary(p => p[0], p => p[1]);
        string[] sites = ["LM Marrow_", "LN Niche_", "LP Blood_", "LX Tissue_"], clones = ["Sensitive", "Cd19Neg", "Resistant", "MhcLow"];
        foreach (var site in sites.Select(s => s.Split(' ')))
            for (var i = 0; i < clones.Length; i++) names[$"{site[0]}{i + 1}"] = site[1] + clones[i];
        return names;
    }

    private static (string, string, double, string, double)[] Read() =>
    [
        .. Repository.ReadText("tests/data/core_model_2/check.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Trim().Split(','))
            .Select(c => (c[0], c[1], Number(c[2]), _names.GetValueOrDefault(c[3], c[3]), Number(c[4]))),
    ];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
