using System.Xml.Linq;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Exchange.Sedml;

/// <summary>What a document describes.</summary>
internal sealed record SedmlDocument(
    string File, IReadOnlyList<SedDataDescription> Data, IReadOnlyList<SedModel> Models, IReadOnlyList<SedSimulation> Simulations, IReadOnlyList<SedTask> Tasks, IReadOnlyList<SedGenerator> Generators,
    IReadOnlyList<SedReport> Reports, IReadOnlyList<SedPlot> Plots);

/// <summary>A model: a file or another model, and what is changed of it.</summary>
internal sealed record SedModel(string Id, string Name, string Source, IReadOnlyList<XElement> Changes, SourceSpan Where);

/// <summary>How the time of a simulation runs.</summary>
internal enum SimulationKind
{
    TimeCourse,
    OneStep,
    SteadyState,
}

/// <summary>A simulation.</summary>
/// <param name="Id">Name in the document.</param>
/// <param name="Kind">How time runs.</param>
/// <param name="Start">Where the model starts.</param>
/// <param name="OutputStart">First time that is kept.</param>
/// <param name="End">Last time; of one step its length.</param>
/// <param name="Steps">Intervals between times that are kept.</param>
/// <param name="Solver">How it is solved.</param>
internal sealed record SedSimulation(string Id, SimulationKind Kind, double Start, double OutputStart, double End, int Steps, SedSolver Solver);

/// <summary>How a simulation is solved.</summary>
internal sealed record SedSolver(SolverKind Kind, double Relative, double Absolute, double LargestStep, int MostSteps, ulong Seed);

/// <summary>Kinds of solvers.</summary>
internal enum SolverKind
{
    Differential,
    Stochastic,
    SteadyState,
}

internal abstract record SedTask(string Id, string Name, SourceSpan Where);

internal sealed record SedPlainTask(string Id, string Name, string Model, string Simulation, SourceSpan Where) : SedTask(Id, Name, Where);

internal sealed record SedRepeatedTask(
    string Id, string Name, string Master, bool Resets, IReadOnlyList<SedRange> Ranges, IReadOnlyList<SedSetValue> Sets, IReadOnlyList<SedSubTask> SubTasks, SourceSpan Where)
    : SedTask(Id, Name, Where);

internal sealed record SedSubTask(string Task, IReadOnlyList<SedSetValue> Sets);

internal abstract record SedRange(string Id, SourceSpan Where);

internal sealed record SedValueRange(string Id, IReadOnlyList<double> Values, SourceSpan Where) : SedRange(Id, Where);

internal sealed record SedFunctionRange(string Id, string Index, SedFormula Formula, SourceSpan Where) : SedRange(Id, Where);

/// <summary>A value given to a quantity of a model before a subtask.</summary>
internal sealed record SedSetValue(string Model, SedTarget Target, string? Range, SedFormula Formula);

/// <summary>A formula with its variables and parameters.</summary>
internal sealed record SedFormula(IReadOnlyList<SedVariable> Variables, IReadOnlyDictionary<string, double> Parameters, Expression Math);

/// <summary>An XPath expression, with the element whose prefixes it uses.</summary>
internal sealed record SedTarget(string Path, XElement Context, SourceSpan Where);

/// <summary>What a variable stands for.</summary>
internal enum SedSymbol
{
    /// <summary>The value that the target has in formulas of the model.</summary>
    Value,
    Time,
    Amount,
    Concentration,
    Rate,

    /// <summary>What a data source of the document holds; its target is <c>#</c> and the name of the source.</summary>
    Data,
}

/// <summary>A variable: a quantity of a model, or time.</summary>
/// <param name="Id">Name in the formula.</param>
/// <param name="Target">What it names; null for time.</param>
/// <param name="Symbol">What of it is meant.</param>
/// <param name="Task">Task whose result it is; null in changes and ranges.</param>
/// <param name="Model">Model; null if the task says it.</param>
/// <param name="Reduction">What makes one number of all values; null: they are kept.</param>
/// <param name="Where">Place in the document.</param>
internal sealed record SedVariable(string Id, SedTarget? Target, SedSymbol Symbol, string? Task, string? Model, Reduction? Reduction, SourceSpan Where)
{
    /// <summary>The data source that it stands for; only of data.</summary>
    public string Source => Target!.Path[1..];
}

internal sealed record SedGenerator(string Id, string Name, SedFormula Formula, SourceSpan Where)
{
    /// <summary>The variables that do not come from a task but from data.</summary>
    public IEnumerable<SedVariable> Data => Formula.Variables.Where(v => v.Symbol == SedSymbol.Data);

    /// <summary>Whether all of it was measured, and nothing simulated.</summary>
    public bool IsMeasured => Formula.Variables.Count > 0 && Formula.Variables.All(v => v.Symbol == SedSymbol.Data);
}

internal sealed record SedReport(string Id, string Name, IReadOnlyList<SedDataSet> DataSets);

internal sealed record SedDataSet(string Label, string Generator);

/// <summary>A plot; its axes may have names.</summary>
internal sealed record SedPlot(string Id, string Name, string Across, string Along, bool IsLogX, bool IsLogY, IReadOnlyList<SedCurve> Curves);

/// <summary>A curve, or an area between two.</summary>
internal sealed record SedCurve(string Name, string X, string Y, string? UpperY);
