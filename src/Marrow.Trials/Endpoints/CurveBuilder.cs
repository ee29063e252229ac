using Marrow.Numerics.Statistics;
using Marrow.Trials.Clinical;
using Marrow.Trials.Survival;

namespace Marrow.Trials.Endpoints;

/// <summary>Forms the curves of a summary: survival with bands, cumulative incidence, readouts over time.</summary>
internal sealed class CurveBuilder(IReadOnlyList<PatientOutcome> enrolled, IReadOnlyList<PatientOutcome> infused, ResampledTrials trials, SummaryInputs inputs)
{
    private const double AtRiskEveryMonths = 6;

    /// <summary>Every curve, over all of the follow-up; the band shows trials seen at the last data cut.</summary>
    public IReadOnlyList<SurvivalResult> ModelView() =>
        [.. SurvivalCurve.All.Select(c => Curve(c, ClinicalProtocol.ModelView, LastCut)).OfType<SurvivalResult>()];

    /// <summary>Event-free, overall and relapse-free survival as each data cut shows them.</summary>
    public IReadOnlyList<SurvivalResult> TrialViews() =>
        [.. inputs.Protocol.Cuts.SelectMany(cut => new[] { SurvivalCurve.Efs, SurvivalCurve.Os, SurvivalCurve.Rfs }.Select(c => Curve(c, cut.Id, cut.Id))).OfType<SurvivalResult>()];

    /// <summary>First events after remission as competing causes.</summary>
    public IReadOnlyList<CumulativeIncidence> Incidence()
    {
        var observations = infused.Where(o => o.Remission).Select(FirstEvent).ToArray();
        if (observations.Length == 0) return [];
        (string Id, string Label)[] causes =
        [
            ("relapse_cd19_positive", "CD19-positive relapse"), ("relapse_cd19_negative", "CD19-negative relapse"), ("death", "Death in remission"), ("transplant", "Transplant in remission"),
        ];
        return [.. causes.Select((cause, i) =>
        {
            var curve = Survival.CumulativeIncidence.Estimate(observations, i + 1);
            return new CumulativeIncidence(cause.Id, cause.Label, [0, .. curve.Points.Select(p => p.Time)], [0, .. curve.Points.Select(p => p.Incidence)],
                observations.Count(o => o.Cause == i + 1), observations.Length);
        })];
    }

    /// <summary>Quantiles of each series over the patients still observed.</summary>
    public IReadOnlyList<KineticsBand> Kinetics()
    {
        var bands = new List<KineticsBand>();
        for (var s = 0; s < inputs.Protocol.Series.Count; s++)
        {
            var series = inputs.Protocol.Series[s];
            var days = new List<double>();
            var counts = new List<int>();
            var quantiles = new List<double[]>();
            for (var i = 0; i < inputs.Protocol.GridDays.Count; i++)
            {
                var values = infused.Select(o => o.Kinetics[s][i]).Where(v => !double.IsNaN(v)).ToArray();
                if (values.Length == 0) break;
                days.Add(inputs.Protocol.GridDays[i]);
                counts.Add(values.Length);
                quantiles.Add(Quantiles.Of(values, 0.05, 0.25, 0.5, 0.75, 0.95));
            }

            double[] Of(int k) => [.. quantiles.Select(q => q[k])];
            bands.Add(new KineticsBand
            {
                Id = series.Id,
                Label = series.Label,
                Unit = series.Unit,
                Logarithmic = series.Logarithmic,
                Limit = series.Limit,
                Days = days,
                N = counts,
                Q05 = Of(0),
                Q25 = Of(1),
                Q50 = Of(2),
                Q75 = Of(3),
                Q95 = Of(4),
                Published = inputs.Published?.Points(series.Id, inputs.Arm) ?? [],
            });
        }

        return bands;
    }

    private string LastCut => inputs.Protocol.Cuts.Count > 0 ? inputs.Protocol.Cuts[^1].Id : ClinicalProtocol.ModelView;

