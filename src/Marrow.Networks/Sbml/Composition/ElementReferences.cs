using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Sbml.Composition;

/// <summary>Follows references into submodels: <c>portRef</c>, <c>idRef</c>, <c>unitRef</c> and <c>metaIdRef</c>, and <c>sBaseRef</c> inside.</summary>
internal sealed class ElementReferences(Reporter reporter)
{
    // Ports may lead to ports of submodels.
    private const int LongestChain = 300;

    /// <summary>What a reference means; null, with the reason reported, if it means nothing.</summary>
    /// <param name="start">The instance in which it is looked up.</param>
    /// <param name="reference">The element with the reference.</param>
    public Element? Find(ModelInstance start, XmlNode reference)
    {
        var (instance, current) = (start, reference);
        // What follows when the present reference, as that of a port, has been followed to its end.
        var pending = new Stack<XmlNode>();
        for (var steps = 0; steps < LongestChain; steps++)
        {
            var index = instance.Index;
            if (current["portRef"] is { } port)
            {
                if (!index.Ports.TryGetValue(port, out var node)) return Unknown(instance, current, $"port '{port}'", Spelling.Hint(port, index.Ports.Keys, "a port of this name"));
                if (current.Child("sBaseRef") is { } follows) pending.Push(follows);
                current = node;
                continue;
            }
            if (Named(index, current) is not { } found) return Unknown(instance, current, Description(current), Spelling.Hint(current["idRef"] ?? "", index.Ids.Keys, "the id of an element of the submodel"));
            if ((current.Child("sBaseRef") ?? (pending.TryPop(out var next) ? next : null)) is not { } inside) return new Element(instance, found);
            if (instance.Child(found["id"]) is not { } child || found.Name != "submodel") return Unknown(instance, current, $"submodel '{found["id"]}'", "a reference to a submodel before one to what it holds");
            (instance, current) = (child, inside);
        }
        reporter.Error(ErrorCodes.CyclicModules, reference.Where, "the reference leads back to itself");
        return null;
    }

    private static XmlNode? Named(ModelIndex index, XmlNode reference)
    {
        if (reference["idRef"] is { } id) return index.Ids.GetValueOrDefault(id);
        if (reference["unitRef"] is { } unit) return index.UnitIds.GetValueOrDefault(unit);
        return reference["metaIdRef"] is { } meta ? index.MetaIds.GetValueOrDefault(meta) : null;
    }

    private static string Description(XmlNode reference) =>
        reference["idRef"] is { } id ? $"element '{id}'" : reference["unitRef"] is { } unit ? $"unit '{unit}'" : reference["metaIdRef"] is { } meta ? $"element with the metaid '{meta}'" : "reference (portRef, idRef, unitRef or metaIdRef)";

    private Element? Unknown(ModelInstance instance, XmlNode reference, string what, string hint)
    {
        reporter.Error(ErrorCodes.UnknownMember, reference.Where, $"the model '{instance.Index.Model["id"]}' has no {what}", "", hint);
        return null;
    }
}
