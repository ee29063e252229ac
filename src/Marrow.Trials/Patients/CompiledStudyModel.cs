using Marrow.Networks.Compilation;
using Marrow.Numerics.Jumps;
using Marrow.Numerics.Ode;

namespace Marrow.Trials.Patients;

/// <summary>The study's model, compiled.</summary>
internal sealed class CompiledStudyModel(CompiledModel compiled) : IStudyModel
{
    /// <inheritdoc/>
    public LaneSystem System => compiled.System;

    /// <inheritdoc/>
    public IReadOnlyList<string> States => compiled.States;

    /// <inheritdoc/>
    public IReadOnlyList<string> Parameters => compiled.Parameters;

    /// <inheritdoc/>
    public IReadOnlyList<string> Observables => compiled.Observables;

    /// <inheritdoc/>
    public IReadOnlyList<string> Events { get; } = [.. Enumerable.Range(0, compiled.System.Events.Count).Select(compiled.System.Events.Name)];

    /// <inheritdoc/>
    public CountedSystem? Counted => compiled.Counted;

    /// <inheritdoc/>
    public double[] DefaultParameters() => compiled.DefaultParameters();

    /// <inheritdoc/>
    public void InitialStates(ReadOnlySpan<double> parameters, Span<double> states) => compiled.InitialStates(parameters, states);

    /// <inheritdoc/>
    public void Observe(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, Span<double> observables) =>
        compiled.Evaluate(time, states, parameters, observables);
}
