using System.Xml;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml.Composition;
using Marrow.Networks.Structure;
using Marrow.Networks.Validation;

namespace Marrow.Networks.Sbml;

/// <summary>Reads SBML (Level 1, Level 2 Versions 1 to 5, Level 3 Versions 1 and 2 core, with the package comp; Keating et al., Mol Syst Biol 16:e9110, 2020) into networks.
/// What cannot be run is refused by name; notes and annotations are not kept.</summary>
public static class SbmlReader
{
    /// <summary>Whether a file is SBML by its ending: <c>.xml</c> or <c>.sbml</c>.</summary>
    public static bool Reads(string path) => Path.GetExtension(path).ToLowerInvariant() is ".xml" or ".sbml";

    /// <summary>Reads a file. Every problem goes to <paramref name="bag"/>.</summary>
    /// <returns>The network; null if there were errors.</returns>
    public static ReactionNetwork? ReadFile(string path, DiagnosticBag bag)
    {
        var reporter = new Reporter(bag);
        return Read(XmlLoader.File(path), path, Path.GetDirectoryName(Path.GetFullPath(path)), reporter);
    }

    /// <summary>Reads text. Models in other files are not read: there is no folder to look for them.</summary>
    /// <param name="text">The document.</param>
    /// <param name="fileName">How messages name it.</param>
    /// <param name="bag">Receives every problem.</param>
    public static ReactionNetwork? ReadText(string text, string fileName, DiagnosticBag bag)
    {
        var reporter = new Reporter(bag);
        reporter.AddSource(fileName, text);
        return Read(settings => XmlReader.Create(new StringReader(text), settings), fileName, null, reporter);
    }

    private static ReactionNetwork? Read(Func<XmlReaderSettings, XmlReader> open, string file, string? folder, Reporter reporter)
    {
        if (XmlLoader.Load(open, file, reporter) is not { } root || CompFlattener.Flat(root, folder, reporter) is not { } flat || SbmlDocument.Of(flat, reporter) is not { } document) return null;
        var network = new SbmlNetworkBuilder(document, reporter).Build(Path.GetFileNameWithoutExtension(file));
        // What stands in for a refused part would only be reported again.
        if (reporter.Bag.HasErrors) return null;
        NetworkValidator.Check(network, reporter, valuesFollow: false);
        return reporter.Bag.HasErrors ? null : network;
    }
}
