using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Networks.Simulation;
using Marrow.Networks.Structure;

namespace Marrow.Tests.Sbml;

/// <summary>Small SBML documents, with formulas in place of MathML where a test is about something else.</summary>
internal static class SbmlText
{
    public const string Compartment = "<listOfCompartments><compartment id='C' size='2' constant='true' spatialDimensions='3'/></listOfCompartments>";

    /// <summary>A document of Level 3 Version 2 around the content of a model.</summary>
    public static string Model(string content, string attributes = "", string packages = "") =>
        $"<?xml version='1.0' encoding='UTF-8'?><sbml xmlns='http://www.sbml.org/sbml/level3/version2/core' level='3' version='2' {packages}><model id='m' {attributes}>{content}</model></sbml>";

    public static string Math(string content) => $"<math xmlns='http://www.w3.org/1998/Math/MathML'>{content}</math>";

    /// <summary>The product of two names.</summary>
    public static string Times(string a, string b) => Math($"<apply><times/><ci>{a}</ci><ci>{b}</ci></apply>");

    public static string Number(string value) => Math($"<cn>{value}</cn>");

    public static string Species(string id, string attributes) =>
        $"<listOfSpecies><species id='{id}' compartment='C' hasOnlySubstanceUnits='false' boundaryCondition='false' constant='false' {attributes}/></listOfSpecies>";

    public static string Parameter(string id, double value, bool constant = true) =>
        FormattableString.Invariant($"<parameter id='{id}' value='{value}' constant='{(constant ? "true" : "false")}'/>");

    public static ReactionNetwork Read(string text)
    {
        var bag = new DiagnosticBag();
        var network = SbmlReader.ReadText(text, "model.xml", bag);
        Assert.True(network is not null, string.Join('\n', bag.Items));
        return network;
    }

    /// <summary>The problems of a text that is refused.</summary>
    public static IReadOnlyList<Diagnostic> Refused(string text)
    {
        var bag = new DiagnosticBag();
        Assert.Null(SbmlReader.ReadText(text, "model.xml", bag));
        Assert.True(bag.HasErrors);
        return bag.Items;
    }

    /// <summary>Follows a model to times 0, 1, 2.</summary>
    public static TimeSeries Simulate(string text, params string[] observables) =>
        CompiledModel.Compile(Read(text), new CompileOptions { Observables = [.. observables] }).Simulate(2, 3, relative: 1e-9, absolute: 1e-12);
}
