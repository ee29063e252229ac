using Marrow.Numerics.Vectors;
using Marrow.Trials.Clinical;

namespace Marrow.Trials.Experiments;

/// <summary>Reads measures off courses.</summary>
internal sealed class MeasureReader
{
    private readonly CohortCourse _course;
    private readonly Course _rows;
    private readonly Func<string, string> _column;

    private MeasureReader(CohortCourse course, Course rows, Func<string, string> column)
    {
        _course = course;
        _rows = rows;
        _column = column;
    }

    /// <summary>A measure of a course; undefined if the patient failed.</summary>
    /// <param name="measure">What is read.</param>
    /// <param name="course">The course.</param>
    /// <param name="column">Name of the column in which a formula was recorded.</param>
    public static Measured Read(Measure measure, CohortCourse course, Func<string, string> column) =>
        course.Readouts is { Times.Count: > 0 } rows ? new MeasureReader(course, rows, column).Read(measure) : Measured.Failed;

    private Measured Read(Measure m) => m.Reading switch
    {
        MeasureReading.Patient => Measured.Of(_course.Values.TryGetValue(m.Formula, out var value) ? m.Scale * value : double.NaN),
        MeasureReading.Outcome or MeasureReading.OutcomeFlag or MeasureReading.OutcomeEvent => ClinicalMeasure.Read(m, _course),
        MeasureReading.AtEvent => AtEvent(m) is { } value ? Measured.Of(value > m.Threshold) : Measured.Undefined,
        MeasureReading.ValueAtEvent => AtEvent(m) is { } value ? Measured.Of(value) : Measured.Undefined,
        _ => new Series(m, _rows, _rows.Index(_column(m.Formula))).Read(),
    };

    /// <summary>The readout at the time of an event; null without the event.</summary>
    private double? AtEvent(Measure m)
    {
        var e = Read(m.Of!);
        return e.Occurred && !double.IsNaN(e.Value) ? _rows.At(_column(m.Formula), e.Value) : null;
    }

    /// <summary>One readout over time.</summary>
    private readonly ref struct Series(Measure m, Course rows, int column)
    {
        public Measured Read() => m.Reading switch
        {
            MeasureReading.Start => Measured.Of(Row(0)),
            MeasureReading.Value => Measured.Of(At(m.Day)),
            MeasureReading.Min => Measured.Of(Extreme(least: true)),
            MeasureReading.Max => Measured.Of(Extreme(least: false)),
            MeasureReading.Mean => Measured.Of(Integral() / (m.Until - m.Day)),
            MeasureReading.Auc => Measured.Of(Integral()),
            MeasureReading.FallLog10 => Measured.Of(VectorMath.Log10(At(0)) - VectorMath.Log10(At(m.Day))),
            MeasureReading.Fold => Measured.Of(At(m.Day) / At(0)),
            MeasureReading.MaxFold => Measured.Of(Extreme(least: false) / At(0)),
            MeasureReading.Ratio => Measured.Of(At(m.Day) / At(m.Until)),
            MeasureReading.Below => Measured.Of(At(m.Day) < m.Threshold),
            MeasureReading.Above => Measured.Of(At(m.Day) > m.Threshold),
            MeasureReading.EverBelow => Measured.Of(Extreme(least: true) < m.Threshold),
            MeasureReading.EverAbove => Measured.Of(Extreme(least: false) > m.Threshold),
            MeasureReading.FellTo => Measured.Of(Extreme(least: true) <= m.Threshold * At(0)),
            MeasureReading.FirstBelow => Crossing(0, m.Threshold, below: true, m.Day),
            MeasureReading.FirstAbove => Crossing(0, m.Threshold, below: false, m.Day),
            MeasureReading.Relapse or MeasureReading.RelapseOnly => Relapse(),
            MeasureReading.Recovery => Recovery(),
            _ => Rise(),
        };

        private double Row(int row) => Math.Max(m.Floor, rows.Value(column, row));

        private double At(double day) => Math.Max(m.Floor, rows.At(rows.Columns[column], day));

        private double Extreme(bool least)
        {
            var extreme = least ? Math.Min(At(m.Day), At(m.Until)) : Math.Max(At(m.Day), At(m.Until));
            for (var row = 0; row < rows.Times.Count; row++)
            {
                if (rows.Times[row] < m.Day || rows.Times[row] > m.Until) continue;
                extreme = least ? Math.Min(extreme, Row(row)) : Math.Max(extreme, Row(row));
            }
            return extreme;
        }

        /// <summary>Trapezoids between the rows from day to until.</summary>
        private double Integral()
        {
            double sum = 0, time = m.Day, value = At(m.Day);
            for (var row = 0; row < rows.Times.Count && rows.Times[row] < m.Until; row++)
            {
                if (rows.Times[row] <= m.Day) continue;
                sum += .5 * (value + Row(row)) * (rows.Times[row] - time);
                (time, value) = (rows.Times[row], Row(row));
            }
            return sum + (.5 * (value + At(m.Until)) * (m.Until - time));
        }

        /// <summary>When the readout, linear between rows, is first beyond a limit; else the end of observation.</summary>
        private Measured Crossing(double from, double limit, bool below, double end)
        {
            double time = from, value = At(from);
            if (below ? value < limit : value > limit) return new Measured(from, true);
            for (var row = 0; row < rows.Times.Count; row++)
            {
                if (rows.Times[row] <= from) continue;
                var next = Row(row);
                if (below ? next < limit : next > limit)
                {
                    var at = time + ((rows.Times[row] - time) * (limit - value) / (next - value));
                    return at <= end ? new Measured(at, true) : new Measured(end, false);
                }
                (time, value) = (rows.Times[row], next);
            }
            return new Measured(Math.Min(end, rows.Times[^1]), false);
        }

        private Measured Relapse()
        {
            var remission = Crossing(0, m.Threshold, below: true, m.Until);
            return remission.Occurred ? Crossing(remission.Value, m.Threshold2, below: false, m.Day) : new Measured(Math.Min(m.Until, m.Day), m.Reading == MeasureReading.Relapse);
        }

        /// <summary>Days count from the day of the measure; who is still below at the end has not recovered by then.</summary>
        private Measured Recovery()
        {
            var (below, ever, back) = (false, false, m.Day);
            for (var row = 0; row < rows.Times.Count && rows.Times[row] <= m.Until; row++)
            {
                if (rows.Times[row] < m.Day) continue;
                var low = Row(row) < m.Threshold;
                if (below && !low) back = rows.Times[row];
                (below, ever) = (low, ever || low);
            }
            return !ever ? Measured.Undefined : below ? new Measured(m.Until - m.Day, false) : new Measured(back - m.Day, true);
        }

        private Measured Rise()
        {
            var nadir = At(0);
            for (var row = 0; row < rows.Times.Count; row++)
            {
                if (rows.Times[row] < 0) continue;
                if (rows.Times[row] > m.Day) break;
                var value = Row(row);
                if (value >= m.Threshold2 && value >= m.Threshold * nadir) return new Measured(rows.Times[row], true);
                nadir = Math.Min(nadir, value);
            }
            return new Measured(Math.Min(m.Day, rows.Times[^1]), false);
        }
    }
}
