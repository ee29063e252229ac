using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using Marrow.Numerics.Random;

namespace Marrow.Tests.Sbml;

/// <summary>Whether two networks say the same, whatever the order of their parts, which may change the steps of a solver and so the last digits
/// of a course: start, rates of change, values of all names and the formulas of events are compared at the start and at random points.</summary>
internal static class SameEquations
{
    private const int Points = 3;

    /// <summary>What differs between two networks; empty if nothing does.</summary>
    /// <param name="one">A network.</param>
    /// <param name="other">Another, which may have further names, and a '_' after names that are words of Antimony.</param>
    /// <param name="tolerance">Relative difference of two values, each of a few operations, that counts as none.</param>
    public static List<string> Differences(ReactionNetwork one, ReactionNetwork other, double tolerance = 1e-12)
    {
        var found = new List<string>();
        if (!Ids(one.Events).SequenceEqual(Ids(other.Events))) return [$"events {string.Join(' ', Ids(one.Events))} and {string.Join(' ', Ids(other.Events))}"];
        string[] names = [.. Names(one).Except(one.Parameters.Where(p => p.Value is null && !IsRuled(one, p.Id)).Select(p => p.Id))];
        var there = Names(other).ToHashSet(StringComparer.Ordinal);
        string[] others = [.. names.Select(n => there.Contains(n) ? n : n + "_")];
        if (others.Except(there).ToList() is { Count: > 0 } missing) return [$"names {string.Join(' ', missing)} are missing"];
        var (a, b) = (Compile(one, names, found), Compile(other, others, found));
        if (a is null || b is null) return a is null && b is null ? [] : found;
        if (a.States.Count != b.States.Count || a.States.Any(s => Place(b.StateIndex, s) < 0)) return [$"states {string.Join(' ', a.States)} and {string.Join(' ', b.States)}"];
        for (var point = 0; point < Points && found.Count == 0; point++) Compare(a, b, point, tolerance, found);
        return found;
    }

    private static IEnumerable<string> Ids(IEnumerable<NetworkEvent> events) => events.Select(e => $"{e.Id.TrimEnd('_')} {e.IsPersistent} {e.InitialValue} {e.UsesValuesFromTrigger} {string.Join(',', e.Assignments.Select(a => a.Variable.TrimEnd('_')))}");

    private static int Place(Func<string, int> index, string name) => index(name) is >= 0 and var place ? place : index(name + "_");

    private static IEnumerable<string> Names(ReactionNetwork n) => n.Species.Select(s => s.Id).Concat(n.Parameters.Select(p => p.Id)).Concat(n.Compartments.Select(c => c.Id)).Concat(n.Reactions.Select(r => r.Id));

    private static bool IsRuled(ReactionNetwork n, string id) => n.AssignmentRules.Any(r => r.Variable == id) || n.RateRules.Any(r => r.Variable == id);

    /// <summary>The model with the formulas of its events as further observables; null if it cannot be compiled.</summary>
    private static CompiledModel? Compile(ReactionNetwork network, string[] names, List<string> problems)
    {
        var rules = new List<AssignmentRule>();
        foreach (var (e, i) in network.Events.Select((e, i) => (e, i)))
        {
            Expression truth = new ApplyExpression(MathFunction.Piecewise, [Number(1), e.Trigger, Number(0)], SourceSpan.None);
            foreach (var (formula, k) in e.Assignments.Select(a => a.Value).Append(truth).Append(e.Delay).Append(e.Priority).Select((f, k) => (f, k)))
                if (formula is not null) rules.Add(new AssignmentRule($"probe_{i}_{k}", formula, SourceSpan.None));
        }
        var probed = network with { AssignmentRules = network.AssignmentRules.AddRange(rules), Parameters = network.Parameters.AddRange(rules.Select(r => new Parameter(r.Variable, null, null, false, null, r.Where))) };
        try
        {
            return CompiledModel.Compile(probed, new CompileOptions { Observables = [.. names, .. rules.Select(r => r.Variable)] });
        }
        catch (InputException e)
        {
            problems.Add(e.Message);
            return null;
        }
    }

    private static NumberExpression Number(double value) => new(value, null, SourceSpan.None);

    private static void Compare(CompiledModel a, CompiledModel b, int point, double tolerance, List<string> found)
    {
        var (pa, pb) = (Parameters(a), Parameters(b));
        if (point == 0)
            foreach (var (name, i) in a.Parameters.Select((n, i) => (n, i)))
                if (Place(b.ParameterIndex, name) is >= 0 and var j) Same($"parameter {name}", pa[i], pb[j], tolerance, found);
        var (ya, yb) = (new double[a.States.Count], new double[b.States.Count]);
        a.InitialStates(pa, ya);
        b.InitialStates(pb, yb);
        var random = new RandomKey(6, Purpose.Of("same equations"), (ulong)point).Stream();
        for (var i = 0; i < ya.Length; i++)
        {
            var j = Place(b.StateIndex, a.States[i]);
            if (point == 0) Same($"start of {a.States[i]}", ya[i], yb[j], tolerance, found);
            else ya[i] = yb[j] = ya[i] * random.Uniform(0.5, 2) + random.Uniform();
        }
        var time = point * 0.7;
        var (ra, rb) = (new double[ya.Length], new double[yb.Length]);
        a.RightHandSide(time, ya, pa, ra);
        b.RightHandSide(time, yb, pb, rb);
        for (var i = 0; i < ra.Length; i++) Same($"rate of {a.States[i]}", ra[i], rb[Place(b.StateIndex, a.States[i])], tolerance, found);
        var (oa, ob) = (new double[a.Observables.Count], new double[b.Observables.Count]);
        a.Evaluate(time, ya, pa, oa);
        b.Evaluate(time, yb, pb, ob);
        for (var i = 0; i < oa.Length; i++) Same($"value of {a.Observables[i]}", oa[i], ob[i], tolerance, found);
    }

    /// <summary>Parameters as the network gives them, and one number for all values of the past.</summary>
    private static double[] Parameters(CompiledModel model) => [.. model.DefaultParameters().Select((value, i) => model.Parameters[i].StartsWith("delay ", StringComparison.Ordinal) ? 0.37 : value)];

    private static void Same(string what, double a, double b, double tolerance, List<string> found)
    {
        if (a.Equals(b) || Math.Abs(a - b) <= tolerance * Math.Max(Math.Abs(a), Math.Abs(b))) return;
        found.Add($"{what}: {a:R} and {b:R}");
    }
}
