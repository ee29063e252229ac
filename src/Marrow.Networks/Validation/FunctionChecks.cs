using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Validation;

/// <summary>Functions exist, have the arguments that calls give them, and name nothing but their arguments.</summary>
internal sealed class FunctionChecks(ReactionNetwork network, Reporter reporter)
{
    /// <summary>Levels of a formula with the functions that it calls written out: it is followed recursively.</summary>
    private const int Deepest = 2000;

    /// <summary>Parts of a function with those that it calls written out, as compiling does.</summary>
    private const double MostParts = 1e7;

    private readonly Dictionary<string, FunctionDefinition> _functions =
        network.Functions.GroupBy(f => f.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    public void Run()
    {
        foreach (var formula in NetworkFormulas.Of(network)) Calls(formula);
        foreach (var function in network.Functions)
        {
            Calls(function.Body);
            foreach (var name in ExpressionWalk.Nodes(function.Body).OfType<NameExpression>().Where(n => !function.Arguments.Contains(n.Name)))
            {
                reporter.Error(ErrorCodes.FunctionBody, name.Where, $"function '{function.Id}' names '{name.Name}', which is not an argument", "a function knows its arguments only", Spelling.Hint(name.Name, function.Arguments, "passing it as an argument"));
            }
        }
        Recursion();
    }

    private void Calls(Expression formula)
    {
        foreach (var call in ExpressionWalk.Nodes(formula).OfType<CallExpression>())
        {
            if (!_functions.TryGetValue(call.Function, out var function))
            {
                reporter.Error(ErrorCodes.UnknownFunction, call.Where, $"function '{call.Function}' is not defined", "", Spelling.Hint(call.Function, _functions.Keys.Concat(Antimony.BuiltIns.Functions.Keys), $"'function {call.Function}(x) ... end', or '*' if a product is meant"));
            }
            else if (function.Arguments.Length != call.Arguments.Length)
            {
                reporter.Error(ErrorCodes.WrongArguments, call.Where, $"function '{call.Function}' takes {function.Arguments.Length} arguments, {call.Arguments.Length} given", "", $"{call.Function}({string.Join(", ", function.Arguments)})");
            }
        }
    }

    private void Recursion()
    {
        var edges = _functions.ToDictionary(f => f.Key, f => ExpressionWalk.Nodes(f.Value.Body).OfType<CallExpression>().Select(c => c.Function).Distinct().ToList(), StringComparer.Ordinal);
        var cycles = Cycles.Find(edges);
        foreach (var cycle in cycles)
        {
            reporter.Error(ErrorCodes.FunctionBody, _functions[cycle[0]].Where, $"function '{cycle[0]}' calls itself", string.Join(" -> ", cycle));
        }
        if (cycles.Count == 0) Sizes(edges);
    }

    /// <summary>Functions that call functions that call functions: the first that is too much written out.</summary>
    private void Sizes(Dictionary<string, List<string>> calls)
    {
        var known = new Dictionary<string, (int Depth, double Parts)>(StringComparer.Ordinal);
        var open = new Stack<string>(_functions.Keys);
        while (open.TryPeek(out var id))
        {
            var before = open.Count;
            foreach (var callee in calls[id].Where(c => _functions.ContainsKey(c) && !known.ContainsKey(c))) open.Push(callee);
            if (open.Count > before) continue;
            open.Pop();
            if (known.ContainsKey(id)) continue;
            var (depth, parts) = known[id] = Size(_functions[id].Body, known);
            if (depth <= Deepest && parts <= MostParts) continue;
            reporter.Error(ErrorCodes.TooComplex, _functions[id].Where, FormattableString.Invariant($"function '{id}' with what it calls is {depth} levels deep and has {parts:G3} parts"), $"at most {Deepest} levels and {MostParts:G3} parts are followed");
            return;
        }
    }

    private static (int Depth, double Parts) Size(Expression formula, Dictionary<string, (int Depth, double Parts)> known)
    {
        var (deepest, parts) = (0, 0.0);
        var open = new Stack<(Expression Node, int Depth)>([(formula, 1)]);
        while (open.TryPop(out var top))
        {
            var inner = top.Node is CallExpression call ? known.GetValueOrDefault(call.Function) : (0, 0);
            deepest = Math.Max(deepest, top.Depth + inner.Depth);
            parts += 1 + inner.Parts;
            foreach (var child in ExpressionWalk.Children(top.Node)) open.Push((child, top.Depth + 1));
        }
        return (deepest, parts);
    }
}
