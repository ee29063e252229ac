using Marrow.Numerics.Statistics;
using Marrow.Trials.Clinical;

namespace Marrow.Trials.Patients;

/// <summary>Draws the values of a patient from laws, in the order of the file.</summary>
internal static class Covariates
{
    /// <summary>Values that a patient keeps through all draws of biology: covariates, size, and factors of size and age.</summary>
    public static Dictionary<string, double> OfPatient(Population population, SizeTables sizes, PatientRandom random)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        Draw(population.Covariates, DrawnKind.Covariate, population.Correlations.Numbers, random, values);
        BodySize.Add(sizes, values);
        Draw(population.Factors, DrawnKind.Factor, population.Correlations.Numbers, random, values);
        return values;
    }

    /// <summary>Values of the population's laws, each from its own number or one correlated with others.</summary>
    public static void Draw(IReadOnlyList<Law> laws, DrawnKind kind, CorrelatedNumbers numbers, PatientRandom random, Dictionary<string, double> values)
    {
        foreach (var law in laws)
        {
            var (u, z) = numbers.Draw(new DrawnNumber(kind, law.Name), random);
            values[law.Name] = law.Draw(u, z, values);
        }
    }

    /// <summary>Values from independent numbers; <paramref name="purpose"/> says what they are for.</summary>
    public static void DrawIndependent(IReadOnlyList<Law> laws, string purpose, PatientRandom random, Dictionary<string, double> values)
    {
        foreach (var law in laws) values[law.Name] = Independent(law, purpose, random, values);
    }

    /// <summary>One value from an independent number.</summary>
    public static double Independent(Law law, string purpose, PatientRandom random, IReadOnlyDictionary<string, double> values)
    {
        var u = random.Independent($"{purpose} {law.Name}");
        return law.Draw(u, NormalDistribution.Quantile(u), values);
    }
}
