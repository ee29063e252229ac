using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Survival;

/// <summary>Cox' proportional hazards model, hazard(t | x) = h_stratum(t) exp(b' x), by Newton's method with step halving on the log partial
/// likelihood (Cox 1972, doi:10.1111/j.2517-6161.1972.tb00899.x).</summary>
public static class CoxRegression
{
    private const int MostIterations = 60;
    private const int MostHalvings = 30;

    /// <summary>Steps below this many standard deviations of a covariate end the search; Newton's next step would be its square.</summary>
    private const double SmallStep = 1e-7;

    /// <summary>Where the likelihood has gone flat to this while steps stay above <see cref="LongStep"/>, its maximum is at infinity.</summary>
    private const double Flat = 1e-9;

    private const double LongStep = 0.05;

    /// <summary>Fits the model. Data for which no maximum exists give a fit with a <see cref="CoxFit.Problem"/>, not an exception.</summary>
    /// <param name="observations">One per patient.</param>
    /// <param name="names">Names of the covariates, length p.</param>
    /// <param name="covariates">Finite values, patients x p.</param>
    /// <param name="strata">Stratum of each patient, each with its own baseline hazard; null: one stratum.</param>
    /// <param name="ties">Treatment of equal event times.</param>
    /// <param name="confidence">Of the Wald limits.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a time or a covariate is not a number.</exception>
    public static CoxFit Fit(IReadOnlyList<SurvivalObservation> observations, IReadOnlyList<string> names, double[,] covariates,
        IReadOnlyList<int>? strata = null, TiesMethod ties = TiesMethod.Efron, double confidence = 0.95)
    {
        Check(observations, names, covariates, strata, confidence);
        var fit = new CoxFit { Subjects = observations.Count, Events = observations.Count(o => o.Event) };
        if (fit.Events == 0)
            return fit with { Problem = "there is no event, so hazards cannot be compared; follow the patients for longer" };

        var likelihood = new CoxLikelihood(observations, covariates, strata, ties);
        var search = new Search(likelihood, names.Count);
        if (!search.TryFactor(out var dependent))
            return fit with { Problem = $"covariate '{names[dependent]}' is constant, or a combination of the covariates before it, among the patients at risk; leave it out" };
        var logLikelihoodNull = search.LogLikelihood;
        var score = search.Decrement;
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            var step = search.Step;
            var longest = Array.FindIndex(step, s => Math.Abs(s) == step.Max(Math.Abs));
            if (Math.Abs(step[longest]) < SmallStep)
                return Complete(fit, search, likelihood.Scales, names, logLikelihoodNull, score, confidence);
            var flat = search.Decrement < Flat && Math.Abs(step[longest]) > LongStep;
            if (flat || !search.TryAdvance() || !search.TryFactor(out dependent))
                return fit with { Problem = Monotone(names[longest], search.Coefficients[longest] / likelihood.Scales[longest]) };
        }

