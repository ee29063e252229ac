using System.Globalization;
using System.Text.Json;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Clinical;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Comparisons;

/// <summary>A number of the endpoint table.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Id">Name of the endpoint in tables.</param>
/// <param name="Label">Its name in reports.</param>
/// <param name="Group">Heading under which it stands.</param>
/// <param name="Unit">Unit; empty for shares and ratios.</param>
/// <param name="IsShare">Whether it is a share of patients.</param>
/// <param name="Value">Simulated value; NaN where it could not be formed.</param>
public sealed record RunEndpoint(string Arm, string Id, string Label, string Group, string Unit, bool IsShare, double Value);

/// <summary>A curve of a run: a share over months that changes in steps, or a median over days.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Id">What it is of.</param>
/// <param name="Unit">Unit of the values; empty for shares.</param>
/// <param name="At">Months or days, ascending.</param>
/// <param name="Values">Values there.</param>
public sealed record RunCurve(string Arm, string Id, string Unit, IReadOnlyList<double> At, IReadOnlyList<double> Values);

/// <summary>A number that went into a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">The file that states it.</param>
/// <param name="Value">Value.</param>
/// <param name="Unit">Unit.</param>
public sealed record RunNumber(string Name, string File, double Value, string Unit);

/// <summary>A finished run, read back from its folder.</summary>
public sealed record FinishedRun
{
    private static readonly string[] Described = ["title", "study_file", "seed", "patients", "failed_patients", "follow_up_months", "solver", "inputs", "program"];

    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Settings of the run by name: study, seed, patients, follow-up, solver, program.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>SHA-256 of every file that went into it.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>Every number that went into it.</summary>
    public required IReadOnlyList<RunNumber> Numbers { get; init; }

    /// <summary>Endpoints of all arms.</summary>
    public required IReadOnlyList<RunEndpoint> Endpoints { get; init; }

    /// <summary>Survival curves of all arms; <see cref="RunCurve.Id"/> is endpoint and view.</summary>
    public required IReadOnlyList<RunCurve> Survival { get; init; }

    /// <summary>Medians over time of all arms.</summary>
    public required IReadOnlyList<RunCurve> Kinetics { get; init; }

    /// <summary>What each patient was born with, as it was written.</summary>
    public required IReadOnlyDictionary<int, string> Patients { get; init; }

    /// <summary>Remission and death of each patient in each arm.</summary>
    public required IReadOnlyDictionary<(string Arm, int Patient), (bool Remission, bool Died)> Outcomes { get; init; }

    /// <summary>Names of the arms, in the order of the study.</summary>
    public IReadOnlyList<string> Arms => [.. Endpoints.Select(e => e.Arm).Distinct(StringComparer.Ordinal)];

    /// <summary>Reads a folder; problems go to <paramref name="bag"/>.</summary>
    /// <returns>Null if there are errors.</returns>
    public static FinishedRun? Load(string folder, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(bag);
        var own = new DiagnosticBag();
        var run = Read(folder, own);
        bag.AddRange(own.Items);
        return own.HasErrors ? null : run;
    }

