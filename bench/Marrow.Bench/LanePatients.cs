using Marrow.Numerics.Ode;

namespace Marrow.Bench;

/// <summary>Patients of the lane benchmark: given parameters and start, outputs on an even grid.</summary>
internal sealed class LanePatients(double[][] states, double[][] parameters, double end, int outputs) : ITrajectorySource
{
    private int _next;

    /// <summary>Results, patient by patient: outputs x states.</summary>
    public double[] Results { get; } = new double[states.Length * outputs * states[0].Length];

    public int Failed { get; private set; }
    public long Steps { get; private set; }

    public Trajectory? Next() => _next < states.Length ? new Patient(this, _next++) : null;

    public void Rewind() => (_next, Failed, Steps) = (0, 0, 0);

    private sealed class Patient(LanePatients all, int index) : Trajectory
    {
        private int _sample = 1;

        public override double NextStop => End;
        public override double NextSample => _sample <= all.Outputs ? End * _sample / all.Outputs : double.PositiveInfinity;
        private double End => all.End;

        public override double Begin(Span<double> states, Span<double> parameters)
        {
            all.States[index].CopyTo(states);
            all.Parameters[index].CopyTo(parameters);
            return 0;
        }

        public override Directive AtStop(double time, Span<double> states, Span<double> parameters) => Directive.Finish;

        public override Directive AtSample(double time, Span<double> states, Span<double> parameters)
        {
            states.CopyTo(all.Results.AsSpan(((index * all.Outputs) + _sample++ - 1) * states.Length));
            return Directive.Continue;
        }

        public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states)
        {
            all.Steps += report.Steps;
            if (report.Outcome != Outcome.Done) all.Failed++;
        }
    }

    private double[][] States => states;
    private double[][] Parameters => parameters;
    private double End => end;
    private int Outputs => outputs;
}
