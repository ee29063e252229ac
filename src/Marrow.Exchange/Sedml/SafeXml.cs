using System.Xml;
using System.Xml.Linq;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;

namespace Marrow.Exchange.Sedml;

/// <summary>Reads XML of others: no document types, no entities from elsewhere, limits on depth and size.</summary>
internal static class SafeXml
{
    /// <summary>The document; null, with the problem reported, if the text is not XML within the limits.</summary>
    public static XDocument? Parse(string text, string file, DiagnosticBag bag)
    {
        XmlReader? reader = null;
        try
        {
            reader = XmlReader.Create(new StringReader(text), XmlLimits.Settings());
            while (reader.Read())
            {
                if (reader.Depth <= XmlLimits.DeepestNesting) continue;
                bag.Error(SedmlCodes.TooMuch, $"more than {XmlLimits.DeepestNesting} elements inside one another", new SourceSpan(file, ((IXmlLineInfo)reader).LineNumber, 1, 1));
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
