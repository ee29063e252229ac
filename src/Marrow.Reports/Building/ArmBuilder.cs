using Marrow.Reports.Model;
using Marrow.Reports.Words;
using Marrow.Trials.Endpoints;
using Marrow.Trials.Studies;

namespace Marrow.Reports.Building;

/// <summary>One arm of the report.</summary>
internal static class ArmBuilder
{
    /// <summary>Everything that the page shows of an arm.</summary>
    public static ArmData Build(ArmResult arm, Study study)
    {
        var (summary, clock) = (arm.Summary, Clock.Of(study));
        return new ArmData
        {
            Name = arm.Name,
            Treatment = study.Arms.FirstOrDefault(a => a.Name == arm.Name)?.Treatment ?? arm.Name,
            Trial = summary.Trial.ToUpperInvariant(),
            PredictionN = summary.PredictionN,
            Infused = summary.Flow.Infused,
            Flow = Flow(arm, clock),
            Lost = Counts(summary.Flow.Lost),
            Deaths = Counts(summary.Deaths),
            Endpoints = [.. summary.Endpoints.Select(Endpoint)],
            Survival = [.. summary.Survival.Select(curve => SurvivalBuilder.Build(curve, summary, study.FollowUpMonths))],
            Kinetics = Kinetics(summary),
            Incidence = IncidenceBuilder.Build(summary, study.FollowUpMonths),
            CytokineRelease = CytokineReleaseBuilder.Build(arm),
            Cytokines = CytokineTimelineBuilder.Build(arm),
            States = StatesBuilder.Build(arm, study.FollowUpMonths, clock),
            Patients = PatientsBuilder.Build(arm, clock),
            Subgroups = SubgroupBuilder.Build(arm, clock),
        };
    }

    private static List<CountData> Counts(IReadOnlyList<ReasonCount> counts) =>
        [.. counts.Where(c => c.Count > 0).Select(c => new CountData(Typography.Capital(c.Reason), c.Count))];

    private static List<FlowStep> Flow(ArmResult arm, Clock clock)
    {
        var flow = arm.Summary.Flow;
        var rejected = flow.Rejected.Sum(r => r.Count);
        var lost = flow.Lost.Sum(l => l.Count);
        var remission = arm.Outcomes.Count(o => o.Infused && o.Remission);
        string[] losses = [lost > 0 ? $"{Numbers.Count(lost)} lost before {clock.Start}" : "", flow.Failed > 0 ? $"{Numbers.Count(flow.Failed)} could not be simulated" : ""];
        return
        [
            new("Candidates drawn", flow.Enrolled + rejected, rejected > 0 ? $"{Numbers.Count(rejected)} rejected" : ""),
            new("Enrolled", flow.Enrolled, string.Join(", ", losses.Where(l => l.Length > 0))),
            new(Typography.Capital(clock.Treated), flow.Infused, flow.Infused > remission ? $"{Numbers.Count(flow.Infused - remission)} without remission" : ""),
            new("In CR or CRi", remission, ""),
        ];
    }

    private static EndpointData Endpoint(EndpointRow row)
    {
        var words = EndpointWords.Of(row);
        return new EndpointData
        {
            Id = row.Id,
            Label = Typography.Of(row.Label),
            Group = row.Group,
            Unit = row.Unit,
            Kind = row.Kind switch { EndpointKind.Share => "share", EndpointKind.Ratio => "ratio", EndpointKind.Months => "months", _ => "continuous" },
            Simulated = EndpointWords.Finite(row.Simulated),
            Lower = EndpointWords.Finite(row.Lower),
            Upper = EndpointWords.Finite(row.Upper),
            SimulatedN = row.SimulatedN,
            Published = EndpointWords.Finite(row.Published),
            PublishedLower = EndpointWords.Finite(row.PublishedLower),
            PublishedUpper = EndpointWords.Finite(row.PublishedUpper),
            PublishedInterval = row.PublishedInterval,
            PublishedN = row.PublishedN,
            Unverified = row.Mark == Marks.Recalled,
            Source = row.Source,
            Note = row.Note,
            SimulatedText = words.Simulated,
            SimulatedInterval = words.SimulatedInterval,
            PublishedText = words.Published,
            PublishedIntervalText = words.PublishedInterval,
            Verdict = words.Verdict,
            Uncertainty = words.Uncertainty,
            Inside = row.Inside,
        };
    }

    private static KineticsData? Kinetics(TrialSummary summary)
    {
        if (summary.Kinetics.Count == 0) return null;
        var series = summary.Kinetics.Select(band => new ReadoutData(
            band.Id, band.Label, band.Unit, band.Logarithmic, band.Limit, Quantiles(band),
            [.. band.Published.Select(p => new PublishedReadout(p.Day, p.Value, p.Label))])).ToList();
        var published = summary.Kinetics.SelectMany(b => b.Published.Select(p => $"{b.Label}: {p.Label}")).Distinct(StringComparer.Ordinal).ToList();
        var note = "Quantiles are over the patients still observed. Dashed: limit of the assay; what lies below is drawn where the model puts it, or at the edge."
            + (published.Count > 0 ? $" In ink, as published: {Sentences.Stop(string.Join("; ", published))}" : "");
        return new(Findings.Kinetics(summary.Kinetics), note, Findings.Persistence(summary.Kinetics), Findings.Counts(summary.Kinetics), series);
    }

    private static List<double[]> Quantiles(KineticsBand band) =>
        [.. Enumerable.Range(0, band.Days.Count)
            .Select(i => (double[])[band.Days[i], band.Q05[i], band.Q25[i], band.Q50[i], band.Q75[i], band.Q95[i], band.N[i]])
            .Where(row => row[^1] > 0 && row.All(double.IsFinite))];
}
