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
        DrawSpread(population.Covariates, random, values);
        BodySize.Add(sizes, values);
        DrawIndependent(population.Factors, "factor", random, values);
        return values;
    }

    /// <summary>Values from numbers that are spread evenly over patients.</summary>
    public static void DrawSpread(IReadOnlyList<Law> laws, PatientRandom random, Dictionary<string, double> values)
    {
        foreach (var law in laws) values[law.Name] = At(law, random.Spread("covariate " + law.Name), values);
    }

    /// <summary>Values from independent numbers; <paramref name="purpose"/> says what they are for.</summary>
    public static void DrawIndependent(IReadOnlyList<Law> laws, string purpose, PatientRandom random, Dictionary<string, double> values)
    {
        foreach (var law in laws) values[law.Name] = Independent(law, purpose, random, values);
    }

    /// <summary>One value from an independent number.</summary>
    public static double Independent(Law law, string purpose, PatientRandom random, IReadOnlyDictionary<string, double> values) =>
        At(law, random.Independent($"{purpose} {law.Name}"), values);

    private static double At(Law law, double u, IReadOnlyDictionary<string, double> values) => law.Draw(u, NormalDistribution.Quantile(u), values);
}
