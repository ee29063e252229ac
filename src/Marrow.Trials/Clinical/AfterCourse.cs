namespace Marrow.Trials.Clinical;

/// <summary>What follows where the model's course is no longer the patient's: a transplant in remission, or treatment after relapse or failure.</summary>
/// <param name="Leaves">Day from which that is so; infinite if it never is.</param>
/// <param name="Graft">Transplant in remission.</param>
/// <param name="GraftRelapse">Relapse after it.</param>
/// <param name="Salvage">Salvage treatment.</param>
/// <param name="Death">Death by transplant, salvage treatment or the leukaemia under it.</param>
internal sealed record AfterCourse(
    double Leaves, GraftCourse? Graft, double? GraftRelapse, SalvageCourse? Salvage, (double Day, DeathCause Cause)? Death)
{
    private static readonly AfterCourse _nothing = new(double.PositiveInfinity, null, null, null, null);

    /// <summary>What follows a response assessment.</summary>
    /// <param name="subject">The patient.</param>
    /// <param name="response">Response and relapse of the course.</param>
    /// <param name="until">Death on the course, or its end.</param>
    public static AfterCourse Of(Subject subject, ResponseAssessment response, double until)
    {
        if (subject.Protocol.Cll is not null) return _nothing;
        var crossover = subject.Course.Events.CrossoverDay;
        if (Transplant(subject, response, until) is { } day && !(crossover <= day)) return Grafted(subject, day);
        // The other regimen, which the course shows, comes before salvage; transplant and salvage follow its own response.
        if (crossover is { } crossed && crossed <= until)
        {
            response = ResponseAssessment.AfterCrossover(subject, crossed, until);
            if (Transplant(subject, response, until) is { } later) return Grafted(subject, later);
        }
        // Who was never in remission fails at the last marrow of the window, or leaves at the first.
        var start = response.RelapseDay ?? response.NewTherapyDay ?? (response.RemissionDay is null ? response.Failed?.Last : null);
        if (!subject.Protocol.Rules.SalvageApplies || start is not { } begins) return _nothing;
        var salvage = SalvageRenewal.From(subject, begins, NextLine(subject), subject.CourseEnd);
        return new AfterCourse(begins, null, null, salvage, DeathOf(salvage));
    }

    /// <summary>Salvage treatment of a patient who never got the studied one; null where the layer does not treat.</summary>
    public static SalvageCourse? Lost(Subject subject, double day, double horizon) => subject.Protocol.Rules.SalvageApplies && subject.Protocol.Cll is null
        ? SalvageRenewal.From(subject, day, Math.Max(1, subject.Patient.PriorLines), horizon)
        : null;

    /// <summary>Day and cause of the death that a salvage course holds.</summary>
    public static (double Day, DeathCause Cause)? DeathOf(SalvageCourse? salvage) =>
        salvage is { DeathDay: { } day, Cause: { } cause } ? (day, cause) : null;

    private static int NextLine(Subject subject) => Math.Max(1, subject.Patient.PriorLines + subject.Protocol.Rules.StudyLines);

    private static AfterCourse Grafted(Subject subject, double day)
    {
        var stream = subject.Random("transplant course");
        var graft = subject.Protocol.Graft.Draw(ref stream, day, SalvageRenewal.Adult(subject, day));
        var horizon = subject.CourseEnd;
        if (graft.DeathDay is { } death) return new AfterCourse(day, graft, null, null, death <= horizon ? (death, DeathCause.Transplant) : null);
        if (graft.RelapseDay is not { } relapse || relapse > horizon) return new AfterCourse(day, graft, null, null, null);
        var salvage = subject.Protocol.Rules.SalvageApplies ? SalvageRenewal.From(subject, relapse, NextLine(subject), horizon) : null;
        return new AfterCourse(day, graft, relapse, salvage, DeathOf(salvage));
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

/// <summary>Richter transformation: a constant hazard, and a short life after it.</summary>
/// <param name="Day">Day of the transformation.</param>
/// <param name="Death">Death by it, if before the end of the course.</param>
internal sealed record Richter(double Day, (double Day, DeathCause Cause)? Death)
{
    /// <summary>The patient's transformation; null if the disease has none or it lies beyond the course.</summary>
    public static Richter? Draw(Subject subject)
    {
        if (subject.Protocol.Cll is not { } cll) return null;
        var stream = subject.Random("richter");
        var day = stream.Exponential(cll.Richter);
        var death = day + stream.Exponential(cll.RichterDeath);
        if (day > subject.CourseEnd) return null;
        return new Richter(day, death <= subject.CourseEnd ? (death, DeathCause.Richter) : null);
    }
}
