using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Ode;
using Marrow.Numerics.Vectors;

namespace Marrow.Exchange.Petab;

/// <summary>A problem evaluated at its nominal parameters.</summary>
public sealed class PetabEvaluation
{
    private readonly PetabProblem _problem;
    private readonly IReadOnlyList<PetabPrediction[]> _predictions;

    private PetabEvaluation(PetabProblem problem, IReadOnlyList<PetabPrediction[]> predictions)
    {
        (_problem, _predictions) = (problem, predictions);
        foreach (var (part, predicted) in problem.Parts.Zip(predictions))
        {
            for (var i = 0; i < predicted.Length; i++)
            {
                var measured = part.Measurements[i];
                if (double.IsNaN(measured.Value)) continue;
                var (logarithm, square) = PetabNoise.Judge(part.Observables[measured.Observable], measured.Value, predicted[i]);
                LogLikelihood += logarithm;
                if (!double.IsFinite(logarithm)) Impossible ??= Explain(part, i, predicted[i]);
                ChiSquared += square;
                Judged++;
            }
        }
        // A prior belongs to a parameter that is estimated, whether or not it has an effect.
        foreach (var parameter in problem.Parameters.Where(p => p.Prior is not null)) LogPrior = (LogPrior ?? 0) + PriorOf(parameter);
    }

    /// <summary>Sum of the logarithms of the densities of all measurements.</summary>
    public double LogLikelihood { get; }

    /// <summary>Sum of the squares of all residuals, each divided by its noise, on the scale on which it scatters.</summary>
    public double ChiSquared { get; }

    /// <summary>Sum of the logarithms of the priors' densities; null if no estimated parameter has one.</summary>
    public double? LogPrior { get; }

    /// <summary>Logarithm of the posterior density, up to a constant.</summary>
    public double LogPosterior => LogLikelihood + (LogPrior ?? 0);

    /// <summary>The simulated values, measurement by measurement.</summary>
    internal IReadOnlyList<double> Simulated => [.. _predictions.SelectMany(p => p).Select(p => p.Value)];

    /// <summary>The first measurement that the model makes impossible, with the reason; null if there is none. Then the likelihood is no number.</summary>
    public string? Impossible { get; }

    /// <summary>Measurements that count; rows without a value are only simulated.</summary>
    public int Judged { get; }

    /// <summary>Simulates a problem at its nominal parameters.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="relative">Relative tolerance of the solver.</param>
    /// <param name="absolute">Absolute tolerance of the solver, in the unit of each state.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="InputException">A parameter has no nominal value, or a model uses what is not supported.</exception>
    /// <exception cref="InvalidDataException">An experiment could not be simulated; the message says which and why.</exception>
    public static PetabEvaluation Evaluate(PetabProblem problem, double relative = 1e-10, double absolute = 1e-16, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var bag = new DiagnosticBag();
        foreach (var parameter in problem.Parameters.Where(p => p.Nominal is null)) parameter.Row.Error("nominalValue", bag, PetabCodes.NoNominal, $"'{parameter.Id}' has no nominal value");
        if (bag.HasErrors) throw new InputException(bag.Items);
        var options = new StepperOptions { RelativeTolerance = relative, AbsoluteTolerance = absolute };
        return new PetabEvaluation(problem, [.. problem.Parts.Select(part => new PetabSimulator(problem.Version, part, problem.Parameters, options, cancel).Run())]);
    }

    /// <summary>Logarithm of the prior density of each parameter that has a prior, at its nominal value.</summary>
    public IReadOnlyDictionary<string, double> LogPriors => _problem.Parameters.Where(p => p.Prior is not null).ToDictionary(p => p.Id, PriorOf, StringComparer.Ordinal);

    /// <summary>Writes the simulation table: the rows of the measurement tables, with <c>simulation</c> in place of <c>measurement</c>.</summary>
    public void WriteTable(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        const string Measurement = "measurement";
        var tables = _problem.Parts.SelectMany(p => p.Tables).ToList();
        string[] columns = [.. tables.SelectMany(t => t.Columns).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal)];
        writer.Write(string.Join('\t', columns.Select(c => c == Measurement ? "simulation" : c)) + "\n");
        foreach (var (part, predicted) in _problem.Parts.Zip(_predictions))
        {
            foreach (var (row, i) in part.Tables.SelectMany(t => t.Rows).Select((row, i) => (row, i)))
                writer.Write(string.Join('\t', columns.Select(c => c == Measurement ? Text(predicted[i].Value) : row[c])) + "\n");
        }
    }

    private static string Explain(PetabPart part, int measurement, PetabPrediction predicted)
    {
        var where = part.Tables.SelectMany(t => t.Rows).ElementAt(measurement).Where("measurement");
        return FormattableString.Invariant($"{where.File}:{where.Line}: '{part.Observables[part.Measurements[measurement].Observable].Id}' is predicted as {predicted.Value} with noise {predicted.Noise}, which gives the measurement no density; try: a noise above 0, and on a logarithmic scale a prediction above 0");
    }

    private static string Text(double value) => double.IsPositiveInfinity(value) ? "inf" : double.IsNegativeInfinity(value) ? "-inf" : value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private static double PriorOf(PetabParameter parameter)
    {
        var value = parameter.Nominal!.Value;
        if (parameter.Prior!.OnScale) value = PetabNoise.OnScale(parameter.Scale, value);
        return parameter.Prior.LogDensity(value);
    }
}

/// <summary>Noise models: normal and Laplace distributions of a value or its logarithm.</summary>
internal static class PetabNoise
{
    /// <summary>A value on a scale.</summary>
    public static double OnScale(PetabScale scale, double value) => scale switch
    {
        PetabScale.Log => VectorMath.Ln(value),
        PetabScale.Log10 => VectorMath.Log10(value),
        _ => value,
    };

    /// <summary>Logarithm of the density of a measurement m, and the square of its residual: for values on the scale g, noise s and a
    /// prediction y, r = (g(m) - g(y)) / s; the density on the linear scale has the factor g'(m).</summary>
    public static (double LogDensity, double Square) Judge(PetabObservable observable, double measured, PetabPrediction predicted)
    {
        var residual = (OnScale(observable.Scale, measured) - OnScale(observable.Scale, predicted.Value)) / predicted.Noise;
        var slope = observable.Scale switch
        {
            PetabScale.Log => -VectorMath.Ln(measured),
            PetabScale.Log10 => -VectorMath.Ln(measured) - VectorMath.Ln(VectorMath.Ln(10)),
            _ => 0,
        };
        var density = observable.IsLaplace ? -VectorMath.Ln(2 * predicted.Noise) - Math.Abs(residual)
            : -0.5 * VectorMath.Ln(2 * Math.PI) - VectorMath.Ln(predicted.Noise) - residual * residual / 2;
        return (density + slope, residual * residual);
    }
}
