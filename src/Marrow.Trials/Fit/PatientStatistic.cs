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
    };

    private readonly string _word;
    private readonly double[] _numbers;

    private PatientStatistic(string word, double[] numbers) => (_word, _numbers) = (word, numbers);

    /// <summary>As written.</summary>
    public string Text => string.Join(' ', _numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)).Prepend(_word));

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
        if (values.Count == 0) return double.NaN;
        return _word switch
        {
            "median" => Quantiles.Median(values),
            "quantile" => Quantiles.Of(values, _numbers[0])[0],
            "mean" => Mean(values),
            "geometric_mean" => values.All(v => v > 0) ? VectorMath.Exp(Mean([.. values.Select(v => VectorMath.Ln(v))])) : double.NaN,
            "sd_log" => SdLog(values),
            "share_above" => Mean([.. values.Select(v => Above(v))]),
            _ => Mean([.. values.Select(v => 1 - Above(v))]),
        };
    }

    private static double Mean(IReadOnlyList<double> values)
    {
        double sum = 0;
        foreach (var v in values) sum += v;
        return sum / values.Count;
    }

    private static double SdLog(IReadOnlyList<double> values)
    {
        if (values.Any(v => !(v > 0)) || values.Count < 2) return double.NaN;
        double[] logs = [.. values.Select(v => VectorMath.Ln(v))];
        var mean = Mean(logs);
        return Math.Sqrt(logs.Sum(l => (l - mean) * (l - mean)) / (logs.Length - 1));
    }

    private double Above(double value)
    {
        if (_numbers.Length == 1) return value >= _numbers[0] ? 1 : 0;
        return value <= 0 ? 0 : FitParameter.Logistic(VectorMath.Ln(value / _numbers[0]) / _numbers[1]);
    }
}
