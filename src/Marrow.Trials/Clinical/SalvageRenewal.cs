using Marrow.Numerics.Random;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Clinical;

/// <summary>Renewal of salvage treatment after relapse or failure, where the study does not simulate the next drug.</summary>
/// <remarks>Line k lasts a fixed time at a part of the hazard of active leukaemia w lambda B^2/(B^2 + half^2); it kills by toxicity with a small
/// probability, and brings remission with p_k, lowered by frailty w. After a failed line treatment ends (palliation: the whole hazard until death) or
/// goes on with line k + 1. In remission some are transplanted; others relapse after an exponential time and go on with line k + 1. Every line and
/// every graft has random numbers of its own, keyed by patient and number.</remarks>
internal sealed class SalvageRenewal
{
    private readonly Subject _subject;
    private readonly SalvageRules _rules;
    private readonly double _horizon;
    private readonly List<double> _lines = [];
    private readonly List<double> _remissions = [];
    private readonly List<GraftCourse> _grafts = [];
    private double? _palliation;
    private (double Day, DeathCause Cause)? _death;

    private SalvageRenewal(Subject subject, double horizon)
    {
        _subject = subject;
        _rules = subject.Protocol.Salvage;
        _horizon = horizon;
    }

    /// <summary>The course from the day of relapse or failure.</summary>
    /// <param name="subject">The patient.</param>
    /// <param name="start">First day of the first line.</param>
    /// <param name="line">Number of that line.</param>
    /// <param name="horizon">Day after which nothing is asked for.</param>
    public static SalvageCourse From(Subject subject, double start, int line, double horizon)
    {
        var salvage = new SalvageRenewal(subject, horizon);
        salvage.Run(start, line);
        return salvage.Result(start, line);
    }

    /// <summary>0 for children, 1 for adults, between while growing up.</summary>
    public static double Adult(Subject subject, double day) =>
        subject.Protocol.Hazards.Adult(subject.Patient.AgeYears + (day / Calendar.DaysPerYear));

    private SalvageCourse Result(double start, int line) => new()
    {
        StartDay = start,
        FirstLine = line,
        LineDays = _lines,
        RemissionDays = _remissions,
        Grafts = _grafts,
        PalliationDay = _palliation,
        DeathDay = _death?.Day,
        Cause = _death?.Cause,
    };

    private void Run(double day, int line)
    {
        var number = 0;
        while (_death is null && _palliation is null && day < _horizon)
        {
            var stream = _subject.Random("salvage line", (uint)number);
            if (Line(ref stream, ref day, line, number)) break;
            line++;
            number++;
        }

        if (_death?.Day > _horizon) _death = null;
    }

    /// <summary>One line, and the remission that it brings; true if the patient is cured or beyond the horizon.</summary>
    private bool Line(ref RandomStream stream, ref double day, int line, int number)
    {
        double leukaemia = stream.Exponential(1), toxic = stream.Uniform(), responds = stream.Uniform(), ends = stream.Uniform();
        double transplanted = stream.Uniform(), relapse = stream.Exponential(1);
        var adult = Adult(_subject, day);
        var hazard = Hazard(day);
        var drugs = _subject.Protocol.Rules.DrugsAvailable;
        _lines.Add(day);
        var end = day + (_rules.AttemptMonths * Calendar.DaysPerMonth);
        var killed = day + (leukaemia / (hazard * _rules.HazardFactor));
        if (killed < end) return Dies(killed, DeathCause.Leukaemia);
        if (toxic < _rules.ToxicDeath(adult)) return Dies(end, DeathCause.Treatment);
        if (responds >= _rules.Response(line, adult, drugs, _subject.Patient.Frailty))
        {
            day = end;
            if (ends >= _rules.Palliation(adult, drugs)) return false;
            _palliation = end;
            // A new exponential time by the memoryless law: what is left of the one that the line did not use up.
            return Dies(end + ((leukaemia - ((end - _lines[^1]) * hazard * _rules.HazardFactor)) / hazard), DeathCause.Leukaemia);
        }

        _remissions.Add(end);
        if (transplanted >= _rules.Transplant(adult))
        {
            day = end + (relapse * _rules.RelapseMedianMonths(adult) / VectorMath.Ln(2) * Calendar.DaysPerMonth);
            return day >= _horizon;
        }

        return Graft(end, ref day, number);
    }

    private bool Graft(double remission, ref double day, int number)
    {
        var at = remission + (_rules.TransplantWaitMonths * Calendar.DaysPerMonth);
        var stream = _subject.Random("salvage graft", (uint)number);
        var graft = _subject.Protocol.Graft.Draw(ref stream, at, Adult(_subject, at));
        if (at < _horizon) _grafts.Add(graft);
        if (graft.DeathDay is { } death) return Dies(death, DeathCause.Transplant);
        day = graft.RelapseDay ?? double.PositiveInfinity;
        return day >= _horizon;
    }

    private double Hazard(double day)
    {
        var patient = _subject.Patient;
        return _subject.Protocol.Hazards.Leukaemia(patient.AgeYears + (day / Calendar.DaysPerYear), patient.WeightKg, patient.Frailty, _rules.BlastShare, 0);
    }

    private bool Dies(double day, DeathCause cause)
    {
        _death = (day, cause);
        return true;
    }
}
