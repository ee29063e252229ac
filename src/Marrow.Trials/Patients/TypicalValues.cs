using Marrow.Numerics.Vectors;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Patients;

/// <summary>The scale on which the error of a typical value is normal.</summary>
internal enum ErrorScale
{
    /// <summary>value + se z</summary>
    Linear,
    /// <summary>value exp(log_se z)</summary>
    Log,
    /// <summary>1/(1 + exp(-(logit(value) + logit_se z)))</summary>
    Logit,
}

/// <summary>How well the typical value of a parameter is known.</summary>
/// <param name="Parameter">Name of the parameter.</param>
/// <param name="Scale">Scale of its error.</param>
/// <param name="Error">Standard error on that scale.</param>
internal readonly record struct UncertainValue(string Parameter, ErrorScale Scale, double Error)
{
    /// <summary>A value that could be the true one, <paramref name="z"/> standard errors from the estimate.</summary>
    public double At(double estimate, double z) => Scale switch
    {
        ErrorScale.Log => estimate * VectorMath.Exp(Error * z),
        ErrorScale.Logit => 1 / (1 + (((1 - estimate) / estimate) * VectorMath.Exp(-Error * z))),
        _ => estimate + (Error * z),
    };
}

/// <summary>What a study says of how well typical values are known: patient i belongs to replicate i mod R, and the typical values of a
/// replicate are drawn once. How replicates differ is uncertainty; how patients of a replicate differ is not.</summary>
/// <param name="TableFile">Table of standard errors.</param>
/// <param name="CorrelationFile">Table of their correlations; null if there is none.</param>
/// <param name="Replicates">R.</param>
/// <param name="Values">Typical values that are not known exactly.</param>
/// <param name="Correlated">Which errors go together.</param>
/// <param name="Cut">Limit of |z|.</param>
/// <param name="Numbers">Every number with its source.</param>
internal sealed record Uncertainty(
    string TableFile, string? CorrelationFile, int Replicates, IReadOnlyList<UncertainValue> Values, CorrelatedNumbers Correlated, double Cut, IReadOnlyList<SourcedNumber> Numbers)
{
    /// <summary>Replicate of a patient, from 0.</summary>
    public int ReplicateOf(int patient) => patient % Replicates;
}

/// <summary>Draws the typical values of a patient's replicate. Standard errors are spread evenly over replicates, keyed by seed, name and
/// replicate.</summary>
/// <param name="rule">What is not known exactly.</param>
/// <param name="indices">Parameter of each value of the rule.</param>
internal sealed class TypicalValues(Uncertainty rule, IReadOnlyList<int> indices)
{
    /// <summary>Moves the typical values among the parameters of a patient.</summary>
    public void Draw(PatientRandom random, Span<double> parameters)
    {
        var replicate = new PatientRandom(random.Seed, rule.ReplicateOf(random.Patient));
        for (var i = 0; i < indices.Count; i++)
        {
            var value = rule.Values[i];
            var z = rule.Correlated.Draw(new DrawnNumber(DrawnKind.TypicalValue, value.Parameter), replicate).Z;
            parameters[indices[i]] = value.At(parameters[indices[i]], Math.Clamp(z, -rule.Cut, rule.Cut));
        }
    }
}