        return fit with { Problem = $"the estimates did not settle in {MostIterations} iterations; use fewer covariates, or rescale them" };
    }

    private static string Monotone(string name, double coefficient) => FormattableString.Invariant(
        $"the likelihood rises without end as the coefficient of '{name}' goes to {(coefficient < 0 ? "minus " : "")}infinity (it reached {coefficient:G3}): its values separate the patients with events; merge categories or leave it out");

    private static CoxFit Complete(CoxFit fit, Search search, double[] scales, IReadOnlyList<string> names, double logLikelihoodNull, double score, double confidence)
    {
        var z = NormalDistribution.Quantile(0.5 + (confidence / 2));
        var p = names.Count;
        var covariance = search.Covariance();
        var coefficients = new CoxCoefficient[p];
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j < p; j++)
                covariance[i, j] /= scales[i] * scales[j];
            var estimate = search.Coefficients[i] / scales[i];
            var error = Math.Sqrt(covariance[i, i]);
            coefficients[i] = new(names[i], estimate, error, VectorMath.Exp(estimate), new(VectorMath.Exp(estimate - (z * error)), VectorMath.Exp(estimate + (z * error))),
                2 * NormalDistribution.Cumulative(-Math.Abs(estimate / error)));
        }

        CoxTest Test(double statistic) => new(statistic, ChiSquaredDistribution.UpperTail(statistic, p));
        return fit with
        {
            Coefficients = coefficients,
            Covariance = covariance,
            LogLikelihoodNull = logLikelihoodNull,
            LogLikelihood = search.LogLikelihood,
            LikelihoodRatio = Test(2 * (search.LogLikelihood - logLikelihoodNull)),
            Score = Test(score),
            Wald = Test(search.Wald()),
        };
    }

    private static void Check(IReadOnlyList<SurvivalObservation> observations, IReadOnlyList<string> names, double[,] covariates, IReadOnlyList<int>? strata, double confidence)
    {
        SurvivalInput.CheckConfidence(confidence);
        if (names.Count == 0 || covariates.GetLength(1) != names.Count || covariates.GetLength(0) != observations.Count
            || (strata is not null && strata.Count != observations.Count))
        {
            throw new ArgumentException($"{observations.Count} observations, {names.Count} names, covariates {covariates.GetLength(0)} x {covariates.GetLength(1)}, "
                + $"{strata?.Count ?? observations.Count} strata: the sizes do not agree, or there is no covariate");
        }

        for (var i = 0; i < observations.Count; i++)
        {
            SurvivalInput.CheckTime(observations[i].Time, i);
            for (var j = 0; j < names.Count; j++)
            {
                if (!double.IsFinite(covariates[i, j]))
                    throw new ArgumentException(FormattableString.Invariant($"covariate '{names[j]}' of observation {i} is {covariates[i, j]}; leave such patients out"));
            }
        }
    }

    /// <summary>Newton's method on the scaled covariates.</summary>
    private sealed class Search
    {
        private readonly CoxLikelihood _likelihood;
        private readonly double[] _gradient;
        private readonly double[,] _information;
        private double[,] _factor;

        public Search(CoxLikelihood likelihood, int covariates)
        {
            _likelihood = likelihood;
            _gradient = new double[covariates];
            _information = new double[covariates, covariates];
            _factor = _information;
            Coefficients = new double[covariates];
            Step = Coefficients;
            LogLikelihood = likelihood.Evaluate(Coefficients, _gradient, _information);
        }

        public double[] Coefficients { get; private set; }

        public double LogLikelihood { get; private set; }

        /// <summary>Newton's step from here, information^-1 gradient.</summary>
        public double[] Step { get; private set; }

        /// <summary>gradient' information^-1 gradient: twice the gain that the step promises; at 0 the score statistic.</summary>
        public double Decrement { get; private set; }

        public bool TryFactor(out int dependent)
        {
            _factor = (double[,])_information.Clone();
            if (!SymmetricMatrix.TryFactor(_factor, out dependent))
                return false;
            Step = SymmetricMatrix.Solve(_factor, _gradient);
            Decrement = SymmetricMatrix.QuadraticInverse(_factor, _gradient);
            return true;
        }

        /// <summary>Takes the step, halved until the likelihood does not fall by more than its rounding.</summary>
        public bool TryAdvance()
        {
            var floor = LogLikelihood - (1e-12 * (1 + Math.Abs(LogLikelihood)));
            var fraction = 1.0;
            for (var halving = 0; halving < MostHalvings; halving++, fraction /= 2)
            {
                var trial = new double[Coefficients.Length];
                for (var i = 0; i < trial.Length; i++)
                    trial[i] = Coefficients[i] + (fraction * Step[i]);
                var value = _likelihood.Evaluate(trial, _gradient, _information);
                if (!(value >= floor))
                    continue;
                Coefficients = trial;
                LogLikelihood = value;
                return true;
            }

            return false;
        }

        /// <summary>Inverse information, of the scaled coefficients.</summary>
        public double[,] Covariance()
        {
            var p = Coefficients.Length;
            var covariance = new double[p, p];
            for (var j = 0; j < p; j++)
            {
                var unit = new double[p];
                unit[j] = 1;
                var column = SymmetricMatrix.Solve(_factor, unit);
                for (var i = 0; i < p; i++)
                    covariance[i, j] = column[i];
            }

            return covariance;
        }

        /// <summary>b' information b.</summary>
        public double Wald()
        {
            double sum = 0;
            for (var i = 0; i < Coefficients.Length; i++)
            {
                for (var j = 0; j < Coefficients.Length; j++)
                    sum += Coefficients[i] * _information[i, j] * Coefficients[j];
            }

            return sum;
        }
    }
}