    private static FinishedRun? Read(string folder, DiagnosticBag bag)
    {
        if (ReadManifest(folder, bag) is not { } manifest) return null;
        IReadOnlyList<ClinicalRow> Rows(string name, params string[] columns) => ClinicalTable.Load(Path.Combine(folder, name), columns, bag).Rows;
        return new FinishedRun
        {
            Folder = folder,
            Settings = manifest.Settings,
            Inputs = manifest.Inputs,
            Numbers = [.. Rows("numbers.csv", "name", "value", "unit", "file").Select(r => new RunNumber(r.Text("name"), r.Text("file"), Number(r, "value"), r.Text("unit")))],
            Endpoints =
            [
                .. Rows("endpoints.csv", "arm", "id", "label", "group", "unit", "kind", "simulated")
                    .Select(r => new RunEndpoint(r.Text("arm"), r.Text("id"), r.Text("label"), r.Text("group"), r.Text("unit"), r.Text("kind") == "share", Number(r, "simulated"))),
            ],
            Survival = Curves(Rows("survival.csv", "arm", "endpoint", "view", "months", "survival"), r => $"{r.Text("endpoint")}, {r.Text("view")}", _ => "", "months", "survival"),
            Kinetics = Curves(Rows("kinetics.csv", "arm", "series", "unit", "day", "q50"), r => r.Text("series"), r => r.Text("unit"), "day", "q50"),
            Patients = Lines(Path.Combine(folder, "patients.csv"), bag),
            Outcomes = Once(Rows("outcomes.csv", "arm", "patient", "remission", "death_day"), bag)
                .ToDictionary(r => (r.Text("arm"), (int)Number(r, "patient")), r => (r.Text("remission") == "1", r.Text("death_day").Length > 0)),
        };
    }

    /// <summary>Rows of outcomes; a patient of an arm who stands there twice is reported and left out.</summary>
    private static IEnumerable<ClinicalRow> Once(IReadOnlyList<ClinicalRow> rows, DiagnosticBag bag)
    {
        foreach (var patient in rows.GroupBy(r => (r.Text("arm"), (int)Number(r, "patient"))))
        {
            if (patient.Skip(1).FirstOrDefault() is { } twice) bag.Error(ComparisonCodes.NoRun, $"patient {twice.Text("patient")} of '{twice.Text("arm")}' stands twice", twice.Where);
            yield return patient.First();
        }
    }

    private static (Dictionary<string, string> Settings, Dictionary<string, string> Inputs)? ReadManifest(string folder, DiagnosticBag bag)
    {
        var path = Path.Combine(folder, Manifest.FileName);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            var root = document.RootElement;
            if (Array.Find(Described, name => !root.TryGetProperty(name, out _)) is { } missing)
                return Problem($"it has no '{missing}'");
            var settings = Described.Where(n => n != "inputs").ToDictionary(n => n.Replace('_', ' '), n => root.GetProperty(n).ToString(), StringComparer.Ordinal);
            return (settings, root.GetProperty("inputs").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "", StringComparer.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return Problem(e.Message);
        }

        (Dictionary<string, string>, Dictionary<string, string>)? Problem(string why)
        {
            bag.Error(ComparisonCodes.NoRun, $"'{folder}' holds no finished run", new SourceSpan(path, 0, 0, 1), why, ComparisonCodes.NoRun.Cure);
            return null;
        }
    }

    private static IReadOnlyList<RunCurve> Curves(
        IReadOnlyList<ClinicalRow> rows, Func<ClinicalRow, string> id, Func<ClinicalRow, string> unit, string at, string value) =>
    [
        .. rows.GroupBy(r => (Arm: r.Text("arm"), Id: id(r), Unit: unit(r)))
            .Select(g => new RunCurve(g.Key.Arm, g.Key.Id, g.Key.Unit, [.. g.Select(r => Number(r, at))], [.. g.Select(r => Number(r, value))])),
    ];

    /// <summary>Rows of a table by their first cell.</summary>
    private static Dictionary<int, string> Lines(string path, DiagnosticBag bag)
    {
        try
        {
            return File.ReadLines(path).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',', 2))
                .ToDictionary(c => int.Parse(c[0], CultureInfo.InvariantCulture), c => c.Length > 1 ? c[1] : "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            bag.Error(ComparisonCodes.NoRun, $"'{path}' cannot be read", new SourceSpan(path, 0, 0, 1), e.Message, ComparisonCodes.NoRun.Cure);
            return [];
        }
    }

    /// <summary>A number as tables hold it: empty for none, and infinite for a median that is not reached.</summary>
    private static double Number(ClinicalRow row, string column) =>
        double.TryParse(row.Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
}
