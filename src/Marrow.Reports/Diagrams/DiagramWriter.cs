using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Marrow.Networks.Provenance;

namespace Marrow.Reports.Diagrams;

/// <summary>Writes the diagram of a model as one page that opens offline; it is laid out where it is read.</summary>
public static class DiagramWriter
{
    private static readonly DiagramJsonContext _context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // Escapes what could end the script element that holds it.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    /// <summary>Writes the page.</summary>
    /// <param name="model">The model with its numbers.</param>
    /// <param name="version">Marrow's version.</param>
    /// <param name="writer">Receives the page.</param>
    public static void Write(LoadedModel model, string version, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(PageTemplate.Fill("diagram.html", Json(DiagramBuilder.Build(model, version))));
    }

    /// <summary>The diagram as the page reads it.</summary>
    internal static string Json(DiagramData data) => JsonSerializer.Serialize(data, _context.DiagramData);
}

[JsonSerializable(typeof(DiagramData))]
internal sealed partial class DiagramJsonContext : JsonSerializerContext;
