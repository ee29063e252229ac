using System.Text.Json;

namespace Marrow.Cli.Simulation;

/// <summary>One line of the manifest of <c>marrow simulate --batch</c>: a model, its times and columns, and where the table goes.</summary>
/// <param name="Case">Name of the run.</param>
/// <param name="Sbml">The model.</param>
/// <param name="Start">Time at which the model starts; null: 0.</param>
/// <param name="Duration">Time simulated.</param>
/// <param name="Steps">Intervals.</param>
/// <param name="Variables">Columns; null or none: all that vary.</param>
/// <param name="Amount">Species written as amounts.</param>
/// <param name="Concentration">Species written as concentrations.</param>
/// <param name="Absolute">Absolute tolerance to which the result is to be right.</param>
/// <param name="Relative">Relative tolerance to which the result is to be right.</param>
/// <param name="Output">File for the table; null: CASE.csv in the folder.</param>
/// <param name="Unsupported">File for the reason why the model is not supported; null: CASE.unsupported.</param>
internal sealed record BatchRow(
    string Case, string Sbml, double? Start, double? Duration, int? Steps, string[]? Variables, string[]? Amount, string[]? Concentration,
    double? Absolute, double? Relative, string? Output, string? Unsupported)
{
    /// <summary>Its times.</summary>
    internal TimeGrid Grid => new(Start, null, null, Duration ?? 100, Steps ?? 100, null);
}

/// <summary>Reads manifests: JSON lines.</summary>
internal static class BatchManifest
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The rows of a manifest.</summary>
    /// <exception cref="InvalidDataException">A line is not one of a manifest.</exception>
    internal static IReadOnlyList<BatchRow> Read(string path)
    {
        var rows = new List<BatchRow>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            rows.Add(Parse(line, path, number));
        }
        return rows;
    }

    private static BatchRow Parse(string line, string path, int number)
    {
        try
        {
            if (JsonSerializer.Deserialize<BatchRow>(line, Options) is { Case.Length: > 0, Sbml.Length: > 0 } row)
                return row.Grid.Problem() is { } problem ? throw new InvalidDataException($"{path}:{number}: {problem}") : row;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}:{number}: not a line of JSON: {e.Message}", e);
        }
        throw new InvalidDataException($"{path}:{number}: a line needs 'case' and 'sbml'.");
    }
}
