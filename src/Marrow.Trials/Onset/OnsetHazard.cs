using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Onset;

/// <summary>Expected diagnoses of a life, by year of age: hits, pre-leukaemic clone, surveillance, overt disease. The hazards are integrated, since a
/// diagnosis is far too rare to be waited for.</summary>
/// <remarks>Pre-leukaemic cells C(a): present at birth with some probability and fading, or acquired with hazard u(a) and growing to a plateau. Malignant
/// cells arise with rate C(a) v (1 + s I(a)) m(a) with v the second hit, I inflammation and m mutation. Each survives and grows by <see cref="CloneFate"/>,
/// averaged over the visibility of clones to T cells.</remarks>
internal static class OnsetHazard
{
    /// <summary>Equally likely strata of a clone's visibility, each at its median.</summary>
    private const int Strata = 9;

    /// <summary>Malignant cells are followed from every third month.</summary>
    private const int Stride = 3;

    private static readonly double[] _deviates = [.. Enumerable.Range(0, Strata).Select(k => NormalDistribution.Quantile((k + 0.5) / Strata))];

    /// <summary>Adds a subtype's expected diagnoses to the years of age.</summary>
    /// <param name="subtype">Subtype.</param>
    /// <param name="tables">Tables.</param>
    /// <param name="factors">What is special about the life.</param>
    /// <param name="life">Life.</param>
    /// <param name="years">Expected diagnoses by year of age; added to.</param>
    public static void Add(OnsetSubtype subtype, OnsetTables tables, OnsetFactors factors, Life life, double[] years)
    {
        var rates = MalignantCells(subtype, tables, factors, life);
        foreach (var deviate in _deviates)
        {
            var fate = new CloneFate(subtype, life, deviate, factors.Tp53Tumour ? tables.Tp53Death : 1);
            for (var i = 0; i < life.Steps; i += Stride)
            {
                if (rates[i] <= 0 || fate.From(i) is not { } grown) continue;
                var year = grown.Step / Life.StepsPerYear;
                if (year < years.Length) years[year] += rates[i] * grown.Probability / Strata;
            }
        }
    }

    /// <summary>Expected malignant cells that arise in the stride which begins at each step (0 at steps within a stride).</summary>
    internal static double[] MalignantCells(OnsetSubtype subtype, OnsetTables tables, OnsetFactors factors, Life life)
    {
        const double year = 1.0 / Life.StepsPerYear;
        var rates = new double[life.Steps];
        double clones = 0, young = 0;
        for (var i = 0; i < life.Steps; i++)
        {
            var age = (i + 0.5) * year;
            var cells = (subtype.PrenatalShare * subtype.PrenatalCells * VectorMath.Exp(-subtype.PrenatalDecline * age)) + (subtype.CloneCells * (clones - young));
            var hits = subtype.SecondHit * Hits(subtype, tables, factors, life, i) * (factors.Tp53Tumour ? subtype.Tp53First : 1);
            rates[i - (i % Stride)] += cells * hits * year;
            // New clones; what is missing of their plateau decays with the time of growth.
            var arise = subtype.Initiation * VectorMath.Pow(age / OnsetSubtype.ReferenceAge, subtype.InitiationPower) * life.Mutation[i];
            clones += year * (arise - (subtype.CloneLoss * clones));
            young += year * (arise - (young * (subtype.CloneLoss + (1 / subtype.CloneTime))));
        }

        return rates;
    }

    /// <summary>Factor of the second hit: mutation, breaks of recombination, inflammation.</summary>
    private static double Hits(OnsetSubtype subtype, OnsetTables tables, OnsetFactors factors, Life life, int i)
    {
        var lymphoid = subtype.Recombination > 0;
        var chronic = lymphoid || !factors.MyeloidInflammation ? subtype.InflammationHits : Math.Max(subtype.InflammationHits, tables.MyeloidInflammation);
        return life.Mutation[i] * VectorMath.Pow(life.Recombination[i], subtype.Recombination)
            * (1 + (subtype.InflammationHits * life.Inflammation[i]) + (chronic * life.Chronic[i]));
    }
}
