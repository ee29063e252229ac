using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Exchange.Petab;

/// <summary>A parameter estimation problem in the format PEtab (Schmiester et al., PLoS Comput Biol 17:e1008646, 2021): models,
/// experiments on them, what is measured with which noise, and the parameters with bounds and priors.</summary>
public sealed class PetabProblem
{
    internal PetabProblem(string name, int version, IReadOnlyList<PetabParameter> parameters, IReadOnlyList<PetabPart> parts) =>
        (Name, Version, Parameters, Parts) = (name, version, parameters, parts);

    /// <summary>Name of the YAML file, without its ending.</summary>
    public string Name { get; }

    /// <summary>1 or 2.</summary>
    public int Version { get; }

    /// <summary>What it holds, in a few words.</summary>
    public string Size => FormattableString.Invariant(
        $"{Count(Parts.Sum(p => p.Measurements.Count), "measurement")}, {Count(Parts.Sum(p => p.Observables.Count), "observable")}, {Count(Parts.Sum(p => p.Experiments.Count), "experiment")}, {Count(Parameters.Count, "parameter")} ({Parameters.Count(p => p.IsEstimated)} estimated)");

    internal IReadOnlyList<PetabParameter> Parameters { get; }

    internal IReadOnlyList<PetabPart> Parts { get; }

    /// <summary>Whether a YAML file is a PEtab problem, by its keys.</summary>
    /// <param name="path">The file; one that cannot be read is none.</param>
    public static bool Recognises(string path) => PetabFiles.Recognises(path);

    /// <summary>Reads a problem with all files that it names.</summary>
    /// <param name="path">The YAML file.</param>
    /// <param name="bag">Receives every problem, of all files.</param>
    /// <returns>The problem; null if there are errors.</returns>
    public static PetabProblem? Load(string path, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(bag);
        return PetabLoader.Load(path, bag);
    }

    /// <summary>That a problem is asked to be estimated, which is not supported yet.</summary>
    /// <param name="path">The YAML file.</param>
    public static Diagnostic NotEstimated(string path) =>
        new(Severity.Error, PetabCodes.Estimation.Code, "the parameters of a PEtab problem cannot be estimated yet", new SourceSpan(path, 0, 0, 1), PetabCodes.Estimation.Cause, PetabCodes.Estimation.Cure);

    private static string Count(int count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
}

/// <summary>One model with its experiments and measurements. A problem of version 1 may have several, which share their parameters.</summary>
internal sealed record PetabPart(
    ReactionNetwork Network, IReadOnlyList<PetabObservable> Observables, IReadOnlyList<PetabExperiment> Experiments,
    IReadOnlyList<PetabMeasurement> Measurements, IReadOnlyList<PetabTable> Tables);

/// <summary>Scale on which a value is normally, or otherwise, distributed, or a parameter estimated.</summary>
internal enum PetabScale
{
    Lin,
    Log,
    Log10,
}

/// <summary>A row of the parameter table. Values are on the linear scale.</summary>
internal sealed record PetabParameter(
    string Id, PetabScale Scale, double? Lower, double? Upper, double? Nominal, bool IsEstimated, PetabPrior? Prior, PetabRow Row);

/// <summary>A row of the observable table: what is measured, and how it scatters.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Formula">What is measured.</param>
/// <param name="Noise">Standard deviation, or the scale of a Laplace distribution, on <paramref name="Scale"/>.</param>
/// <param name="Scale">Scale on which it scatters.</param>
/// <param name="IsLaplace">Whether it scatters by a Laplace distribution, not a normal one.</param>
/// <param name="FormulaPlaceholders">Names that each measurement fills by its observableParameters.</param>
/// <param name="NoisePlaceholders">Names that each measurement fills by its noiseParameters.</param>
/// <param name="Row">Its row.</param>
internal sealed record PetabObservable(
    string Id, Expression Formula, Expression Noise, PetabScale Scale, bool IsLaplace,
    IReadOnlyList<string> FormulaPlaceholders, IReadOnlyList<string> NoisePlaceholders, PetabRow Row);

/// <summary>One change that a condition makes.</summary>
/// <param name="Target">Species, parameter or compartment.</param>
/// <param name="Value">Its new value; null: what the model gives it, or what it has become.</param>
/// <param name="Row">Where it stands.</param>
/// <param name="Column">Column of its value.</param>
internal sealed record PetabChange(string Target, Expression? Value, PetabRow Row, string Column);

/// <summary>A condition: changes that are made together.</summary>
internal sealed record PetabCondition(string Id, IReadOnlyList<PetabChange> Changes);

/// <summary>A time from which changes hold; minus infinity: until nothing changes any more, before the clock starts.</summary>
internal sealed record PetabPeriod(double Time, IReadOnlyList<PetabChange> Changes);

/// <summary>A course of conditions.</summary>
internal sealed record PetabExperiment(string Label, IReadOnlyList<PetabPeriod> Periods)
{
    /// <summary>Whether it begins with a steady state.</summary>
    public bool IsEquilibrated => double.IsNegativeInfinity(Periods[0].Time);

    /// <summary>Periods after the steady state; at least one.</summary>
    public IEnumerable<PetabPeriod> Timed => IsEquilibrated ? Periods.Skip(1) : Periods;
}

/// <summary>What fills a placeholder: a number or a name.</summary>
internal readonly record struct PetabOverride(double Value, string? Name);

/// <summary>A row of the measurement table.</summary>
/// <param name="Observable">Place of its observable.</param>
/// <param name="Experiment">Place of its experiment.</param>
/// <param name="Time">Time, infinity for the steady state.</param>
/// <param name="Value">What was measured; NaN where only a simulation is wanted.</param>
/// <param name="FormulaOverrides">What fills the placeholders of the formula.</param>
/// <param name="NoiseOverrides">What fills those of the noise.</param>
internal sealed record PetabMeasurement(
    int Observable, int Experiment, double Time, double Value, IReadOnlyList<PetabOverride> FormulaOverrides, IReadOnlyList<PetabOverride> NoiseOverrides);
