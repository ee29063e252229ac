namespace Marrow.Exchange.Sedml;

/// <summary>Makes one number of many.</summary>
internal enum Reduction
{
    Minimum,
    Maximum,
    Sum,
    Product,
    Count,
    Mean,
    StandardDeviation,
    Variance,
    Median,
}

/// <summary>The reductions by the names that SED-ML gives them.</summary>
internal static class Reductions
{
    /// <summary>Names of the functions of formulas: urn:sedml:function:NAME or http://sed-ml.org/#NAME.</summary>
    public static readonly IReadOnlyDictionary<string, Reduction> ByFunction = new Dictionary<string, Reduction>(StringComparer.Ordinal)
    {
        ["min"] = Reduction.Minimum,
        ["max"] = Reduction.Maximum,
        ["sum"] = Reduction.Sum,
        ["product"] = Reduction.Product,
        ["count"] = Reduction.Count,
        ["mean"] = Reduction.Mean,
        ["stdev"] = Reduction.StandardDeviation,
        ["variance"] = Reduction.Variance,
    };

    /// <summary>Terms of KiSAO. Those that leave out values that are no numbers are not among them.</summary>
    public static readonly IReadOnlyDictionary<string, Reduction> ByTerm = new Dictionary<string, Reduction>(StringComparer.Ordinal)
    {
        ["KISAO:0000840"] = Reduction.Minimum,
        ["KISAO:0000830"] = Reduction.Maximum,
        ["KISAO:0000845"] = Reduction.Sum,
        ["KISAO:0000847"] = Reduction.Product,
        ["KISAO:0000841"] = Reduction.Mean,
        ["KISAO:0000842"] = Reduction.StandardDeviation,
        ["KISAO:0000859"] = Reduction.Variance,
        ["KISAO:0000857"] = Reduction.Median,
    };

    /// <summary>One number of many; variance and standard deviation divide by their number.</summary>
    public static double Of(this Reduction reduction, IReadOnlyList<double> values)
    {
        if (values.Count == 0) return reduction is Reduction.Sum or Reduction.Count ? 0 : reduction == Reduction.Product ? 1 : double.NaN;
        return reduction switch
        {
            Reduction.Minimum => values.Aggregate(Math.Min),
            Reduction.Maximum => values.Aggregate(Math.Max),
            Reduction.Sum => values.Sum(),
            Reduction.Product => values.Aggregate((a, b) => a * b),
            Reduction.Count => values.Count,
            Reduction.Mean => values.Average(),
            Reduction.Variance => Variance(values),
            Reduction.StandardDeviation => Math.Sqrt(Variance(values)),
            _ => Median([.. values]),
        };
    }

    private static double Variance(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return values.Average(v => (v - mean) * (v - mean));
    }

    private static double Median(double[] values)
    {
        if (values.Any(double.IsNaN)) return double.NaN;
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }
}
