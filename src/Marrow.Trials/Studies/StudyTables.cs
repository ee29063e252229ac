using Marrow.Trials.Clinical;
using Marrow.Trials.Observations;
using Marrow.Trials.Patients;

namespace Marrow.Trials.Studies;

/// <summary>Writes the tables of a run. They depend on study, seed and program only: no time, thread or machine enters them.</summary>
internal static class StudyTables
{
    private static readonly (string Name, Func<PatientOutcome, object?> Value)[] OutcomeColumns =
    [
        ("infused", o => o.Infused), ("attrition", o => o.Attrition), ("wait_days", o => o.WaitDays),
        ("best_response", o => o.BestResponse), ("remission", o => o.Remission), ("remission_day", o => o.RemissionDay),
        ("mrd_negative", o => o.MrdNegative), ("relapse_day", o => o.RelapseDay), ("relapse_type", o => o.RelapseType),
        ("death_day", o => o.DeathDay), ("death_cause", o => o.DeathCause), ("transplant_day", o => o.TransplantDay),
        ("new_therapy_day", o => o.NewTherapyDay), ("crossover_day", o => o.CrossoverDay), ("last_day", o => o.LastDay),
        ("crs_score", o => o.CytokineRelease?.PeakScore), ("crs_penn", o => o.CytokineRelease?.Penn),
        ("crs_astct", o => o.CytokineRelease?.Astct), ("crs_lee", o => o.CytokineRelease?.Lee),
        ("crs_onset_day", o => o.CytokineRelease?.OnsetDay), ("crs_duration_days", o => o.CytokineRelease?.DurationDays),
        ("tocilizumab_doses", o => o.CytokineRelease?.TocilizumabDays.Count), ("steroid", o => o.CytokineRelease?.Steroid),
        ("car_cmax", o => o.Car?.Cmax), ("car_tmax_day", o => o.Car?.Tmax), ("car_auc28", o => o.Car?.Auc28),
        ("car_last_day", o => o.Car?.LastQuantifiableDay), ("aplasia_start_day", o => o.AplasiaStartDay),
        ("aplasia_end_day", o => o.AplasiaEndDay), ("anc_recovery_day", o => o.AncRecoveryDay),
        ("early_infections", o => o.EarlyInfections), ("late_infections", o => o.LateInfections),
        ("icans_onset_day", o => o.Neurotoxicity?.OnsetDay), ("icans_severe", o => o.Neurotoxicity?.Severe),
        ("lysis_g_per_kg_d", o => o.Lysis?.PeakPerKg), ("lysis_laboratory", o => o.Lysis?.Laboratory), ("lysis_clinical", o => o.Lysis?.Clinical),
        ("igg_replacement_day", o => o.IggReplacementDay), ("gvhd_after_cells_day", o => o.GraftDiseaseDay), ("transplant_gvhd_grade", o => o.Graft?.AcuteGrade),
        ("salvage_start_day", o => o.Salvage?.StartDay), ("salvage_first_line", o => o.Salvage?.FirstLine), ("salvage_lines", o => o.Salvage?.LineDays.Count),
        ("salvage_remissions", o => o.Salvage?.RemissionDays.Count), ("salvage_transplants", o => o.Salvage?.Grafts.Count),
        ("palliation_day", o => o.Salvage?.PalliationDay), ("richter_day", o => o.RichterDay),
        ("os_enrolment_months", o => o.OsFromEnrolment.Months), ("os_enrolment_event", o => o.OsFromEnrolment.Event),
    ];

    /// <summary>Writes every table of a result into its folder.</summary>
    public static void Write(StudyResult result, IReadOnlyList<PatientRecord> records)
    {
        var folder = result.OutputFolder;
        WritePatients(folder, records);
        WriteOutcomes(folder, result);
        WriteEndpoints(folder, result);
        WriteSurvival(folder, result);
        WriteComparisons(folder, result);
        WriteKinetics(folder, result);
        WriteEvents(folder, result, records);
        CsvTable.Write(folder, "rejected.csv", ["reason", "candidates"], result.Rejected.Select(r => new object?[] { r.Reason, r.Count }));
        CsvTable.Write(folder, "failed.csv", ["patient", "arm", "phase", "day", "cause", "state", "draw", "seed", "remedy", "parameters"],
            result.Failures.Select(f => new object?[] { f.Patient, f.Arm, f.Phase, f.Day, f.Cause, f.State, f.Draw, f.Seed, f.Remedy, string.Join(' ', f.Parameters) }));
        ReplicateTable.Write(result);
        ObservationTable.Write(result, records);
        WriteDosed(folder, result, records);
        NumberCensus.Write(result.Study, folder);
    }

