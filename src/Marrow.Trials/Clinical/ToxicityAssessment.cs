namespace Marrow.Trials.Clinical;

/// <summary>Neurotoxicity after CAR-T cells (ICANS).</summary>
public sealed record Neurotoxicity
{
    /// <summary>Grade 3 or more by ASTCT (ICE 0-2, seizure, oedema).</summary>
    public required bool Severe { get; init; }

    /// <summary>Days from infusion to its onset.</summary>
    public required double OnsetDay { get; init; }

    /// <summary>Days that it lasts.</summary>
    public required double DurationDays { get; init; }
}

/// <summary>Tumour lysis (Cairo and Bishop).</summary>
public sealed record TumourLysis
{
    /// <summary>Highest lysis of a day within the window, G/kg/d.</summary>
    public required double PeakPerKg { get; init; }

    /// <summary>Day of it.</summary>
    public required double PeakDay { get; init; }

    /// <summary>Laboratory lysis: two or more of urate, potassium, phosphate, calcium out of bounds.</summary>
    public required bool Laboratory { get; init; }

    /// <summary>Clinical lysis: with kidney failure, arrhythmia or seizure.</summary>
    public required bool Clinical { get; init; }
}

/// <summary>Toxicities that follow from the course by rule: neurotoxicity from the score of cytokine release, tumour lysis from the cells that die in a day.</summary>
internal static class ToxicityAssessment
{
    /// <summary>Neurotoxicity; null without. One number decides both any grade and the severe ones, so that the severe are among them.</summary>
    /// <param name="subject">The patient.</param>
    /// <param name="peakScore">Peak score of cytokine release.</param>
    /// <param name="until">End of observation.</param>
    public static Neurotoxicity? Neurotoxicity(Subject subject, double peakScore, double until)
    {
        var rules = subject.Protocol.Toxicity;
        var stream = subject.Random("neurotoxicity");
        double draw = stream.Uniform();
        var onset = stream.LogNormal(rules.NeurotoxicityOnset.Median, rules.NeurotoxicityOnset.LogSd);
        var duration = stream.LogNormal(rules.NeurotoxicityDuration.Median, rules.NeurotoxicityDuration.LogSd);
        var cd28 = subject.Protocol.Rules.Cd28;
        var open = 1 - Blocked(subject, onset);
        if (draw >= open * rules.Neurotoxicity(peakScore, cd28, severe: false) || onset > until) return null;
        return new Neurotoxicity { Severe = draw < open * rules.Neurotoxicity(peakScore, cd28, severe: true), OnsetDay = onset, DurationDays = duration };
    }

    /// <summary>Share of neurotoxicity that a blockade of interleukin 1 prevents on the day of its onset; 0 where the model knows none.</summary>
    private static double Blocked(Subject subject, double day) => subject.Course.Find(Readouts.Il1Blocked) is null ? 0 : subject.At(Readouts.Il1Blocked, day);

    /// <summary>Tumour lysis within the window.</summary>
    public static TumourLysis Lysis(Subject subject, double until)
    {
        var rules = subject.Protocol.Toxicity;
        var (day, flux) = PeakLysis(subject, Math.Min(until, rules.LysisUntil));
        var perKg = flux / subject.Patient.WeightKg;
        var stream = subject.Random("tumour lysis");
        double draw = stream.Uniform(), second = stream.Uniform();
        var laboratory = draw < rules.LaboratoryLysis(perKg, subject.Patient.EgfrMlMin, subject.Protocol.Rules.LysisProtected);
        return new TumourLysis { PeakPerKg = perKg, PeakDay = day, Laboratory = laboratory, Clinical = laboratory && second < rules.LysisClinicalShare };
    }

    /// <summary>Onset of acute graft-versus-host disease after the cells of a patient grafted before; null without.</summary>
    public static double? GraftDisease(Subject subject, double until)
    {
        var rules = subject.Protocol.Graft;
        var stream = subject.Random("graft-versus-host after cells");
        var has = stream.Bernoulli(rules.AcuteAfterCells);
        var day = rules.AcuteOnset(ref stream);
        return has && subject.Patient.PriorTransplant && day <= until ? day : null;
    }

    /// <summary>Highest lysis of a day, G/d: the model's own flux where it has one, else the net fall of the burden, which is a lower bound.</summary>
    private static (double Day, double Flux) PeakLysis(Subject subject, double until)
    {
        var course = subject.Course;
        var flux = course.Find(Readouts.LysisPerDay);
        var burden = course.Index(Readouts.Burden);
        var peak = (Day: 0.0, Flux: 0.0);
        for (var row = Math.Max(1, subject.FirstRow(0)); row < course.Times.Count && course.Times[row] <= until; row++)
        {
            var lysed = flux is { } column
                ? (course.Value(column, row) + course.Value(column, row - 1)) / 2
                : (course.Value(burden, row - 1) - course.Value(burden, row)) / (course.Times[row] - course.Times[row - 1]);
            if (lysed > peak.Flux) peak = (course.Times[row], lysed);
        }

        return peak;
    }
}
