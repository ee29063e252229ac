using System.Globalization;
using System.Reflection;
using Marrow.Networks.Shipped;
using Marrow.Reports.Model;
using Marrow.Reports.Words;
using Marrow.Trials.Studies;

namespace Marrow.Reports.Building;

/// <summary>From the results of a study to what the page reads.</summary>
internal static class ReportBuilder
{
    /// <summary>Everything that the page shows.</summary>
    public static ReportData Build(StudyResult result)
    {
        var study = result.Study;
        var clock = Clock.Of(study);
        var trials = result.Arms.Select(a => a.Summary.Trial).Where(t => t.Length > 0).Select(t => t.ToUpperInvariant()).Distinct(StringComparer.Ordinal).ToList();
        return new ReportData
        {
            Version = Version(),
            Study = new(Path.GetFileNameWithoutExtension(study.File), study.Title, study.Question, result.Patients, study.FollowUpMonths, Text(result.Seed)),
            Head = new(
                $"Virtual trial · {study.Title}{(trials.Count > 0 ? $" · compared with {Sentences.List(trials)}" : "")}",
                Headlines.Headline(result), Headlines.Standfirst(result), Headlines.Outside(result), Headlines.Warning(result)),
            Arms = [.. result.Arms.Select(arm => ArmBuilder.Build(arm, study))],
            Clock = new(clock.Start, clock.Treated),
            Comparisons = ComparisonBuilder.Build(result),
            Rejected = [.. result.Rejected.Select(r => new CountData(Typography.Capital(r.Reason), r.Count))],
            Failures = [.. result.Failures.Select(Failure)],
            FailureNote = Headlines.FailureNote(result),
            Parameters = new(result.ParameterCounts.Measured, result.ParameterCounts.Fitted, result.ParameterCounts.Assumed, result.ParameterCounts.Unverified,
                result.WeightedShares is { } w ? new WeightedData(w.Measured, w.Fitted, w.Assumed, w.Parameters) : null),
            Assumptions = [.. result.Assumptions.Select(a => new AssumptionData(a.Name, a.Value, a.Unit, a.Reason, a.File))],
            Provenance = Provenance(result),
            Inputs = [.. result.Inputs.Select(i => new Entry(i.File, i.Sha256))],
        };
    }

    private static FailureData Failure(PatientFailure failure) => new(
        failure.Patient, failure.Arm, failure.Phase, failure.Day,
        failure.State.Length == 0 ? failure.Cause : $"{failure.Cause} (largest error in {failure.State})",
        failure.Remedy, failure.Draw, Text(failure.Seed), failure.Parameters);

    private static List<Entry> Provenance(StudyResult result)
    {
        var (study, timing) = (result.Study, result.Timing);
        var patients = result.Patients == study.Patients ? "" : $" --patients {Text(result.Patients)}";
        return
        [
            new("Command", $"marrow run {InFolder(study.File)} --seed {Text(result.Seed)}{patients}"),
            new("Seed", Text(result.Seed)),
            new("Marrow", Commit() is { Length: > 0 } commit ? $"{Version()}, commit {commit}" : Version()),
            new("Model", (ShippedFiles.NameOf(study.File) is null ? ShippedFiles.NameOf(study.ModelFile) : null) ?? Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(study.File))!, study.ModelFile).Replace('\\', '/')),
            new("Solver", FormattableString.Invariant($"BDF in lanes, relative tolerance {study.Solver.Relative:0.#e-0}, absolute {study.Solver.Absolute:0.#e-0}")),
            new("Time", FormattableString.Invariant($"{timing.Seconds:0.0} s for {timing.Simulated} patients, {timing.PreparationSeconds:0.0} s to read and compile the model")),
            new("Processor", $"{Sentences.Plural(timing.Threads, "thread", "threads")}; {Numbers.Percent(timing.LaneUse)} of lane places in use; {Numbers.Amount(timing.MicrosecondsPerPatient)} µs a patient; {Numbers.Amount(timing.Steps)} steps"),
        ];
    }

    /// <summary>The file with its folder, as one would type it: where the reader's copy lies is not ours to say.</summary>
    private static string InFolder(string file)
    {
        var full = Path.GetFullPath(file);
        return $"{Path.GetFileName(Path.GetDirectoryName(full))}/{Path.GetFileName(full)}";
    }

    private static string Informational() =>
        typeof(ReportBuilder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static string Version() => Informational().Split('+')[0];

    private static string Commit() => Informational().Split('+') is [_, { Length: > 12 } commit] ? commit[..12] : "";

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