    private static void WritePatients(string folder, IReadOnlyList<PatientRecord> records)
    {
        string[] names = [.. records.SelectMany(r => r.Values.Keys).Distinct(StringComparer.Ordinal)];
        var reasons = Enum.GetValues<Rejection>();
        CsvTable.Write(folder, "patients.csv",
            ["patient", .. names, "growth_days", .. reasons.Select(r => $"rejected_{Reason(r)}".Replace(' ', '_')), "failed"],
            records.Select(r => new object?[] { r.Patient }
                .Concat(names.Select(n => r.Values.TryGetValue(n, out var v) ? (object?)v : null))
                .Append(r.GrowthDays)
                .Concat(reasons.Select(reason => (object?)r.Rejections.Count(x => x == reason)))
                .Append(r.Failure is not null)));
    }

    private static void WriteOutcomes(string folder, StudyResult result)
    {
        string[] views = [.. result.Arms.SelectMany(a => a.Outcomes).SelectMany(o => o.Views).Select(v => v.View).Distinct(StringComparer.Ordinal)];
        (string Name, Func<SurvivalView, TimeToEvent?> Time)[] times =
            [("os", v => v.Os), ("efs", v => v.Efs), ("rfs", v => v.Rfs), ("rfs_uncensored", v => v.RfsUncensored), ("aplasia", v => v.Aplasia)];
        var viewColumns = views.SelectMany(v => times.Select(t => (View: v, t.Name, t.Time))).ToArray();
        CsvTable.Write(folder, "outcomes.csv",
            ["arm", "patient", .. OutcomeColumns.Select(c => c.Name), .. viewColumns.SelectMany(c => new[] { $"{c.View}_{c.Name}_months", $"{c.View}_{c.Name}_event" })],
            result.Arms.SelectMany(a => a.Outcomes.Select(o => new object?[] { a.Name, o.Patient.Id }
                .Concat(OutcomeColumns.Select(c => c.Value(o)))
                .Concat(viewColumns.SelectMany(c =>
                {
                    var time = o.View(c.View) is { } view ? c.Time(view) : null;
                    return new object?[] { time?.Months, time?.Event };
                })))));
    }

    private static void WriteEndpoints(string folder, StudyResult result) => CsvTable.Write(folder, "endpoints.csv",
        ["arm", "id", "label", "group", "unit", "kind", "simulated", "lower", "upper", "n", "published", "published_lower", "published_upper", "published_interval", "published_n", "mark", "source", "inside", .. Uncertain(result, "uncertainty_lower", "uncertainty_upper")],
        result.Arms.SelectMany(a => a.Summary.Endpoints.Select(e => new object?[]
        {
            a.Name, e.Id, e.Label, e.Group, e.Unit, e.Kind, e.Simulated, e.Lower, e.Upper, e.SimulatedN, e.Published, e.PublishedLower,
            e.PublishedUpper, e.PublishedInterval, e.PublishedN, e.Mark, e.Source, e.Inside,
        }.Concat(Uncertain<object?>(result, e.UncertaintyLower, e.UncertaintyUpper)))));

    /// <summary>Cells that only studies with uncertain typical values have.</summary>
    private static T[] Uncertain<T>(StudyResult result, params T[] cells) => result.Study.Uncertainty is null ? [] : cells;

    private static void WriteSurvival(string folder, StudyResult result) => CsvTable.Write(folder, "survival.csv",
        ["arm", "endpoint", "view", "months", "survival", "lower", "upper"],
        result.Arms.SelectMany(a => a.Summary.Survival.Concat(a.Summary.TrialViewSurvival).SelectMany(c => c.Months.Select((m, i) => new object?[]
        {
            a.Name, c.Id, c.View, m, c.Survival[i], c.Lower[i], c.Upper[i],
        }))));

