using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Survival;

/// <summary>Log partial likelihood of Cox' model, its gradient and its information, on covariates centred and scaled to unit standard
/// deviation (which changes the likelihood not at all and keeps exponentials and pivots in range).</summary>
internal sealed class CoxLikelihood
{
    private readonly SurvivalObservation[] _observations;
    private readonly int[] _strata;
    private readonly double[][] _rows;
    private readonly TiesMethod _ties;
    private readonly Moments _atRisk;
    private readonly Moments _tied;

    public CoxLikelihood(IReadOnlyList<SurvivalObservation> observations, double[,] covariates, IReadOnlyList<int>? strata, TiesMethod ties)
    {
        var n = observations.Count;
        var p = covariates.GetLength(1);
        _ties = ties;
        // Within a stratum from the last time to the first, so that the risk set only grows.
        var order = Enumerable.Range(0, n).OrderBy(i => strata?[i] ?? 0).ThenByDescending(i => observations[i].Time).ToArray();
        _observations = [.. order.Select(i => observations[i])];
        _strata = [.. order.Select(i => strata?[i] ?? 0)];
        Scales = new double[p];
        var means = new double[p];
        for (var j = 0; j < p; j++)
        {
            for (var i = 0; i < n; i++)
                means[j] += covariates[i, j] / n;
            for (var i = 0; i < n; i++)
                Scales[j] += (covariates[i, j] - means[j]) * (covariates[i, j] - means[j]) / n;
            Scales[j] = Math.Sqrt(Scales[j]);
        }

        _rows = [.. order.Select(i => Enumerable.Range(0, p).Select(j => Scales[j] > 0 ? (covariates[i, j] - means[j]) / Scales[j] : 0).ToArray())];
        _atRisk = new(p);
        _tied = new(p);
    }

    /// <summary>Standard deviations that the covariates were divided by; 0 for a constant one.</summary>
    public double[] Scales { get; }

    /// <summary>Log partial likelihood.</summary>
    /// <param name="coefficients">Of the scaled covariates, length p.</param>
    /// <param name="gradient">Receives its gradient, length p.</param>
    /// <param name="information">Receives minus its Hessian, p x p.</param>
    public double Evaluate(double[] coefficients, double[] gradient, double[,] information)
    {
        Array.Clear(gradient);
        Array.Clear(information);
        double logLikelihood = 0;
        for (int i = 0, next; i < _rows.Length; i = next)
        {
            if (i == 0 || _strata[i] != _strata[i - 1])
                _atRisk.Clear();
            _tied.Clear();
            for (next = i; next < _rows.Length && _strata[next] == _strata[i] && _observations[next].Time == _observations[i].Time; next++)
            {
                double predictor = 0;
                for (var j = 0; j < coefficients.Length; j++)
                    predictor += coefficients[j] * _rows[next][j];
                var weight = VectorMath.Exp(predictor);
                _atRisk.Add(weight, _rows[next]);
                if (!_observations[next].Event)
                    continue;
                _tied.Add(weight, _rows[next]);
                logLikelihood += predictor;
                for (var j = 0; j < gradient.Length; j++)
                    gradient[j] += _rows[next][j];
            }

            for (var k = 0; k < _tied.Count; k++)
                logLikelihood -= AddEvent(_ties == TiesMethod.Efron ? (double)k / _tied.Count : 0, gradient, information);
        }

        return logLikelihood;
    }

    /// <summary>One event whose risk set leaves out a share of the tied events; the logarithm of the sum over the risk set.</summary>
    private double AddEvent(double left, double[] gradient, double[,] information)
    {
        var total = _atRisk.Weight - (left * _tied.Weight);
        for (var i = 0; i < gradient.Length; i++)
        {
            var mean = (_atRisk.First[i] - (left * _tied.First[i])) / total;
            gradient[i] -= mean;
            for (var j = 0; j <= i; j++)
            {
                var other = (_atRisk.First[j] - (left * _tied.First[j])) / total;
                information[i, j] += ((_atRisk.Second[i, j] - (left * _tied.Second[i, j])) / total) - (mean * other);
                information[j, i] = information[i, j];
            }
        }

        return VectorMath.Ln(total);
    }

    /// <summary>Weighted sums of 1, x and x x' (lower triangle) over a set of patients.</summary>
    private sealed class Moments(int covariates)
    {
        public int Count { get; private set; }

        public double Weight { get; private set; }

        public double[] First { get; } = new double[covariates];

        public double[,] Second { get; } = new double[covariates, covariates];

        public void Clear()
        {
            Count = 0;
            Weight = 0;
            Array.Clear(First);
            Array.Clear(Second);
        }

        public void Add(double weight, double[] row)
        {
            Count++;
            Weight += weight;
            for (var i = 0; i < row.Length; i++)
            {
                First[i] += weight * row[i];
                for (var j = 0; j <= i; j++)
                    Second[i, j] += weight * row[i] * row[j];
            }
        }
    }
}
