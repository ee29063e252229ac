using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Validation;

/// <summary>Functions exist, have the arguments that calls give them, and name nothing but their arguments.</summary>
internal sealed class FunctionChecks(ReactionNetwork network, Reporter reporter)
{
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
        foreach (var cycle in Cycles.Find(edges))
        {
            reporter.Error(ErrorCodes.FunctionBody, _functions[cycle[0]].Where, $"function '{cycle[0]}' calls itself", string.Join(" -> ", cycle));
        }
    }
}
