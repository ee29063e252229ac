using Marrow.Numerics.Random;
using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Fit;

/// <summary>Elasticities of shares of patients to every parameter, by pairs of runs with common random numbers: the same patients, each
/// with the parameter multiplied and divided by a factor. Shares are soft (see <see cref="PatientStatistic"/>), so that every patient near
/// the border tells of the slope and not only those few who cross it.</summary>
public static class ElasticityRunner
{
    private const int Resamples = 400, ProbePatients = 2, Chunk = 16;
    private const double HalfWidth = 0.05;

    /// <summary>Runs all parameters and writes <c>elasticities.csv</c> and <c>elasticities.md</c>.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">Folder, threads, resume, seed.</param>
    /// <param name="progress">Told the number of parameters done and the whole; may be null.</param>
    /// <param name="cancel">Stops the run; parameters that are done stay in the journal.</param>
    /// <exception cref="StudyException">The folder cannot be used, or holds a run of other inputs.</exception>
    public static IReadOnlyList<Elasticity> Run(ElasticityProblem problem, FitOptions options, Action<int, int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        var inner = problem.Inner with { Seed = options.Seed ?? problem.Inner.Seed };
        var folder = Path.GetDirectoryName(Path.GetFullPath(inner.File))!;
        var patients = string.Join(',', inner.Scenarios.Select(s => s.Patients));
        var key = InputHashes.Key(InputHashes.OfFiles(inner.Files, folder), inner.Seed, $"elasticities of {patients} patients");
        Directory.CreateDirectory(options.OutputFolder);
        using var journal = options.Resume ? Journal<ParameterShares>.Resume(options.OutputFolder, key) : Journal<ParameterShares>.Create(options.OutputFolder, key);
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        var known = journal.Records.ToDictionary(r => r.Parameter, StringComparer.Ordinal);
        int[] open = [.. Enumerable.Range(0, inner.Parameters.Count).Where(j => !known.ContainsKey(inner.Parameters[j].Id))];
        if (open.Length > 0)
        {
            var work = new Work(inner, problem.Factor, threads, cancel);
            foreach (var chunk in open.Chunk(Chunk))
            {
                foreach (var shares in work.Measure(chunk))
                {
                    journal.Add(shares);
                    known[shares.Parameter] = shares;
                }
                progress?.Invoke(known.Count, inner.Parameters.Count);
            }
        }
        Elasticity[] all = [.. inner.Parameters.SelectMany(p => Summarise(problem, inner, p, known[p.Id]))];
        ElasticityPage.Write(problem, inner, all, options.OutputFolder);
        return all;
    }

    /// <summary>ln(high / low) / (2 ln factor), and its interval by resampling patients with both of their runs.</summary>
    internal static Elasticity Summarise(FitProblem problem, string parameter, string kind, int outcome, double factor, double[] low, double[] high)
    {
        (double Low, double High)[] pairs = [.. low.Zip(high).Where(p => !double.IsNaN(p.First) && !double.IsNaN(p.Second))];
        var span = 2 * VectorMath.Ln(factor);
        double Of(Func<int, int> pick)
        {
            double l = 0, h = 0;
            for (var i = 0; i < pairs.Length; i++)
            {
                var (a, b) = pairs[pick(i)];
                (l, h) = (l + a, h + b);
            }
            return l == h ? 0 : VectorMath.Ln(h / l) / span;
        }

        var random = new RandomKey(problem.Seed, Purpose.Of("elasticity " + problem.Targets[outcome].Id)).Stream();
        var sample = new double[Resamples];
        for (var k = 0; k < Resamples && pairs.Length > 0; k++)
        {
            int[] drawn = [.. Enumerable.Range(0, pairs.Length).Select(_ => random.Below(pairs.Length))];
            sample[k] = Of(i => drawn[i]);
        }
        var interval = Quantiles.Of(sample, HalfWidth, 1 - HalfWidth);
        return new Elasticity
        {
            Parameter = parameter,
            Kind = kind,
            Outcome = problem.Targets[outcome].Id,
            Low = pairs.Length == 0 ? double.NaN : pairs.Average(p => p.Low),
            High = pairs.Length == 0 ? double.NaN : pairs.Average(p => p.High),
            Value = pairs.Length == 0 ? double.NaN : Of(i => i),
            Lower = interval[0],
            Upper = interval[1],
            Patients = pairs.Length,
        };
    }

