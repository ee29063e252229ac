namespace Marrow.Trials.Clinical;

/// <summary>Response and relapse as the visits show them.</summary>
internal sealed record ResponseAssessment
{
    private const string Transfusion = "platelet_transfusion";

    /// <summary>Visits after a crossover have numbers, and so random numbers, of their own.</summary>
    private const uint FirstAfterCrossover = 100_000;

    /// <summary>Best response within the window.</summary>
    public Response Best { get; private set; } = Response.NotEvaluable;

    /// <summary>Day of the first CR or CRi within the window.</summary>
    public double? RemissionDay { get; private set; }

    /// <summary>Residual disease at marrow visits in remission.</summary>
    public List<MrdReading> Mrd { get; } = [];

    /// <summary>Visit that showed the relapse.</summary>
    public double? RelapseDay { get; private set; }

    /// <summary>Kind of relapse.</summary>
    public RelapseType? RelapseType { get; private set; }

    /// <summary>First and last marrow within the window that showed no response.</summary>
    public (double First, double Last)? Failed { get; private set; }

    /// <summary>Day of leaving for other treatment without remission.</summary>
    public double? NewTherapyDay { get; private set; }

    /// <summary>Goes through the visits up to the end of observation.</summary>
    /// <param name="subject">The patient.</param>
    /// <param name="visits">Visits that took place, in order.</param>
    public static ResponseAssessment Assess(Subject subject, IReadOnlyList<Visit> visits)
    {
        var result = new ResponseAssessment();
        foreach (var visit in visits)
        {
            if (result.RelapseDay is not null) break;
            if (result.RemissionDay is null) result.LookForResponse(subject, visit);
            else result.LookForRelapse(subject, visit);
        }

        result.CloseWindow(subject);
        return result;
    }

    /// <summary>Response to the regimen after a crossover: at the protocol's visits that lie after it, in a window that begins with it.</summary>
    /// <param name="subject">The patient.</param>
    /// <param name="crossed">Day of the crossover.</param>
    /// <param name="until">Last day observed.</param>
    public static ResponseAssessment AfterCrossover(Subject subject, double crossed, double until)
    {
        var visits = subject.Protocol.Schedule.Visits(subject.Seed, subject.Patient.Id, until - crossed);
        return Assess(subject, [.. visits.Select(v => v with { Number = v.Number + FirstAfterCrossover, Day = v.Day + crossed })]);
    }

    /// <summary>An assessment by other criteria.</summary>
    public static ResponseAssessment Of(Subject subject, Response best, double? remission, IEnumerable<MrdReading> mrd, double? relapse)
    {
        var result = new ResponseAssessment { Best = best, RemissionDay = remission };
        result.Mrd.AddRange(mrd);
        if (relapse is { } day) result.Relapsed(subject, day);
        return result;
    }

    private void Relapsed(Subject subject, double day)
    {
        RelapseDay = day;
        RelapseType = KindOf(subject, day);
    }

    /// <summary>The antigen on most of the leukaemia of a day.</summary>
    public static RelapseType KindOf(Subject subject, double day)
    {
        var burden = subject.At(Readouts.Burden, day);
        return burden > 0 && subject.At(Readouts.CloneCd19Neg, day) > burden / 2 ? Clinical.RelapseType.Cd19Negative : Clinical.RelapseType.Cd19Positive;
    }

    private void LookForResponse(Subject subject, Visit visit)
    {
        if (!visit.Marrow || visit.PlannedDay > subject.Protocol.Rules.ResponseWindow) return;
        Best = Judge(subject, visit, Assays.MarrowBlasts(subject, visit), Assays.BloodBlasts(subject, visit));
        if (Best is Response.CR or Response.CRi)
        {
            RemissionDay = visit.Day;
            Mrd.Add(Assays.Mrd(subject, visit));
        }
        else
        {
            Failed = (Failed?.First ?? visit.Day, visit.Day);
        }
    }

    /// <summary>Marrow is taken as planned, or where blasts in the smear, low platelets or swelling raise a suspicion.</summary>
    private void LookForRelapse(Subject subject, Visit visit)
    {
        var rules = subject.Protocol.Rules;
        var blood = Assays.BloodBlasts(subject, visit);
        var tissue = TissueShows(subject, visit);
        var suspicion = blood > 0 || tissue || subject.At(Readouts.Platelets, visit.Day) < rules.SuspicionPlatelets;
        if (!visit.Marrow && !suspicion) return;
        var marrow = Assays.MarrowBlasts(subject, visit);
        if (marrow >= rules.RelapseMarrow || blood >= rules.RelapseBlood || tissue)
        {
            Relapsed(subject, visit.Day);
            return;
        }

        if (!visit.Marrow) return;
        Mrd.Add(Assays.Mrd(subject, visit));
        if (visit.PlannedDay > rules.ResponseWindow) return;
        var response = Judge(subject, visit, marrow, blood);
        if (response > Best) Best = response;
    }

    /// <summary>Of those without remission a share leaves for other treatment after the first marrow, and is neither response nor failure.</summary>
    private void CloseWindow(Subject subject)
    {
        if (RemissionDay is not null || Failed is not { } failed) return;
        if (!subject.Random("off study").Bernoulli(subject.Protocol.Rules.OffStudyShare)) return;
        NewTherapyDay = failed.First;
        Best = Response.NotEvaluable;
    }

    private static Response Judge(Subject subject, Visit visit, double marrow, double blood)
    {
        var rules = subject.Protocol.Rules;
        if (marrow >= rules.MarrowLimit || blood > 0 || TissueShows(subject, visit)) return Response.NoResponse;
        var transfused = subject.Course.Events.Doses.Any(d => d.Drug == Transfusion && d.Day <= visit.Day && d.Day > visit.Day - rules.TransfusionDays);
        var counts = !transfused && subject.At(Readouts.Anc, visit.Day) >= rules.AncLimit && subject.At(Readouts.Platelets, visit.Day) >= rules.PlateletLimit;
        return counts ? Response.CR : Response.CRi;
    }

    private static bool TissueShows(Subject subject, Visit visit) =>
        subject.At(Readouts.TissueBurden, visit.Day) >= subject.Protocol.Rules.TissueLimit * subject.Patient.WeightKg;
}
