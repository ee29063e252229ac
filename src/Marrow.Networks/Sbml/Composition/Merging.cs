using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Sbml.Composition;

/// <summary>Which elements stand in for others, and which are gone. Inner models are put together before those around them, so that an outer
/// replacement of what an inner one replaced applies to both.</summary>
internal sealed class Merging(Reporter reporter)
{
    private const int LongestChain = 1000;

    private readonly Dictionary<Element, Link> _links = [];
    private readonly HashSet<Element> _deleted = [];
    private readonly Dictionary<Element, Element> _names = [];
    private readonly ElementReferences _references = new(reporter);

    /// <summary>What an element became: its value is that of <see cref="To"/> times the factors.</summary>
    private sealed record Link(Element To, List<Factor> Factors);

    /// <summary>Carries out the deletions and replacements of an instance and of those inside it.</summary>
    public void Apply(ModelInstance instance)
    {
        foreach (var child in instance.Children) Apply(child);
        foreach (var child in instance.Children)
            foreach (var deletion in child.Submodel!.Members("listOfDeletions"))
                if (_references.Find(child, deletion) is { } gone) Delete(gone);
        foreach (var (element, reference) in instance.Index.Replacements) Replace(instance, element, reference);
    }

    /// <summary>The element that stands in for another in the end: itself, if nothing replaces it.</summary>
    /// <param name="element">The other.</param>
    /// <param name="factors">Receives the factors from the value of the result to that of <paramref name="element"/>.</param>
    public Element Final(Element element, List<Factor>? factors = null)
    {
        for (var steps = 0; steps < LongestChain; steps++)
        {
            if (_links.TryGetValue(element, out var link))
            {
                if (factors is not null)
                    foreach (var factor in link.Factors) Factor.Multiply(factors, factor);
                element = link.To;
            }
            else if (Moved(element) is { } moved) element = moved;
            else break;
        }
        return element;
    }

    /// <summary>Whether neither the element nor anything around it is left.</summary>
    public bool IsGone(Element element)
    {
        if (element.Owner.Outwards.Any(i => i.IsDeleted || i.Replacement is not null)) return true;
        for (var node = element.Node; node is not null; node = element.Owner.Index.Parents.GetValueOrDefault(node))
            if (IsRemoved(element with { Node = node })) return true;
        return false;
    }

    /// <summary>Whether the element itself was deleted or replaced.</summary>
    public bool IsRemoved(Element element) => _deleted.Contains(element) || _links.ContainsKey(element);

    /// <summary>The element whose name another bears: of one that it replaces from inside, or its own.</summary>
    public Element NameSource(Element element) => _names.GetValueOrDefault(element, element);

    /// <summary>From the time of an instance to that of the main model.</summary>
    public static IEnumerable<Factor> Time(ModelInstance instance) => Conversions(instance, null, "timeConversionFactor");

    /// <summary>From the rate of a reaction in the units of an instance to that in those of an instance around it.</summary>
    public static IEnumerable<Factor> Rate(ModelInstance instance, ModelInstance? until = null) =>
        Conversions(instance, until, "extentConversionFactor").Concat(Conversions(instance, until, "timeConversionFactor").Select(f => f.Inverse));

    private static IEnumerable<Factor> Conversions(ModelInstance instance, ModelInstance? until, string attribute)
    {
        foreach (var inside in instance.Outwards.TakeWhile(i => i != until && i.Parent is not null))
            if (inside.Submodel![attribute] is { } id && inside.Parent!.Index.Ids.TryGetValue(id, out var parameter)) yield return new Factor(new Element(inside.Parent, parameter), false);
    }

    private void Delete(Element element)
    {
        if (element.Node.Name == "submodel" && element.Owner.Child(element.Node["id"]) is { } instance) instance.IsDeleted = true;
        if (!_links.ContainsKey(element)) _deleted.Add(element);
    }

    private void Replace(ModelInstance instance, XmlNode element, XmlNode reference)
    {
        // It names the deletion only to say why the element is missing.
        if (reference["deletion"] is not null) return;
        if (instance.Child(reference["submodelRef"]) is not { } child)
        {
            var names = instance.Children.Select(c => c.Submodel!["id"]).OfType<string>();
            reporter.Error(ErrorCodes.UnknownMember, reference.Where, $"the model has no submodel '{reference["submodelRef"]}'", "", Spelling.Hint(reference["submodelRef"] ?? "", names, "the id of a submodel"));
            return;
        }
        if (_references.Find(child, reference) is not { } other) return;
        var own = new Element(instance, element);
        var isInner = reference.Name == "replacedBy";
        var (from, to) = isInner ? (own, other) : (other, own);
        if (IsDeleted(from) || IsDeleted(to))
        {
            reporter.Error(ErrorCodes.Deleted, reference.Where, "the element that the reference means was deleted");
            return;
        }
        if (own.Node.Name == "submodel" || other.Node.Name == "submodel") ReplaceInstance(from, to, reference);
        else Join(from, to, Factors(instance, own, other, isInner, reference));
        if (isInner) _names[Final(to)] = own;
    }

    private bool IsDeleted(Element element) => _deleted.Contains(element) || element.Owner.Outwards.Any(i => i.IsDeleted);

    private List<Factor> Factors(ModelInstance instance, Element own, Element other, bool isInner, XmlNode reference)
    {
        // The outer model counts a reaction in its own extents and time.
        if (isInner) return own.Node.Name == "reaction" ? [.. Rate(other.Owner, instance)] : [];
        if (reference["conversionFactor"] is not { } id) return [];
        if (instance.Index.Ids.TryGetValue(id, out var parameter)) return [new Factor(new Element(instance, parameter), true)];
        reporter.Error(ErrorCodes.UnknownName, reference.Where, $"the model has no parameter '{id}'");
        return [];
    }

    private void Join(Element from, Element to, List<Factor> factors)
    {
        var before = new List<Factor>();
        from = Final(from, before);
        // Both may already have become the same by another way.
        if (from == Final(to)) return;
        foreach (var factor in before) Factor.Multiply(factors, factor.Inverse);
        _links[from] = new Link(to, factors);
    }

    private void ReplaceInstance(Element from, Element to, XmlNode reference)
    {
        if (from.Owner.Child(from.Node["id"]) is not { } old || to.Owner.Child(to.Node["id"]) is not { } other || old.Outwards.Contains(other) || other.Outwards.Contains(old) || Chain(other).Contains(old))
        {
            reporter.Error(ErrorCodes.KindConflict, reference.Where, "a submodel can be replaced only by another one that neither contains it nor lies in it");
            return;
        }
        old.Replacement ??= other;
    }

    private static IEnumerable<ModelInstance> Chain(ModelInstance instance)
    {
        for (var i = instance.Replacement; i is not null; i = i.Replacement) yield return i;
    }

    /// <summary>The element of the same name in the instance that stands in for the one around it.</summary>
    private static Element? Moved(Element element)
    {
        if (element.Owner.Outwards.FirstOrDefault(i => i.Replacement is not null) is not { } old) return null;
        var path = element.Owner.Outwards.TakeWhile(i => i != old).Reverse();
        var owner = path.Aggregate(old.Replacement, (place, step) => place?.Child(step.Submodel!["id"]));
        if (owner is null || element.Node["id"] is not { } id) return null;
        var names = element.Node.Name == "unitDefinition" ? owner.Index.UnitIds : owner.Index.Ids;
        return names.TryGetValue(id, out var node) ? new Element(owner, node) : null;
    }
}
