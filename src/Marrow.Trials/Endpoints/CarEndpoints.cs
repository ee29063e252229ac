using Marrow.Numerics.Statistics;
using Marrow.Trials.Clinical;

namespace Marrow.Trials.Endpoints;

/// <summary>A measure of transgene exposure.</summary>
/// <param name="Id">Part of the endpoint's name.</param>
/// <param name="Label">Part of its label.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Of">A patient's value; null without one, or where it cannot be put on a log scale.</param>
internal sealed record CarMeasure(string Id, string Label, string Unit, Func<CarKinetics, double?> Of)
{
    public static readonly CarMeasure Cmax = new("cmax", "CAR-T Cmax, geometric mean", "copies/ug", c => c.Cmax);
    public static readonly CarMeasure Auc = new("auc", "CAR-T AUC 0-28 d, geometric mean", "copies/ug x d", c => c.Auc28 > 0 ? c.Auc28 : null);

    /// <summary>Geometric mean over patients with or without remission; NaN if there are none.</summary>
    public double GeometricMean(TrialSample sample, bool remission)
    {
        var values = Values(sample, remission);
        return values.Count > 0 ? GeometricSummary.Of(values).Mean : double.NaN;
    }

    public List<double> Values(TrialSample sample, bool remission) =>
        [.. sample.Patients.Where(p => p.Remission == remission && p.Car is not null).Select(p => Of(p.Car!)).OfType<double>()];
}

/// <summary>Geometric mean of a transgene measure in patients with, or without, remission.</summary>
internal sealed class CarExposure(CarMeasure measure, bool remission) : Endpoint
{
    public override string Id => $"car_{measure.Id}_{(remission ? "responders" : "nonresponders")}";
    public override string Label => $"{measure.Label}, {(remission ? "in remission" : "without remission")}";
    public override string Group => EndpointGroups.Kinetics;
    public override string Unit => measure.Unit;
    public override EndpointKind Kind => EndpointKind.Continuous;
    public override int Count(TrialSample sample) => measure.Values(sample, remission).Count;
    public override double Measure(TrialSample sample) => measure.GeometricMean(sample, remission);
}

/// <summary>Ratio of geometric means, with remission to without.</summary>
internal sealed class CarExposureRatio(CarMeasure measure) : Endpoint
{
    public override string Id => $"car_{measure.Id}_ratio";
    public override string Label => $"{measure.Label}, remission / no remission";
    public override string Group => EndpointGroups.Kinetics;
    public override EndpointKind Kind => EndpointKind.Ratio;
    public override int Count(TrialSample sample) => measure.Values(sample, true).Count + measure.Values(sample, false).Count;
    public override double Measure(TrialSample sample) => measure.GeometricMean(sample, true) / measure.GeometricMean(sample, false);
}

/// <summary>Median day of the highest transgene reading.</summary>
internal sealed class CarPeakDay(bool remission) : ValueEndpoint
{
    public override string Id => $"car_tmax_{(remission ? "responders" : "nonresponders")}";
    public override string Label => $"CAR-T Tmax, median, {(remission ? "in remission" : "without remission")}";
    public override string Group => EndpointGroups.Kinetics;
    public override string Unit => "d";
    protected override double? Of(PatientOutcome patient, string view) => patient.Remission == remission ? patient.Car?.Tmax : null;
    protected override double Summarize(IReadOnlyList<double> values) => Quantiles.Median(values);
}

/// <summary>Median of the last day with the transgene above the limit of quantification, in remission, as far as the view has followed the patients.</summary>
internal sealed class CarPersistence : ValueEndpoint
{
    public override string Id => "car_persistence";
    public override string Label => "CAR-T last quantifiable, median, in remission";
    public override string Group => EndpointGroups.Kinetics;
    public override string Unit => "d";

    protected override double? Of(PatientOutcome patient, string view) =>
        patient.Remission && patient.Car?.LastQuantifiableDay is { } day && patient.View(view) is { } seen
            ? Math.Min(day, seen.Os.Months * Calendar.DaysPerMonth)
            : null;

    protected override double Summarize(IReadOnlyList<double> values) => Quantiles.Median(values);
}
