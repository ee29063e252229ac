namespace Marrow.Trials.Clinical;

/// <summary>Turns a simulated course into what a trial reports of the patient.</summary>
/// <remarks>Every random number is keyed by seed, purpose, patient and visit, so that an outcome depends on nothing else and arms share their luck.
/// From a transplant, a relapse or a failure on, the course of the model, which shows untreated leukaemia, is no longer the patient's: what follows is drawn
/// by the rules of transplant and salvage treatment (<see cref="AfterCourse"/>), unless the study simulates the next drug itself.</remarks>
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
        if (protocol.Cll is not null)
        {
            course.Index(Readouts.NodeBurden);
            course.Index(Readouts.SpleenBurden);
        }

        var subject = new Subject(patient, course, protocol, seed);
        return course.Events.InfusionDay is { } wait ? AssessInfused(subject, wait) : AssessLost(subject);
    }

    private static PatientOutcome AssessLost(Subject subject)
    {
        var events = subject.Course.Events;
        var lost = events.AttritionDay ?? subject.CourseEnd;
        var horizon = Math.Max(lost, subject.CourseEnd);
        var salvage = events.Attrition == AttritionCause.Death ? null : AfterCourse.Lost(subject, lost, horizon);
        (double Day, DeathCause Cause)? death = events.Attrition == AttritionCause.Death
            ? (lost, DeathCause.Leukaemia)
            : EarlierDeath(new DeathSampler(subject, lost, grade: 0).Sample(salvage?.StartDay ?? double.PositiveInfinity), AfterCourse.DeathOf(salvage));
        var last = death?.Day ?? horizon;
        return new PatientOutcome
        {
            Patient = subject.Patient,
            Infused = false,
            Attrition = events.Attrition,
            WaitDays = lost,
            DeathDay = death?.Day,
            DeathCause = death?.Cause,
            LastDay = last,
            Salvage = salvage,
            OsFromEnrolment = new TimeToEvent(last / Calendar.DaysPerMonth, death is not null),
        };
    }

    private static PatientOutcome AssessInfused(Subject subject, double wait)
    {
        var episode = CrsAssessment.Assess(subject, subject.CourseEnd);
        var sampler = new DeathSampler(subject, 0, episode.Penn);
        var crsDeath = CrsDeath(subject, episode);
        var richter = Richter.Draw(subject);
        var natural = EarlierDeath(EarlierDeath(sampler.Sample(), crsDeath), richter?.Death);
        var until = natural?.Day ?? subject.CourseEnd;
        var visits = subject.Protocol.Schedule.Visits(subject.Seed, subject.Patient.Id, until);
        var response = subject.Protocol.Cll is null ? ResponseAssessment.Assess(subject, visits) : CllAssessment.Assess(subject, visits, richter?.Day);
        var after = AfterCourse.Of(subject, response, until);
        var death = EarlierDeath(EarlierDeath(sampler.Sample(after.Leaves), crsDeath), EarlierDeath(richter?.Death, after.Death));
        var end = death?.Day ?? subject.CourseEnd;
        var observed = Math.Min(end, after.Leaves);
        var crs = Graded(CrsAssessment.Assess(subject, observed), death);
        Visit[] seen = [.. visits.Where(v => v.Day <= observed)];
        var aplasia = BloodAssessment.Aplasia(subject, seen);
        // After a transplant the course's own relapse, later than it, is not the patient's.
        var relapse = after.Graft is null ? response.RelapseDay : after.GraftRelapse <= end ? after.GraftRelapse : null;
        var kept = Kept(subject, response.RemissionDay, relapse, end, death?.Day);
        var transplant = after.Graft?.Day <= end ? after.Graft?.Day : null;
        var milestones = new SurvivalViews.Milestones
        {
            End = end,
            Death = death?.Day,
            Remission = response.RemissionDay,
            Kept = kept,
            Relapse = relapse,
            Transplant = transplant,
            Failure = response.Failed?.Last,
            NewTherapy = response.NewTherapyDay,
            AplasiaEnd = aplasia.End,
        };
        var outcome = new PatientOutcome
        {
            Patient = subject.Patient,
            Infused = true,
            WaitDays = wait,
            BestResponse = response.Best,
            RemissionDay = response.RemissionDay,
            Remission = kept,
            Mrd = response.Mrd,
            MrdNegative = response.Mrd.Exists(m => m.Negative),
            RelapseDay = relapse,
            RelapseType = relapse is { } day ? ResponseAssessment.KindOf(subject, day) : null,
            DeathDay = death?.Day,
            DeathCause = death?.Cause,
            TransplantDay = transplant,
            NewTherapyDay = response.NewTherapyDay,
            CrossoverDay = subject.Course.Events.CrossoverDay <= observed ? subject.Course.Events.CrossoverDay : null,
            LastDay = end,
            CytokineRelease = crs,
            Graft = transplant is null ? null : after.Graft,
            Salvage = after.Salvage?.StartDay <= end ? after.Salvage : null,
            RichterDay = richter?.Day <= end ? richter?.Day : null,
            AplasiaStartDay = aplasia.Start,
            AplasiaEndDay = aplasia.End,
            OsFromEnrolment = new TimeToEvent((wait + end) / Calendar.DaysPerMonth, death is not null),
            Views = SurvivalViews.Of(subject, milestones),
        };
        return Observed(subject, outcome, sampler, seen, observed);
    }

    /// <summary>Adds what blood and examination show until other treatment begins.</summary>
    private static PatientOutcome Observed(Subject subject, PatientOutcome outcome, DeathSampler sampler, IReadOnlyList<Visit> visits, double observed)
    {
        var hazards = subject.Protocol.Hazards;
        var early = Math.Min(observed, hazards.EarlyUntil);
        var late = Math.Max(early, Math.Min(observed, hazards.LateUntil));
        var car = BloodAssessment.Car(subject, visits, observed);
        return outcome with
        {
            Neurotoxicity = car.Cmax is null ? null : ToxicityAssessment.Neurotoxicity(subject, outcome.CytokineRelease!.PeakScore, observed),
            Lysis = ToxicityAssessment.Lysis(subject, observed),
            IggReplacementDay = sampler.Immunoglobulin.FirstDay <= observed ? sampler.Immunoglobulin.FirstDay : null,
            GraftDiseaseDay = car.Cmax is null ? null : ToxicityAssessment.GraftDisease(subject, observed),
            Car = car,
            AncRecoveryDay = BloodAssessment.NeutrophilRecovery(subject, observed),
            EarlyInfections = sampler.Infections("early", 0, early),
            LateInfections = sampler.Infections("late", early, late),
            EarlyDays = early,
            LateDays = late - early,
            Kinetics = BloodAssessment.Curves(subject, observed),
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
    private static bool Kept(Subject subject, double? remission, double? relapse, double end, double? death)
    {
        if (remission is not { } day) return false;
        var needed = day + subject.Protocol.Rules.ResponseKeep;
        return !(relapse < needed) && !(death < needed) && end >= needed;
    }
}
