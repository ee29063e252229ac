using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Marrow.Reports.Model;

/// <summary>JSON that may stand inside a script element: <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> are escaped, letters of any language are not.</summary>
internal static class ReportJson
{
    private static readonly ReportJsonContext _context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    });

    /// <summary>Writes the results.</summary>
    public static string Write(ReportData data) => JsonSerializer.Serialize(data, _context.ReportData);

    /// <summary>Reads results, refusing members that are unknown or missing.</summary>
    public static ReportData Read(string json) =>
        JsonSerializer.Deserialize(json, _context.ReportData) ?? throw new JsonException("The report holds no results.");
}

[JsonSerializable(typeof(ReportData))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
