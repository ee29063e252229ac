using System.Xml;
using System.Xml.Linq;
using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Sedml;

/// <summary>Reads XML of others: no document types, no entities from elsewhere, limits on depth and size.</summary>
internal static class SafeXml
{
    private const int DeepestNesting = 400;
    private const long MostCharacters = 64L << 20;

    /// <summary>The document; null, with the problem reported, if the text is not XML within the limits.</summary>
    public static XDocument? Parse(string text, string file, DiagnosticBag bag)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MostCharacters,
            MaxCharactersFromEntities = 1,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using (var reader = XmlReader.Create(new StringReader(text), settings))
            {
                while (reader.Read())
                {
                    if (reader.Depth <= DeepestNesting) continue;
                    bag.Error(SedmlCodes.TooMuch, $"more than {DeepestNesting} elements inside one another", new SourceSpan(file, ((IXmlLineInfo)reader).LineNumber, 1, 1));
                    return null;
                }
            }
            using var again = XmlReader.Create(new StringReader(text), settings);
            return XDocument.Load(again, LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            bag.Error(SedmlCodes.BadSedml, $"the XML cannot be read: {e.Message}", new SourceSpan(file, e.LineNumber, e.LinePosition, 1), e.Message.Contains("DTD", StringComparison.Ordinal) ? "a document type may name entities, which are not read" : "");
            return null;
        }
    }

    /// <summary>Place of an element or attribute.</summary>
    public static SourceSpan Where(XObject? node, string file) =>
        node is IXmlLineInfo line && line.HasLineInfo() ? new SourceSpan(file, line.LineNumber, line.LinePosition, 1) : new SourceSpan(file, 0, 0, 1);
}