    private SurvivalResult? Curve(SurvivalCurve curve, string view, string bandView)
    {
        var patients = curve.OfEnrolled ? enrolled : infused;
        var observations = curve.Observations(new TrialSample(patients, view));
        if (observations.Count == 0) return null;
        var estimate = KaplanMeier.Estimate(observations);
        var size = curve.OfEnrolled ? inputs.Protocol.Rules.TrialEnrolled : inputs.Protocol.Rules.TrialSize;
        var grid = Enumerable.Range(0, (int)Math.Floor(estimate.Points[^1].Time) + 1).Select(m => (double)m).ToArray();
        var band = Band(curve, trials.Of(curve.OfEnrolled, size), bandView, grid);
        // Steps only: between events the curve is level.
        SurvivalPoint[] steps = [.. estimate.Points.Where((p, i) => p.Events > 0 || i == estimate.Points.Count - 1)];
        var median = estimate.Median();
        double[] times = [.. Enumerable.Range(0, (int)(grid[^1] / AtRiskEveryMonths) + 1).Select(k => k * AtRiskEveryMonths)];
        return new SurvivalResult
        {
            Id = curve.Id,
            Label = curve.Label,
            View = view,
            N = estimate.Subjects,
            Events = estimate.Events,
            Months = [0, .. steps.Select(p => p.Time)],
            Survival = [1, .. steps.Select(p => p.Survival)],
            Lower = [1, .. steps.Select(p => OrZero(p.Limits.Lower))],
            Upper = [1, .. steps.Select(p => OrZero(p.Limits.Upper))],
            BandMonths = [.. grid.Take(band.Count)],
            BandLower = [.. band.Select(b => b.Lower)],
            BandUpper = [.. band.Select(b => b.Upper)],
            BandN = size,
            AtRisk = new AtRiskTable(times, [.. times.Select(estimate.AtRisk)]),
            Median = median.Time,
            MedianLower = median.Lower,
            MedianUpper = median.Upper,
            Published = Landmarks(curve),
            PublishedCurve = inputs.PublishedCurves?.Find(inputs.Arm, curve.Id),
        };
    }

    /// <summary>Limits do not exist where the curve has reached 0.</summary>
    private static double OrZero(double limit) => double.IsNaN(limit) ? 0 : limit;

    /// <summary>5 % and 95 % quantiles over resampled trials at each grid time, as long as at least half of them still follow a patient.</summary>
    private static List<Interval> Band(SurvivalCurve curve, IReadOnlyList<PatientOutcome[]> trials, string view, double[] grid)
    {
        var values = grid.Select(_ => new List<double>(trials.Count)).ToArray();
        foreach (var drawn in trials)
        {
            var observations = curve.Observations(new TrialSample(drawn, view));
            if (observations.Count == 0) continue;
            var estimate = KaplanMeier.Estimate(observations);
            for (var i = 0; i < grid.Length; i++)
            {
                if (estimate.At(grid[i]) is { } point) values[i].Add(point.Survival);
            }
        }

        return [.. values.TakeWhile(v => 2 * v.Count >= trials.Count).Select(ResampledTrials.Range)];
    }

    private PublishedLandmark[] Landmarks(SurvivalCurve curve)
    {
        if (inputs.Published is not { } published) return [];
        return [.. EndpointList.All.OfType<SurvivalLandmark>().Where(l => l.Curve == curve)
            .Select(l => (l.Months, Figure: published.Find(l.Id, inputs.Arm))).Where(l => l.Figure is not null)
            .Select(l => new PublishedLandmark(l.Months, l.Figure!.Value, l.Figure.Lower, l.Figure.Upper, l.Figure.Mark, l.Figure.Source))];
    }

    private static CompetingObservation FirstEvent(PatientOutcome outcome)
    {
        var (day, cause) = (outcome.LastDay, outcome.DeathDay is null ? 0 : 3);
        if (outcome.RelapseDay <= day) (day, cause) = (outcome.RelapseDay.Value, outcome.RelapseType == RelapseType.Cd19Negative ? 2 : 1);
        if (outcome.TransplantDay < day) (day, cause) = (outcome.TransplantDay.Value, 4);
        return new CompetingObservation((day - outcome.RemissionDay!.Value) / Calendar.DaysPerMonth, cause);
    }
}
