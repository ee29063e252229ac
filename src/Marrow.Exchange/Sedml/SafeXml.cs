using System.Xml;
using System.Xml.Linq;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;

namespace Marrow.Exchange.Sedml;

/// <summary>Reads XML of others: no document types, no entities from elsewhere, limits on depth and size.</summary>
internal static class SafeXml
{
    /// <summary>A text of the greatest length may hold many more elements and attributes than fit into memory.</summary>
    private const int MostParts = 2_000_000;

    /// <summary>The document; null, with the problem reported, if the text is not XML within the limits.</summary>
    public static XDocument? Parse(string text, string file, DiagnosticBag bag)
    {
        XmlReader? reader = null;
        try
        {
            reader = XmlReader.Create(new StringReader(text), XmlLimits.Settings());
            for (var parts = 0; reader.Read();)
            {
                if (reader.NodeType == XmlNodeType.Element) parts += 1 + reader.AttributeCount;
                if (reader.Depth <= XmlLimits.DeepestNesting && parts < MostParts) continue;
                bag.Error(SedmlCodes.TooMuch, parts < MostParts ? $"more than {XmlLimits.DeepestNesting} elements inside one another" : $"more than {MostParts} elements and attributes", new SourceSpan(file, ((IXmlLineInfo)reader).LineNumber, 1, 1));
                return null;
            }
            using var again = XmlReader.Create(new StringReader(text), XmlLimits.Settings());
            return XDocument.Load(again, LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            var (what, why, where) = XmlLimits.Explain(e, reader, file);
            bag.Error(SedmlCodes.BadSedml, what, where, why);
            return null;
        }
        finally
        {
            reader?.Dispose();
        }
    }

    /// <summary>Place of an element or attribute.</summary>
    public static SourceSpan Where(XObject? node, string file) =>
        node is IXmlLineInfo line && line.HasLineInfo() ? new SourceSpan(file, line.LineNumber, line.LinePosition, 1) : new SourceSpan(file, 0, 0, 1);
}
