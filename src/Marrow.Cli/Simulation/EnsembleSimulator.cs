using Marrow.Cli.Output;
using Marrow.Networks.Compilation;
using Marrow.Networks.Simulation;
using Marrow.Numerics.Ode;

namespace Marrow.Cli.Simulation;

/// <summary>Simulates one model for every row of a table, in lanes, and writes one table with the rows' identifiers. A row whose solver fails
/// keeps the times that it reached.</summary>
internal sealed class EnsembleSimulator(EnsembleTable table, OutputColumns columns, double[] times, StepperOptions options, TextWriter error)
{
    /// <summary>Rows that are held in memory at a time.</summary>
    private const int Batch = 1024;

    private readonly CompiledModel _model = CompiledModel.Compile(columns.Network, new CompileOptions { Observables = [.. columns.Observables.Distinct()] });

    /// <summary>Number of rows that failed; each is said on standard error.</summary>
    public int Failed { get; private set; }

    /// <summary>Runs and writes everything.</summary>
    public void Write(TextWriter writer, CancellationToken cancel)
    {
        writer.Write("id,time");
        foreach (var name in columns.Names) writer.Write("," + name);
        writer.Write('\n');
        int[] opened = [.. table.Names.Select(name => _model.ParameterIndex(OpenStarts.Of(name)))];
        int[] places = [.. columns.Observables.Select(_model.ObservableIndex)];
        var courses = new TimeCourses { System = _model.System, Start = times[0], Times = times, Options = options };
        for (var first = 0; first < table.Ids.Count; first += Batch)
        {
            var from = first;
            var count = Math.Min(Batch, table.Ids.Count - from);
            var values = new double[count][];
            var filled = new int[count];
            for (var k = 0; k < count; k++) values[k] = new double[times.Length * places.Length];
            var reports = courses.Solve(count, k => Begin(table.Values[from + k], opened), Environment.ProcessorCount, Receive, cancel);
            for (var k = 0; k < count; k++)
            {
                Write(writer, table.Ids[from + k], values[k], filled[k]);
                if (reports[k].Outcome != Outcome.Done) Fail(table.Ids[from + k], reports[k]);
            }

            void Receive(int member, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters)
            {
                var observed = new double[_model.Observables.Count];
                _model.Evaluate(time, states, parameters, observed);
                for (var c = 0; c < places.Length; c++) values[member][(filled[member] * places.Length) + c] = observed[places[c]];
                filled[member]++;
            }
        }
    }

    private (IReadOnlyList<double> States, IReadOnlyList<double> Parameters) Begin(double[] row, int[] opened)
    {
        var parameters = _model.DefaultParameters();
        for (var c = 0; c < row.Length; c++) parameters[opened[c]] = row[c];
        var states = new double[_model.States.Count];
        _model.InitialStates(parameters, states);
        return (states, parameters);
    }

    private void Write(TextWriter writer, string id, double[] values, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            writer.Write(id);
            writer.Write(',');
            TrajectoryTable.WriteRow(writer, times[row], values.AsSpan(row * columns.Names.Count, columns.Names.Count));
        }
    }

    private void Fail(string id, in TrajectoryReport report)
    {
        Failed++;
        error.WriteLine($"marrow: id {id}: {Simulator.Explain(report, _model)}");
    }
}
