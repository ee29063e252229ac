using Marrow.Numerics.Jumps;

namespace Marrow.Networks.Compilation;

/// <summary>The order of a formula in each state that it reads: for a polynomial its degree, and for others how many times the relative
/// change of the value is that of the state, at most: orders of factors add up, also of those below a line; of terms the largest counts.</summary>
internal static class PropensityOrder
{
    /// <summary>The orders, by state.</summary>
    public static IReadOnlyList<StateOrder> Of(Node formula)
    {
        var known = new Dictionary<Node, Dictionary<int, double>>();
        return [.. Orders(formula, known).OrderBy(o => o.Key).Select(o => new StateOrder(o.Key, o.Value))];
    }

    private static Dictionary<int, double> Orders(Node n, Dictionary<Node, Dictionary<int, double>> known)
    {
        if (known.TryGetValue(n, out var orders)) return orders;
        return known[n] = n.Kind switch
        {
            NodeKind.State => new Dictionary<int, double> { [n.Index] = 1 },
            NodeKind.Multiply => Join(Orders(n.A!, known), Orders(n.B!, known), (a, b) => a + b),
            NodeKind.Add or NodeKind.Subtract => Join(Orders(n.A!, known), Orders(n.B!, known), Math.Max),
            NodeKind.Select => Join(Orders(n.B!, known), Orders(n.C!, known), Math.Max),
            NodeKind.Negate or NodeKind.Reciprocal or NodeKind.Abs or NodeKind.Floor or NodeKind.Ceiling => Orders(n.A!, known),
            NodeKind.Sqrt => Times(Orders(n.A!, known), 0.5),
            NodeKind.Power when n.B!.Kind == NodeKind.Constant => Times(Orders(n.A!, known), Math.Abs(n.B.Value)),
            // How steep any other function is depends on where it is evaluated.
            _ when n.Varies && !n.IsCondition => n.Dependencies.Where(d => d != Node.TimeVariable).ToDictionary(d => d, _ => 2.0),
            _ => [],
        };
    }

    private static Dictionary<int, double> Join(Dictionary<int, double> a, Dictionary<int, double> b, Func<double, double, double> join)
    {
        if (b.Count == 0) return a;
        var all = new Dictionary<int, double>(a);
        foreach (var (state, order) in b) all[state] = join(all.GetValueOrDefault(state), order);
        return all;
    }

    private static Dictionary<int, double> Times(Dictionary<int, double> orders, double factor) => orders.ToDictionary(o => o.Key, o => o.Value * factor);
}