    private static void WriteComparisons(string folder, StudyResult result)
    {
        if (result.Comparisons.Count == 0) return;
        CsvTable.Write(folder, "comparisons.csv",
            ["endpoint", "arm", "reference", "patients", "events", "hazard_ratio", "lower_95", "upper_95", "p_value", "log_rank_chi_squared", "log_rank_p_value",
                "trial_lower_90", "trial_upper_90", "trial_n", "power", "published", "published_lower", "published_upper", "published_interval", "mark", "source"],
            result.Comparisons.SelectMany(c => c.Hazards.Select(h => new object?[]
            {
                c.Id, h.Arm, h.Reference, c.N, c.Events, h.Ratio?.HazardRatio, h.Ratio?.Limits.Lower, h.Ratio?.Limits.Upper, h.Ratio?.PValue,
                h.Test?.ChiSquared, h.Test?.PValue, h.Lower, h.Upper, h.TrialN, h.Power,
                h.Published?.Value, h.Published?.Lower, h.Published?.Upper, h.Published?.Interval, h.Published?.Mark, h.Published?.Source,
            })));
    }

    private static void WriteKinetics(string folder, StudyResult result) => CsvTable.Write(folder, "kinetics.csv",
        ["arm", "series", "unit", "day", "n", "q05", "q25", "q50", "q75", "q95"],
        result.Arms.SelectMany(a => a.Summary.Kinetics.SelectMany(k => k.Days.Select((day, i) => new object?[]
        {
            a.Name, k.Id, k.Unit, day, k.N[i], k.Q05[i], k.Q25[i], k.Q50[i], k.Q75[i], k.Q95[i],
        }))));

    private static void WriteEvents(string folder, StudyResult result, IReadOnlyList<PatientRecord> records)
    {
        CsvTable.Write(folder, "doses.csv", ["arm", "patient", "day", "drug", "amount", "unit", "by_rule"],
            PerArm(result, records).SelectMany(x => x.Record.Doses.Select(d => new object?[] { x.Arm, x.Patient, d.Day, d.Drug, d.Amount, d.Unit, d.ByRule })));
        CsvTable.Write(folder, "dose_decisions.csv", ["arm", "patient", "day", "drug", "decision"],
            PerArm(result, records).SelectMany(x => x.Record.Decisions.Select(d => new object?[] { x.Arm, x.Patient, d.Day, d.Drug, d.Decision })));
        CsvTable.Write(folder, "events.csv", ["arm", "patient", "day", "died_out"],
            PerArm(result, records).SelectMany(x => x.Record.Extinctions.Select(e => new object?[] { x.Arm, x.Patient, e.Day, e.Population })));
    }

    /// <summary>Which individual of a dosing table each patient is, if an arm has one.</summary>
    private static void WriteDosed(string folder, StudyResult result, IReadOnlyList<PatientRecord> records)
    {
        var arms = result.Study.Arms.Where(a => a.Regimen.Table is not null).ToList();
        if (arms.Count == 0) return;
        CsvTable.Write(folder, "dosed_individuals.csv", ["arm", "patient", "table", "individual"],
            arms.SelectMany(a => records.Select(r => new object?[] { a.Name, r.Patient, Path.GetFileName(a.Regimen.Table!.Table.File), a.Regimen.Table.Of(new PatientRandom(result.Seed, r.Patient))?.Id })));
    }

    private static IEnumerable<(string Arm, int Patient, ArmRecord Record)> PerArm(StudyResult result, IReadOnlyList<PatientRecord> records) =>
        result.Arms.SelectMany((arm, i) => records.Where(r => r.Failure is null).Select(r => (arm.Name, r.Patient, r.Arms[i])));

    /// <summary>A rejection criterion in words.</summary>
    public static string Reason(Rejection rejection) => rejection switch
    {
        Rejection.DiedOut => "leukaemia died out",
        Rejection.LevelledOff => "leukaemia levelled off",
        _ => "share at entry not reached in time",
    };
}
