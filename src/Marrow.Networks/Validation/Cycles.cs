namespace Marrow.Networks.Validation;

/// <summary>Circles in a graph of names.</summary>
internal static class Cycles
{
    /// <summary>At least one circle of every strongly connected part, each as the list of its names with the first repeated at the end.</summary>
    public static List<List<string>> Find(IReadOnlyDictionary<string, List<string>> edges)
    {
        var found = new List<List<string>>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in edges.Keys.Order(StringComparer.Ordinal))
        {
            if (!done.Contains(start)) Visit(start, edges, done, found);
        }
        return found;
    }

    private static void Visit(string start, IReadOnlyDictionary<string, List<string>> edges, HashSet<string> done, List<List<string>> found)
    {
        var path = new List<string>();
        var onPath = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<(string Node, int Next)>();
        open.Push((start, 0));
        while (open.TryPop(out var top))
        {
            var (node, next) = top;
            if (next == 0)
            {
                path.Add(node);
                onPath.Add(node);
            }
            var targets = edges.GetValueOrDefault(node) ?? [];
            if (next == targets.Count)
            {
                path.RemoveAt(path.Count - 1);
                onPath.Remove(node);
                done.Add(node);
                continue;
            }
            open.Push((node, next + 1));
            var target = targets[next];
            if (onPath.Contains(target)) found.Add([.. path.Skip(path.IndexOf(target)), target]);
            else if (!done.Contains(target) && edges.ContainsKey(target)) open.Push((target, 0));
        }
    }
}
