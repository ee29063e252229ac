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
        var hazards = subject.Protocol.Hazards;
        var patient = subject.Patient;
        var steroidSince = double.NaN;
        for (var i = 0; i < _days.Length; i++)
        {
            var row = first + i;
            double Of(string readout) => course.Value(readout, row);
            var age = patient.AgeYears + (_days[i] / Calendar.DaysPerYear);
            steroidSince = Of(Readouts.SteroidEffect) < hazards.SteroidEffect ? double.NaN : double.IsNaN(steroidSince) ? _days[i] : steroidSince;
            var earlyGrade = course.Events.Infused && _days[i] <= hazards.EarlyUntil ? grade : 0;
            _background[i] = hazards.Background(patient.Sex, age);
            _leukaemia[i] = hazards.Leukaemia(age, patient.WeightKg, patient.Frailty, Of(Readouts.BlastShare), Of(Readouts.TissueBurden))
                * (course.Events.Infused ? hazards.WhileTreated(_days[i]) : 1);
            _infection[i] = hazards.Infection(Of(Readouts.Anc), Of(Readouts.IggGPerL), earlyGrade, _days[i] - steroidSince > hazards.SteroidDays);
            _fatalInfection[i] = _infection[i] * hazards.InfectionFatality(Of(Readouts.Anc), earlyGrade);
        }
    }

    /// <summary>Day and cause of death, or null if the patient outlives the course.</summary>
    public (double Day, DeathCause Cause)? Sample()
    {
        (double Day, DeathCause Cause)? first = null;
        foreach (var (cause, hazard) in new[] { (DeathCause.Background, _background), (DeathCause.Leukaemia, _leukaemia), (DeathCause.Infection, _fatalInfection) })
        {
            var threshold = _subject.Random("death", (uint)cause).Exponential(1);
            if (Crossing(hazard, threshold) is { } day && (first is null || day < first.Value.Day)) first = (day, cause);
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
