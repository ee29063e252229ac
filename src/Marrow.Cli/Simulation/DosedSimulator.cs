using System.Globalization;
using Marrow.Cli.Output;
using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Ode;
using Marrow.Trials.DosingTables;

namespace Marrow.Cli.Simulation;

/// <summary>Simulates a model under the doses of a clinical table.</summary>
internal static class DosedSimulator
{
    /// <summary>Individuals below each other, each with a row at its observations and at the times asked for.</summary>
    /// <param name="path">The table.</param>
    /// <param name="columns">What is written.</param>
    /// <param name="times">Times asked for; none, if only observations are.</param>
    /// <param name="options">Tolerances.</param>
    /// <param name="bag">Receives what is wrong with the table.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>Null if something is.</returns>
    internal static DosedResult? Run(string path, OutputColumns columns, double[] times, StepperOptions options, DiagnosticBag bag, CancellationToken cancel)
    {
        if (DosingTable.Read(path, bag) is not { } table) return null;
        if (times.Length == 0) table.RequireObservations(bag);
        var simulation = DosedSimulation.Prepare(columns.Network, columns.Observables, table, bag);
        return bag.HasErrors ? null : simulation?.Run(times, options, Environment.ProcessorCount, cancel);
    }

    /// <summary>Writes <c>id,time,...,dv</c>; a missing observation is empty.</summary>
    internal static void WriteCsv(TextWriter writer, OutputColumns columns, DosedResult result)
    {
        writer.Write($"id,time,{string.Join(',', columns.Names)},dv\n");
        foreach (var row in result.Rows)
        {
            writer.Write(row.Id.AsSpan().IndexOfAny(",\"") < 0 ? row.Id : $"\"{row.Id.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            writer.Write(',');
            writer.Write(TrajectoryTable.Text(row.Time));
            foreach (var value in row.Values)
            {
                writer.Write(',');
                writer.Write(TrajectoryTable.Text(value));
            }
            writer.Write(row.Observed is { } observed ? string.Create(CultureInfo.InvariantCulture, $",{observed:R}\n") : ",\n");
        }
    }
}
