namespace Marrow.Trials.Clinical;

/// <summary>Samples death and infections along a course: each cause has an integrated hazard and one exponential threshold, and the first to reach
/// its threshold wins.</summary>
internal sealed class DeathSampler
{
    private readonly Subject _subject;
    private readonly double[] _days;
    private readonly double[] _background;
    private readonly double[] _leukaemia;
    private readonly double[] _infection;
    private readonly double[] _fatalInfection;
    private readonly double[] _treatment;

    /// <summary>Computes the hazards.</summary>
    /// <param name="subject">The patient.</param>
    /// <param name="from">Day from which the patient can die.</param>
    /// <param name="grade">Grade of cytokine release in the early window.</param>
    public DeathSampler(Subject subject, double from, int grade)
    {
        _subject = subject;
        var course = subject.Course;
        var first = subject.FirstRow(from);
        _days = [.. course.Times.Skip(first)];
        _background = new double[_days.Length];
        _leukaemia = new double[_days.Length];
        _infection = new double[_days.Length];
        _fatalInfection = new double[_days.Length];
        _treatment = new double[_days.Length];
        Fill(first, grade);
    }

    /// <summary>Immunoglobulin given by the clinic.</summary>
    public IggReplacement Immunoglobulin { get; private set; } = null!;

    private void Fill(int first, int grade)
    {
        var (course, hazards, patient) = (_subject.Course, _subject.Protocol.Hazards, _subject.Patient);
        var sinceSteroid = SteroidDays(first);
        int Grade(int i) => course.Events.Infused && _days[i] <= hazards.EarlyUntil ? grade : 0;
        double Infections(int i, double igG) =>
            hazards.Infection(course.Value(Readouts.Anc, first + i), igG, Grade(i), sinceSteroid[i] > hazards.SteroidDays);
        Immunoglobulin = new IggReplacement(_subject, first, row => Infections(row - first, course.Value(Readouts.IggGPerL, row)));
        for (var i = 0; i < _days.Length; i++)
        {
            var row = first + i;
            var age = patient.AgeYears + (_days[i] / Calendar.DaysPerYear);
            var tissue = course.Value(Readouts.TissueBurden, row);
            var leukaemia = _subject.Protocol.Cll?.Leukaemia(patient.WeightKg, patient.Frailty, tissue)
                ?? hazards.Leukaemia(age, patient.WeightKg, patient.Frailty, course.Value(Readouts.BlastShare, row), tissue);
            _background[i] = hazards.Background(patient.Sex, age);
            _treatment[i] = _subject.Protocol.Cll?.Treated ?? 0;
            _leukaemia[i] = leukaemia * (course.Events.Infused ? hazards.WhileTreated(_days[i]) : 1);
            _infection[i] = Infections(i, Immunoglobulin.Level(i));
            _fatalInfection[i] = _infection[i] * hazards.InfectionFatality(course.Value(Readouts.Anc, row), Grade(i));
        }
    }

    /// <summary>Days since a glucocorticoid was begun; NaN without.</summary>
    private double[] SteroidDays(int first)
    {
        var days = new double[_days.Length];
        var since = double.NaN;
        for (var i = 0; i < days.Length; i++)
        {
            if (_subject.Course.Value(Readouts.SteroidEffect, first + i) < _subject.Protocol.Hazards.SteroidEffect) since = double.NaN;
            else if (double.IsNaN(since)) since = _days[i];
            days[i] = _days[i] - since;
        }

        return days;
    }

    /// <summary>Day and cause of death, or null if the patient outlives the course.</summary>
    /// <param name="leaves">Day from which other treatment, which the course does not show, decides: later only the mortality of the general population counts.</param>
    public (double Day, DeathCause Cause)? Sample(double leaves = double.PositiveInfinity)
    {
        (double Day, DeathCause Cause)? first = null;
        foreach (var (cause, hazard) in new[] { (DeathCause.Background, _background), (DeathCause.Leukaemia, _leukaemia), (DeathCause.Infection, _fatalInfection), (DeathCause.Treatment, _treatment) })
        {
            var threshold = _subject.Random("death", (uint)cause).Exponential(1);
            if (Crossing(hazard, threshold) is not { } day || (day > leaves && cause != DeathCause.Background)) continue;
            if (first is null || day < first.Value.Day) first = (day, cause);
        }

        return first;
    }

    /// <summary>Infections between two days: Poisson of the integrated hazard.</summary>
    public int Infections(string window, double from, double to) => (int)_subject.Random($"infections {window}").Poisson(Integral(_infection, from, to));

    /// <summary>Integral of a hazard between two days, linear between rows.</summary>
    private double Integral(double[] hazard, double from, double to)
    {
        var sum = 0.0;
        for (var i = 1; i < _days.Length && _days[i - 1] < to; i++)
        {
            var (a, b) = (Math.Max(from, _days[i - 1]), Math.Min(to, _days[i]));
            if (b <= a) continue;
            var slope = (hazard[i] - hazard[i - 1]) / (_days[i] - _days[i - 1]);
            sum += (b - a) * (hazard[i - 1] + (slope * (((a + b) / 2) - _days[i - 1])));
        }

        return sum;
    }

    /// <summary>Day at which the integrated hazard reaches a threshold, or null.</summary>
    private double? Crossing(double[] hazard, double threshold)
    {
        var sum = 0.0;
        for (var i = 1; i < _days.Length; i++)
        {
            var span = _days[i] - _days[i - 1];
            var step = span * (hazard[i] + hazard[i - 1]) / 2;
            if (sum + step >= threshold) return _days[i - 1] + (span * (threshold - sum) / step);
            sum += step;
        }

        return null;
    }
}
