using Marrow.Trials.Clinical;

namespace Marrow.Trials.Endpoints;

/// <summary>The patients that an endpoint is formed of: a trial's infused (or enrolled) patients, in one view.</summary>
/// <param name="Patients">Patients.</param>
/// <param name="View">View for times to events; see <see cref="SurvivalView.View"/>.</param>
internal sealed record TrialSample(IReadOnlyList<PatientOutcome> Patients, string View);

/// <summary>An endpoint: how a number is formed of a trial's patients. To add one, write a class of this kind in a file of this folder and
/// list it in <see cref="EndpointList"/>.</summary>
internal abstract class Endpoint
{
    /// <summary>Name in tables and published figures.</summary>
    public abstract string Id { get; }

    /// <summary>Name in reports.</summary>
    public abstract string Label { get; }

    /// <summary>Heading under which it stands.</summary>
    public abstract string Group { get; }

    /// <summary>Unit; empty for shares and ratios.</summary>
    public virtual string Unit => "";

    /// <summary>Kind of number.</summary>
    public virtual EndpointKind Kind => EndpointKind.Share;

    /// <summary>Formed of all enrolled patients, not only of those infused.</summary>
    public virtual bool OfEnrolled => false;

    /// <summary>The only disease that has it; empty if all have.</summary>
    public virtual string Disease => "";

    /// <summary>The number; NaN where it cannot be formed, infinity for a median that is not reached.</summary>
    public abstract double Measure(TrialSample sample);

    /// <summary>Patients that it is formed of.</summary>
    public abstract int Count(TrialSample sample);
}

/// <summary>A share of patients.</summary>
internal abstract class ShareEndpoint : Endpoint
{
    /// <summary>Whether a patient is in the denominator.</summary>
    protected virtual bool Counts(PatientOutcome patient) => true;

    /// <summary>Whether a patient of the denominator is in the numerator.</summary>
    protected abstract bool Has(PatientOutcome patient);

    /// <inheritdoc/>
    public sealed override int Count(TrialSample sample) => sample.Patients.Count(Counts);

    /// <inheritdoc/>
    public sealed override double Measure(TrialSample sample)
    {
        int all = 0, having = 0;
        foreach (var patient in sample.Patients)
        {
            if (!Counts(patient)) continue;
            all++;
            if (Has(patient)) having++;
        }

        return all > 0 ? (double)having / all : double.NaN;
    }
}

/// <summary>A summary of one value per patient.</summary>
internal abstract class ValueEndpoint : Endpoint
{
    /// <inheritdoc/>
    public override EndpointKind Kind => EndpointKind.Continuous;

    /// <summary>A patient's value; null if the patient has none.</summary>
    protected abstract double? Of(PatientOutcome patient, string view);

    /// <summary>Summary of at least one value.</summary>
    protected abstract double Summarize(IReadOnlyList<double> values);

    /// <inheritdoc/>
    public sealed override int Count(TrialSample sample) => Values(sample).Count;

    /// <inheritdoc/>
    public sealed override double Measure(TrialSample sample) => Values(sample) is { Count: > 0 } values ? Summarize(values) : double.NaN;

    private List<double> Values(TrialSample sample)
    {
        var values = new List<double>(sample.Patients.Count);
        foreach (var patient in sample.Patients)
        {
            if (Of(patient, sample.View) is { } value) values.Add(value);
        }

        return values;
    }
}

/// <summary>Headings of the endpoint table.</summary>
internal static class EndpointGroups
{
    public const string Flow = "Patients";
    public const string Response = "Response";
    public const string Survival = "Survival";
    public const string Relapse = "Relapse";
    public const string Safety = "Safety";
    public const string Kinetics = "CAR-T cells";
}
