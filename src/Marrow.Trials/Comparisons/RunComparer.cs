using System.Globalization;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Comparisons;

/// <summary>Lays two finished runs side by side. Arms belong together by name, or where each run has one only.</summary>
public static class RunComparer
{
    private const int ShownOfHash = 12;

    /// <summary>Compares.</summary>
    public static RunComparison Compare(FinishedRun a, FinishedRun b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var arms = ArmPairs(a.Arms, b.Arms);
        int[] common = [.. a.Patients.Keys.Intersect(b.Patients.Keys)];
        HashSet<string> files = [.. a.Numbers.Select(n => n.File).Intersect(b.Numbers.Select(n => n.File))];
        int[] same = [.. common.Where(p => a.Patients[p] == b.Patients[p])];
        return new RunComparison
        {
            Settings = Differences(a.Settings, b.Settings, v => v),
            Files = Differences(a.Inputs, b.Inputs, hash => hash[..Math.Min(ShownOfHash, hash.Length)]),
            Numbers = Differences(Numbers(a, files), Numbers(b, files), v => v),
            CommonPatients = common.Length,
            SamePatients = same.Length,
            LoneArms =
            [
                .. a.Arms.Except(arms.Select(x => x.A)).Select(x => new RunDifference("arm", x, "")), .. b.Arms.Except(arms.Select(x => x.B)).Select(x => new RunDifference("arm", "", x)),
            ],
            Endpoints = [.. arms.SelectMany(x => Endpoints(x, a, b))],
            Survival = [.. arms.SelectMany(x => Gaps(x, a.Survival, b.Survival, (p, q) => Math.Abs(p - q), steps: true))],
            Kinetics = [.. arms.SelectMany(x => Gaps(x, a.Kinetics, b.Kinetics, Fold, steps: false))],
            Outcomes = same.Length == 0 ? [] : [.. arms.SelectMany(x => Outcomes(x, a, b, same))],
        };
    }

    private static IReadOnlyList<(string A, string B)> ArmPairs(IReadOnlyList<string> a, IReadOnlyList<string> b) =>
        a.Count == 1 && b.Count == 1 ? [(a[0], b[0])] : [.. a.Intersect(b, StringComparer.Ordinal).Select(x => (x, x))];

    private static string Name((string A, string B) arm) => arm.A == arm.B ? arm.A : $"{arm.A} | {arm.B}";

    /// <summary>Numbers by name and file; by name alone where the other run has no such file, as after a regimen under another name.</summary>
    private static Dictionary<string, string> Numbers(FinishedRun run, HashSet<string> commonFiles) =>
        run.Numbers.GroupBy(n => commonFiles.Contains(n.File) ? $"{n.Name} ({n.File})" : n.Name).ToDictionary(
            g => g.Key, g => string.Join(", ", g.Select(n => string.Create(CultureInfo.InvariantCulture, $"{n.Value}{(n.Unit is "1" or "" ? "" : " " + n.Unit)}"))), StringComparer.Ordinal);

    private static IReadOnlyList<RunDifference> Differences(IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string> b, Func<string, string> shown) =>
    [
        .. a.Keys.Union(b.Keys, StringComparer.Ordinal).Where(k => a.GetValueOrDefault(k) != b.GetValueOrDefault(k))
            .Select(k => new RunDifference(k, a.TryGetValue(k, out var x) ? shown(x) : "", b.TryGetValue(k, out var y) ? shown(y) : "")),
    ];

    private static IEnumerable<EndpointPair> Endpoints((string A, string B) arm, FinishedRun a, FinishedRun b)
    {
        var mine = a.Endpoints.Where(e => e.Arm == arm.A).ToDictionary(e => e.Id, StringComparer.Ordinal);
        var theirs = b.Endpoints.Where(e => e.Arm == arm.B).ToDictionary(e => e.Id, StringComparer.Ordinal);
        return mine.Keys.Union(theirs.Keys, StringComparer.Ordinal).Select(id => new EndpointPair(
            Name(arm), mine.GetValueOrDefault(id) ?? theirs[id], mine.GetValueOrDefault(id)?.Value ?? double.NaN, theirs.GetValueOrDefault(id)?.Value ?? double.NaN));
    }

    /// <summary>The largest gap of every pair of curves that differ at all.</summary>
    private static IEnumerable<CurveGap> Gaps((string A, string B) arm, IReadOnlyList<RunCurve> a, IReadOnlyList<RunCurve> b, Func<double, double, double> size, bool steps)
    {
        foreach (var mine in a.Where(c => c.Arm == arm.A))
        {
            if (b.FirstOrDefault(c => c.Arm == arm.B && c.Id == mine.Id) is not { } other) continue;
            var times = steps ? mine.At.Concat(other.At).Distinct().Order() : mine.At.Intersect(other.At);
            var (largest, gap) = (0.0, (CurveGap?)null);
            foreach (var t in times)
            {
                var (x, y) = (At(mine, t), At(other, t));
                if (!(size(x, y) > largest)) continue;
                (largest, gap) = (size(x, y), new CurveGap(Name(arm), mine.Id, mine.Unit, t, x, y));
            }
            if (gap is not null) yield return gap;
        }
    }

    /// <summary>Value at the last point up to a time: curves change in steps, or are asked where they have a point.</summary>
    private static double At(RunCurve curve, double time)
    {
        var (low, high) = (0, curve.At.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (curve.At[middle] <= time) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? double.NaN : curve.Values[low - 1];
    }

    /// <summary>Size of a ratio on the logarithm; a median that reaches 0 in one run only is as far off as can be.</summary>
    private static double Fold(double x, double y) =>
        x == y || double.IsNaN(x) || double.IsNaN(y) ? 0 : x > 0 && y > 0 ? Math.Abs(VectorMath.Ln(x / y)) : double.PositiveInfinity;

    private static IEnumerable<PairedOutcome> Outcomes((string A, string B) arm, FinishedRun a, FinishedRun b, IReadOnlyList<int> patients)
    {
        (bool Remission, bool Died)[] Of(FinishedRun run, string name, IEnumerable<int> who) => [.. who.Select(p => run.Outcomes[(name, p)])];
        int[] there = [.. patients.Where(p => a.Outcomes.ContainsKey((arm.A, p)) && b.Outcomes.ContainsKey((arm.B, p)))];
        var pairs = Of(a, arm.A, there).Zip(Of(b, arm.B, there)).ToArray();
        PairedOutcome Count(string what, Func<(bool Remission, bool Died), bool> has) => new(
            Name(arm), what, pairs.Count(p => has(p.First) && has(p.Second)), pairs.Count(p => has(p.First) && !has(p.Second)),
            pairs.Count(p => !has(p.First) && has(p.Second)), pairs.Count(p => !has(p.First) && !has(p.Second)));
        return [Count("remission", o => o.Remission), Count("death", o => o.Died)];
    }
}
