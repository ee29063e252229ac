using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Clinical;

/// <summary>Immunoglobulin given by the clinic: children are replaced below the trigger, adults after an infection below it, with a dose every few weeks
/// while their own level is below the trigger. What is given decays with its half-life beside the model's own immunoglobulin.</summary>
internal sealed class IggReplacement
{
    private readonly double[] _levels;

    /// <summary>Follows the rows of a course from a day on.</summary>
    /// <param name="subject">The patient.</param>
    /// <param name="first">First row.</param>
    /// <param name="infectionHazard">Infections per day of a row without replacement, for adults' trigger.</param>
    public IggReplacement(Subject subject, int first, Func<int, double> infectionHazard)
    {
        var course = subject.Course;
        var rules = subject.Protocol.Toxicity;
        var column = course.Index(Readouts.IggGPerL);
        _levels = new double[course.Times.Count - first];
        var stream = subject.Random("immunoglobulin");
        var willing = !subject.Protocol.Rules.IggByModel && stream.Uniform() < rules.IggShare;
        double untilInfection = stream.Exponential(1), given = 0, next = double.NegativeInfinity;
        for (var i = 0; i < _levels.Length; i++)
        {
            var row = first + i;
            var (day, own) = (course.Times[row], course.Value(column, row));
            var span = i > 0 ? day - course.Times[row - 1] : 0;
            given *= VectorMath.Exp(-VectorMath.Ln(2) * span / rules.IggHalfLife);
            if (own < rules.IggTrigger) untilInfection -= span * infectionHazard(row);
            var child = subject.Patient.AgeYears + (day / Calendar.DaysPerYear) < rules.IggAdultFrom;
            if (willing && own < rules.IggTrigger && day >= next && day >= 0 && (child || untilInfection <= 0))
            {
                given += rules.IggDose * rules.IggRise;
                next = day + rules.IggInterval;
                FirstDay ??= day;
            }

            _levels[i] = own + given;
        }
    }

    /// <summary>Day of the first dose; null without.</summary>
    public double? FirstDay { get; }

    /// <summary>Immunoglobulin G of a row, counted from the first, g/L.</summary>
    public double Level(int i) => _levels[i];
}
