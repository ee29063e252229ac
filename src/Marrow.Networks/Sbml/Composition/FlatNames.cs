namespace Marrow.Networks.Sbml.Composition;

/// <summary>Names in the flat model: <c>instance__member</c>, with '_' added where that is taken.</summary>
internal sealed class FlatNames
{
    private readonly Dictionary<Element, string> _names = [];
    private readonly HashSet<string> _used;

    public FlatNames(ModelInstance main)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var instance in main.All)
            if (instance != main) taken.UnionWith(instance.Index.Locals.Where(l => !main.Index.Ids.ContainsKey(l)));
        foreach (var instance in main.All)
            foreach (var (id, node) in instance.Index.Ids)
                if (node.Name != "submodel") _names[new Element(instance, node)] = Free(instance.Prefix + id, taken);
        _used = [.. _names.Values];
        var units = new HashSet<string>(StringComparer.Ordinal);
        foreach (var instance in main.All)
            foreach (var (id, node) in instance.Index.UnitIds) _names[new Element(instance, node)] = Free(instance.Prefix + id, units);
    }

    /// <summary>The name of an element that has one.</summary>
    public string? Of(Element element) => _names.GetValueOrDefault(element);

    /// <summary>A name for a local parameter of a submodel that hides nothing else.</summary>
    /// <param name="id">Its name there.</param>
    /// <param name="others">Names of the parameters of the same kinetic law; receives the new one.</param>
    public string Local(string id, HashSet<string> others)
    {
        while (_used.Contains(id) || !others.Add(id)) id += "_";
        return id;
    }

    private static string Free(string name, HashSet<string> taken)
    {
        while (!taken.Add(name)) name += "_";
        return name;
    }
}
