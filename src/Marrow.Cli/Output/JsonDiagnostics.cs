using System.Text.Json;
using System.Text.Json.Serialization;
using Marrow.Networks.Diagnostics;

namespace Marrow.Cli.Output;

/// <summary>A problem as one JSON object on one line, for editors and scripts.</summary>
internal sealed record JsonDiagnostic(
    string File, int Line, int Column, string Severity, string Code, string What, string Why, string Try)
{
    internal static string Of(Diagnostic problem) => JsonSerializer.Serialize(
        new JsonDiagnostic(
            problem.Where.File, problem.Where.Line, problem.Where.Line > 0 ? problem.Where.Column : 0,
            problem.Severity.ToString().ToLowerInvariant(), problem.Code, problem.What, problem.Why, problem.Try),
        JsonDiagnosticContext.Default.JsonDiagnostic);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonDiagnostic))]
internal sealed partial class JsonDiagnosticContext : JsonSerializerContext;
