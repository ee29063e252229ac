using System.Text.Json;
using System.Text.Json.Serialization;
using Marrow.Networks.Diagnostics;

namespace Marrow.Cli.Output;

/// <summary>What <c>marrow check --json</c> prints: docs/check.md describes it. Keys are added, never renamed.</summary>
internal sealed record CheckDocument(int Format, int Errors, int Warnings, IReadOnlyList<CheckDocument.File> Files, IReadOnlyList<CheckDocument.Problem> Problems)
{
    /// <summary>A file of the command line.</summary>
    internal sealed record File(string Path, string Contents, int Errors, int Warnings);

    /// <summary>A problem. Lines and columns are counted from 1.</summary>
    internal sealed record Problem(string File, int Line, int Column, int Length, string Severity, string Code, string Message, string Why, string Remedy);

    private const int CurrentFormat = 1;

    /// <summary>The document of checked files.</summary>
    internal static string Of(IReadOnlyList<CheckedFile> files)
    {
        Diagnostic[] problems = [.. files.SelectMany(f => f.Problems)];
        var document = new CheckDocument(
            CurrentFormat, Count(problems, Severity.Error), Count(problems, Severity.Warning),
            [.. files.Select(f => new File(f.Path, f.Contents, Count(f.Problems, Severity.Error), Count(f.Problems, Severity.Warning)))],
            [.. problems.Select(p => new Problem(p.Where.File, p.Where.Line, p.Where.Column, Math.Max(1, p.Where.Length), p.Severity.ToString().ToLowerInvariant(), p.Code, p.What, p.Why, p.Try))]);
        return JsonSerializer.Serialize(document, CheckDocumentContext.Default.CheckDocument);
    }

    private static int Count(IEnumerable<Diagnostic> problems, Severity severity) => problems.Count(p => p.Severity == severity);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CheckDocument))]
internal sealed partial class CheckDocumentContext : JsonSerializerContext;