    private static IEnumerable<Elasticity> Summarise(ElasticityProblem problem, FitProblem inner, FitParameter parameter, ParameterShares shares)
    {
        var kind = problem.RowOf(parameter)?.Kind.ToString().ToLowerInvariant() ?? "";
        return Enumerable.Range(0, inner.Targets.Count).Select(i => Summarise(inner, parameter.Id, kind, i, problem.Factor, shares.Low[i], shares.High[i]));
    }

    /// <summary>Shares of each patient, by outcome, as the journal keeps them.</summary>
    internal sealed record ParameterShares
    {
        public required string Parameter { get; init; }
        public required IReadOnlyList<double[]> Low { get; init; }
        public required IReadOnlyList<double[]> High { get; init; }
    }

    /// <summary>Simulates.</summary>
    private sealed class Work
    {
        private readonly FitProblem _problem, _probe;
        private readonly double _factor;
        private readonly CancellationToken _cancel;
        private readonly IReadOnlyList<IScenarioEngine> _engines, _probeEngines;
        private readonly IReadOnlyList<double[]> _base, _probeBase;

        public Work(FitProblem problem, double factor, int threads, CancellationToken cancel)
        {
            (_problem, _factor, _cancel) = (problem, factor, cancel);
            _probe = problem.WithPatients(ProbePatients);
            (_engines, _probeEngines) = (ScenarioEngines.Of(problem, threads), ScenarioEngines.Of(_probe, threads));
            double[] medians = [.. problem.Parameters.Select(p => p.Median)];
            _base = Shares(_problem, _engines, [medians])[0];
            _probeBase = Shares(_probe, _probeEngines, [medians])[0];
        }

        /// <summary>Both runs of some parameters. A parameter that changes no bit of the first patients (a drug that nobody is given) is
        /// not run on the others.</summary>
        public IEnumerable<ParameterShares> Measure(int[] parameters)
        {
            var probes = Shares(_probe, _probeEngines, [.. parameters.Select(j => Moved(j, _factor))]);
            int[] live = [.. Enumerable.Range(0, parameters.Length).Where(k => !Same(probes[k], _probeBase))];
            var points = live.SelectMany(k => new[] { Moved(parameters[k], 1 / _factor), Moved(parameters[k], _factor) }).ToArray();
            var shares = Shares(_problem, _engines, points);
            for (var k = 0; k < parameters.Length; k++)
            {
                var at = Array.IndexOf(live, k);
                yield return new ParameterShares
                {
                    Parameter = _problem.Parameters[parameters[k]].Id,
                    Low = at < 0 ? _base : shares[2 * at],
                    High = at < 0 ? _base : shares[(2 * at) + 1],
                };
            }
        }

        private double[] Moved(int parameter, double factor)
        {
            double[] values = [.. _problem.Parameters.Select(p => p.Median)];
            values[parameter] *= factor;
            return values;
        }

        /// <summary>For each point and outcome, what each patient counts.</summary>
        private List<IReadOnlyList<double[]>> Shares(FitProblem problem, IReadOnlyList<IScenarioEngine> engines, double[][] points)
        {
            var results = points.Select(p => engines.SelectMany(e => e.Scenarios).Select(s => (Engine: engines.First(e => e.Scenarios.Contains(s)), Job: new ScenarioJob(s, p, new ScenarioResults(problem, s)))).ToArray()).ToArray();
            foreach (var engine in engines) engine.Run([.. results.SelectMany(r => r).Where(r => r.Engine == engine).Select(r => r.Job)], _cancel);
            return [.. results.Select(point => (IReadOnlyList<double[]>)
                [.. problem.Targets.Select((t, i) => point.First(r => r.Job.Scenario.Name == t.Scenario).Job.Results.Of(i).Select(v => double.IsNaN(v) ? double.NaN : t.Statistic.Of([v])).ToArray())])];
        }

        private static bool Same(IReadOnlyList<double[]> a, IReadOnlyList<double[]> b) => a.Zip(b).All(p => p.First.SequenceEqual(p.Second));
    }
}
