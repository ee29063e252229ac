using Marrow.Trials.Studies;

namespace Marrow.Trials.Observations;

/// <summary>observations.csv: what a trial's data base would hold of the readouts that a study observes.</summary>
internal static class ObservationTable
{
    /// <summary>Name in the run folder.</summary>
    public const string FileName = "observations.csv";

    private static readonly string[] Header = ["id", "arm", "visit", "day", "readout", "unit", "simulated", "observed", "lloq", "blq", "mdv", "dv"];

    /// <summary>Writes the table if the study observes anything.</summary>
    public static void Write(StudyResult result, IReadOnlyList<PatientRecord> records)
    {
        var rules = result.Study.Observations;
        if (rules.Count == 0) return;
        var rows = result.Arms.SelectMany((arm, i) => records.Where(r => r.Failure is null).SelectMany(r => (r.Arms[i].Observations ?? []).Select(p => Row(rules[p.Rule], p, arm.Name, r.Patient, result.Seed))));
        CsvTable.Write(result.OutputFolder, FileName, Header, rows);
    }

    private static object?[] Row(ObservationRule rule, ObservedPoint point, string arm, int patient, ulong seed)
    {
        var observed = rule.Observe(point.Simulated, seed, patient, point.Occasion);
        return [patient, arm, point.Visit, point.Day, rule.Id, rule.Unit, point.Simulated, observed.Value, rule.Limit > 0 ? rule.Limit : null, observed.BelowLimit, observed.Value is null, point.Measured];
    }
}
