using System.Xml;
using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Sbml;

/// <summary>How XML of others is read, whatever it says: no document types, no entities from elsewhere, limits on depth and size.</summary>
public static class XmlLimits
{
    /// <summary>Elements inside one another; formulas are followed recursively.</summary>
    public const int DeepestNesting = 400;

    private const long MostCharacters = 64L << 20;

    /// <summary>Settings for a reader; a new object.</summary>
    public static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostCharacters,
        MaxCharactersFromEntities = 1,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>What is wrong with a text that cannot be read, why, and where the reader stopped: limits and document types are refused
    /// without a place of their own.</summary>
    /// <param name="problem">The exception.</param>
    /// <param name="reader">The reader, not yet closed; null if it could not be made.</param>
    /// <param name="file">How messages name the document.</param>
    public static (string What, string Why, SourceSpan Where) Explain(XmlException problem, XmlReader? reader, string file)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var (line, column) = problem.LineNumber > 0 || reader is not IXmlLineInfo at ? (problem.LineNumber, problem.LinePosition) : (at.LineNumber, at.LinePosition);
        var why = problem.Message.Contains("DTD", StringComparison.Ordinal) ? "a document type may name entities, which are not read" : "";
        return ($"the XML cannot be read: {problem.Message}", why, new SourceSpan(file, Math.Max(1, line), Math.Max(1, column), 1));
    }
}
