using System.Xml;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml.Composition;

namespace Marrow.Networks.Sbml;

/// <summary>Reads XML into a tree without recursion: no document types, no entities from elsewhere, limits on depth and size.</summary>
internal static class XmlLoader
{
    /// <summary>A text of the greatest length may hold many more than fit into memory.</summary>
    internal const int MostElements = 2_000_000;

    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal) { "notes", "annotation", "message" };

    /// <summary>How <see cref="Load"/> opens a file.</summary>
    public static Func<XmlReaderSettings, XmlReader> File(string path) => settings =>
    {
        settings.CloseInput = true;
        return XmlReader.Create(System.IO.File.OpenRead(path), settings);
    };

    /// <summary>The root element; null, with the problem reported, if the text is not XML within the limits.</summary>
    public static XmlNode? Load(Func<XmlReaderSettings, XmlReader> open, string file, Reporter reporter)
    {
        XmlReader? reader = null;
        try
        {
            reader = open(XmlLimits.Settings());
            return Read(reader, file, reporter);
        }
        catch (XmlException e)
        {
            var (what, why, where) = XmlLimits.Explain(e, reader, file);
            reporter.Error(ErrorCodes.BadXml, where, what, why);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            reporter.Error(ErrorCodes.FileUnreadable, new SourceSpan(file, 0, 0, 1), "the file cannot be read", e.Message);
        }
        finally
        {
            reader?.Dispose();
        }
        return null;
    }

    private static XmlNode? Read(XmlReader reader, string file, Reporter reporter)
    {
        XmlNode? root = null;
        var open = new Stack<XmlNode>();
        var count = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var node = Element(reader, file);
                    if (open.TryPeek(out var parent)) parent.Add(node);
                    root ??= node;
                    if (++count > MostElements)
                    {
                        reporter.Error(ErrorCodes.TooComplex, node.Where, $"more than {MostElements} elements");
                        return null;
                    }
                    if (open.Count >= XmlLimits.DeepestNesting)
                    {
                        reporter.Error(ErrorCodes.TooComplex, node.Where, $"more than {XmlLimits.DeepestNesting} elements inside one another", "", "naming parts of the formula by assignment rules");
                        return null;
                    }
                    if (!reader.IsEmptyElement && Skipped.Contains(node.Name)) Skip(reader);
                    else if (!reader.IsEmptyElement) open.Push(node);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    open.Peek().AddText(reader.Value);
                    break;
            }
        }
        return root;
    }

    /// <summary>Goes to the end of the element, whatever is inside.</summary>
    private static void Skip(XmlReader reader)
    {
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
        }
    }

    private static XmlNode Element(XmlReader reader, string file)
    {
        var place = (IXmlLineInfo)reader;
        var node = new XmlNode(reader.LocalName, reader.NamespaceURI, new SourceSpan(file, place.LineNumber, place.LinePosition, reader.Name.Length));
        if (!reader.MoveToFirstAttribute()) return node;
        do
        {
            if (reader.Name.StartsWith("xmlns", StringComparison.Ordinal)) node.Packages.TryAdd(reader.Value, false);
            else if (reader.Prefix.Length > 0 && reader.LocalName == "required") node.Packages[reader.NamespaceURI] = reader.Value.Trim() is "true" or "1";
            else if (reader.Prefix.Length == 0 || reader.LocalName == "units" || (reader.NamespaceURI == node.Space && CompDocument.IsComposition(node.Space))) node.Add(reader.LocalName, reader.Value.Trim());
        }
        while (reader.MoveToNextAttribute());
        reader.MoveToElement();
        return node;
    }
}
