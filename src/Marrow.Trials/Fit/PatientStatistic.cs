using System.Globalization;
using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Fit;

/// <summary>How the numbers of all patients become one: <c>median</c>, <c>mean</c>, <c>geometric_mean</c>, <c>quantile 0.9</c>,
/// <c>sd_log</c>, <c>share_above x</c>, <c>share_below x</c>. Shares take a third number w: a patient counts by the logistic function of
/// ln(value / x) / w instead of by 0 or 1, so that the share moves smoothly with the parameters.</summary>
public sealed class PatientStatistic
{
    private static readonly Dictionary<string, (int Least, int Most)> Words = new(StringComparer.Ordinal)
    {
        ["median"] = (0, 0),
        ["mean"] = (0, 0),
        ["geometric_mean"] = (0, 0),
        ["sd_log"] = (0, 0),
        ["quantile"] = (1, 1),
        ["share_above"] = (1, 2),
        ["share_below"] = (1, 2),
        [RatioToOthers] = (0, 0),
    };

    private const string RatioToOthers = "ratio_to_others";

    private readonly string _word;
    private readonly double[] _numbers;

    private PatientStatistic(string word, double[] numbers) => (_word, _numbers) = (word, numbers);

    /// <summary>As written.</summary>
    public string Text => string.Join(' ', _numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)).Prepend(_word));

    /// <summary>Whether it is a share of patients.</summary>
    public bool IsShare => _word is "share_above" or "share_below";

    /// <summary>Whether it compares a group with the other patients.</summary>
    public bool NeedsGroup => _word == RatioToOthers;

    /// <summary>Words that may be used.</summary>
    public static IReadOnlyCollection<string> Known => Words.Keys;

    /// <summary>Reads a statistic; null, with the reason, if it is none.</summary>
    public static PatientStatistic? Parse(string text, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        problem = "";
        if (parts.Length == 0 || !Words.TryGetValue(parts[0], out var limits))
        {
            problem = $"'{text}' is none of {string.Join(", ", Words.Keys)}";
            return null;
        }
        double[] numbers = [.. parts.Skip(1).Select(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : double.NaN)];
        if (numbers.Length < limits.Least || numbers.Length > limits.Most) problem = $"'{parts[0]}' takes {limits.Least} to {limits.Most} numbers";
        else if (numbers.Any(n => !double.IsFinite(n))) problem = $"'{text}' holds what is not a number";
        else if (parts[0] == "quantile" && numbers[0] is not (> 0 and < 1)) problem = "a quantile lies between 0 and 1";
        else if (numbers.Length == 2 && !(numbers[0] > 0 && numbers[1] > 0)) problem = "a soft share needs a limit and a width above 0";
        return problem.Length > 0 ? null : new PatientStatistic(parts[0], numbers);
    }

    /// <summary>The statistic of some patients; NaN of none.</summary>
    public double Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Of(values, [.. values.Select(_ => 1.0)]);
    }

    /// <summary>The statistic of patients who count in part; NaN of none.</summary>
    /// <param name="values">Value of each patient.</param>
    /// <param name="weights">How far each belongs to the group, 0 to 1.</param>
    public double Of(IReadOnlyList<double> values, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(weights);
        var total = Sum(weights);
        if (!(total > 0)) return double.NaN;
        return _word switch
        {
            "median" => Quantile(values, weights, total, 0.5),
            "quantile" => Quantile(values, weights, total, _numbers[0]),
            "mean" => Mean(values, weights),
            "geometric_mean" => VectorMath.Exp(Mean(Logs(values), weights)),
            "sd_log" => SdLog(Logs(values), weights, total),
            "share_above" => Mean([.. values.Select(Above)], weights),
            "share_below" => Mean([.. values.Select(v => 1 - Above(v))], weights),
            _ => VectorMath.Exp(Mean(Logs(values), weights) - Mean(Logs(values), [.. weights.Select(w => 1 - w)])),
        };
    }

    /// <summary>NaN where there is no logarithm, which makes NaN of any mean that counts it.</summary>
    private static double[] Logs(IReadOnlyList<double> values) => [.. values.Select(v => v > 0 ? VectorMath.Ln(v) : double.NaN)];

    private static double Sum(IReadOnlyList<double> values)
    {
        double sum = 0;
        foreach (var v in values) sum += v;
        return sum;
    }

    private static double Mean(IReadOnlyList<double> values, IReadOnlyList<double> weights)
    {
        double sum = 0;
        for (var i = 0; i < values.Count; i++)
        {
            if (weights[i] > 0) sum += weights[i] * values[i];
        }
        return sum / Sum(weights);
    }

    /// <summary>Between patients linear in rank; a patient of weight w counts as w patients, so that weights of 1 give the plain quantile.</summary>
    private static double Quantile(IReadOnlyList<double> values, IReadOnlyList<double> weights, double total, double share)
    {
        (double Value, double Weight)[] sorted = [.. values.Zip(weights).Where(p => p.Second > 0).OrderBy(p => p.First)];
        if (sorted.All(p => p.Weight == 1)) return Quantiles.Of([.. sorted.Select(p => p.Value)], share)[0];
        double before = 0, rank = share * total, middle = 0, value = sorted[0].Value;
        foreach (var p in sorted)
        {
            var next = before + (p.Weight / 2);
            if (next >= rank) return next == middle ? p.Value : value + ((p.Value - value) * Math.Min(1, (rank - middle) / (next - middle)));
            (before, middle, value) = (before + p.Weight, next, p.Value);
        }
        return value;
    }

    private static double SdLog(double[] logs, IReadOnlyList<double> weights, double total)
    {
        var mean = Mean(logs, weights);
        return total <= 1 ? double.NaN : Math.Sqrt(Mean([.. logs.Select(l => (l - mean) * (l - mean))], weights) * total / (total - 1));
    }

    private double Above(double value)
    {
        if (_numbers.Length == 1) return value >= _numbers[0] ? 1 : 0;
        return value <= 0 ? 0 : FitParameter.Logistic(VectorMath.Ln(value / _numbers[0]) / _numbers[1]);
    }
}
