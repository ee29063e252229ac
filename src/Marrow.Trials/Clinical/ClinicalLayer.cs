namespace Marrow.Trials.Clinical;

/// <summary>Turns a simulated course into what a trial reports of the patient.</summary>
/// <remarks>Every random number is keyed by seed, purpose, patient and visit, so that an outcome depends on nothing else and arms share their luck.
/// A transplant ends observation of event-free survival and does not act on the biology. There is no salvage treatment yet: after relapse
/// the hazard of active leukaemia acts on the model's own blasts, untreated.</remarks>
public static class ClinicalLayer
{
    /// <summary>Assesses one patient in one arm.</summary>
    /// <param name="patient">Covariates.</param>
    /// <param name="course">What the engine recorded; it has a column for each of <see cref="Readouts.All"/>.</param>
    /// <param name="protocol">Assays, grading, hazards, visits and rules.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <exception cref="ArgumentException">The course is empty or lacks a readout.</exception>
    public static PatientOutcome Assess(PatientCovariates patient, Course course, ClinicalProtocol protocol, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(protocol);
        if (course.Times.Count == 0) throw new ArgumentException($"the course of patient {patient.Id} has no rows", nameof(course));
        foreach (var readout in Readouts.All) course.Index(readout);
        var subject = new Subject(patient, course, protocol, seed);
        return course.Events.InfusionDay is { } wait ? AssessInfused(subject, wait) : AssessLost(subject);
    }

    private static PatientOutcome AssessLost(Subject subject)
    {
        var events = subject.Course.Events;
        var lost = events.AttritionDay ?? subject.CourseEnd;
        (double Day, DeathCause Cause)? death = events.Attrition == AttritionCause.Death
            ? (lost, DeathCause.Leukaemia)
            : new DeathSampler(subject, lost, grade: 0).Sample();
        var last = death?.Day ?? Math.Max(lost, subject.CourseEnd);
        return new PatientOutcome
        {
            Patient = subject.Patient,
            Infused = false,
            Attrition = events.Attrition,
            WaitDays = lost,
            DeathDay = death?.Day,
            DeathCause = death?.Cause,
            LastDay = last,
            OsFromEnrolment = new TimeToEvent(last / Calendar.DaysPerMonth, death is not null),
        };
    }

    private static PatientOutcome AssessInfused(Subject subject, double wait)
    {
        var hazards = subject.Protocol.Hazards;
        var episode = CrsAssessment.Assess(subject, subject.CourseEnd);
        var sampler = new DeathSampler(subject, 0, episode.Penn);
        var death = EarlierDeath(sampler.Sample(), CrsDeath(subject, episode));
        var end = death?.Day ?? subject.CourseEnd;
        var crs = Graded(CrsAssessment.Assess(subject, end), death);
        var visits = subject.Protocol.Schedule.Visits(subject.Seed, subject.Patient.Id, end);
        var response = ResponseAssessment.Assess(subject, visits);
        var kept = Kept(subject, response, end, death?.Day);
        var transplant = Transplant(subject, response, end);
        var aplasia = BloodAssessment.Aplasia(subject, visits);
        var milestones = new SurvivalViews.Milestones
        {
            End = end,
            Death = death?.Day,
            Remission = response.RemissionDay,
            Kept = kept,
            Relapse = response.RelapseDay,
            Transplant = transplant,
            Failure = response.Failed?.Last,
            NewTherapy = response.NewTherapyDay,
            AplasiaEnd = aplasia.End,
        };
        var early = Math.Min(end, hazards.EarlyUntil);
        var late = Math.Max(early, Math.Min(end, hazards.LateUntil));
        return new PatientOutcome
        {
            Patient = subject.Patient,
            Infused = true,
            WaitDays = wait,
            BestResponse = response.Best,
            RemissionDay = response.RemissionDay,
            Remission = kept,
            Mrd = response.Mrd,
            MrdNegative = response.Mrd.Exists(m => m.Negative),
            RelapseDay = response.RelapseDay,
            RelapseType = response.RelapseType,
            DeathDay = death?.Day,
            DeathCause = death?.Cause,
            TransplantDay = transplant,
            NewTherapyDay = response.NewTherapyDay,
            LastDay = end,
            CytokineRelease = crs,
            Car = BloodAssessment.Car(subject, visits, end),
            AplasiaStartDay = aplasia.Start,
            AplasiaEndDay = aplasia.End,
            AncRecoveryDay = BloodAssessment.NeutrophilRecovery(subject, end),
            EarlyInfections = sampler.Infections("early", 0, early),
            LateInfections = sampler.Infections("late", early, late),
            EarlyDays = early,
            LateDays = late - early,
            OsFromEnrolment = new TimeToEvent((wait + end) / Calendar.DaysPerMonth, death is not null),
            Views = SurvivalViews.Of(subject, milestones),
            Kinetics = BloodAssessment.Curves(subject, end),
        };
    }

    /// <summary>Death by cytokine release itself: a share of those whose score passes the threshold, some days after onset.</summary>
    private static (double Day, DeathCause Cause)? CrsDeath(Subject subject, CytokineRelease episode)
    {
        var rules = subject.Protocol.Crs;
        if (episode.OnsetDay is not { } onset || episode.PeakScore < rules.DeathFrom) return null;
        var stream = subject.Random("crs death");
        var share = subject.Patient.AgeYears < rules.DeathAdultFrom ? rules.DeathChild : rules.DeathAdult;
        if (!stream.Bernoulli(share)) return null;
        var day = onset + stream.Uniform(rules.DeathEarliest, rules.DeathLatest);
        return day <= subject.CourseEnd ? (day, DeathCause.CytokineRelease) : null;
    }

    private static (double Day, DeathCause Cause)? EarlierDeath((double Day, DeathCause Cause)? a, (double Day, DeathCause Cause)? b) =>
        a is null ? b : b is null || a.Value.Day <= b.Value.Day ? a : b;

    /// <summary>Death by cytokine release is grade 5 of every scale.</summary>
    private static CytokineRelease Graded(CytokineRelease crs, (double Day, DeathCause Cause)? death) =>
        death?.Cause == DeathCause.CytokineRelease ? crs with { Penn = 5, Astct = 5, Lee = 5 } : crs;

    /// <summary>Remission counts if neither relapse nor death comes within the days it must be kept.</summary>
    private static bool Kept(Subject subject, ResponseAssessment response, double end, double? death)
    {
        if (response.RemissionDay is not { } day) return false;
        var needed = day + subject.Protocol.Rules.ResponseKeep;
        return !(response.RelapseDay < needed) && !(death < needed) && end >= needed;
    }

    /// <summary>Transplant of a share of those in remission, if they are still in remission on its day.</summary>
    private static double? Transplant(Subject subject, ResponseAssessment response, double end)
    {
        if (response.RemissionDay is not { } remission) return null;
        var rules = subject.Protocol.Rules;
        var stream = subject.Random("transplant");
        if (!stream.Bernoulli(rules.TransplantShare)) return null;
        var day = remission + stream.LogNormal(rules.TransplantMedian, rules.TransplantLogSd);
        return day < (response.RelapseDay ?? end) ? day : null;
    }
}
