using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marrow.Networks.Shipped;

namespace Marrow.Trials.Studies;

/// <summary>manifest.json: what a run was made of and what it cost.</summary>
internal static class Manifest
{
    /// <summary>Name in the run folder. A run writes it last of its own files: where it is, the run was finished.</summary>
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes the manifest under a temporary name, then in its place.</summary>
    public static void Write(StudyResult result, string key)
    {
        var path = Path.Combine(result.OutputFolder, FileName);
        var text = JsonSerializer.Serialize(
            new
            {
                result.Study.Title,
                StudyFile = Path.GetFileName(result.Study.File),
                result.Seed,
                result.Patients,
                FailedPatients = result.Failures.Count,
                Rejected = result.Rejected.ToDictionary(r => r.Reason, r => r.Count),
                Arms = result.Arms.Select(a => new { a.Name, a.Summary.Flow }),
                result.Study.FollowUpMonths,
                result.Study.Solver,
                result.Study.Stated,
                Parameters = result.ParameterCounts,
                result.WeightedShares,
                Key = key,
                Inputs = result.Inputs.ToDictionary(i => i.File, i => i.Sha256),
                ShippedFolder = ShippedFiles.Root,
                Program = InputHashes.Programs.ToDictionary(
                    a => a.GetName().Name!, a => a.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? ""),
                Runtime = RuntimeInformation.FrameworkDescription,
                Processor = new
                {
                    Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
                    Threads = Environment.ProcessorCount,
                    Vector256 = Vector256.IsHardwareAccelerated,
                    Vector512 = Vector512.IsHardwareAccelerated,
                },
                result.Timing,
            },
            Json);
        File.WriteAllText(path + ".tmp", text + "\n");
        File.Move(path + ".tmp", path, overwrite: true);
    }
}
