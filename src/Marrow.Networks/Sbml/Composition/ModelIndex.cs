namespace Marrow.Networks.Sbml.Composition;

/// <summary>A model definition and what in it can be referred to, by name.</summary>
internal sealed class ModelIndex
{
    public ModelIndex(CompDocument document, XmlNode model)
    {
        (Document, Model) = (document, model);
        var open = new Stack<XmlNode>([model]);
        while (open.TryPop(out var node))
        {
            Register(node);
            for (var i = node.Children.Count - 1; i >= 0; i--)
            {
                var child = node.Children[i];
                if (child.Name == "math" || (child.Space != document.Root.Space && !CompDocument.IsComposition(child.Space))) continue;
                Parents[child] = node;
                if (!Replaces(node, child)) open.Push(child);
            }
        }
    }

    public CompDocument Document { get; }

    /// <summary>The element <c>model</c> or <c>modelDefinition</c>.</summary>
    public XmlNode Model { get; }

    /// <summary>Elements by identifier, submodels among them, without units and local parameters, which have names of their own.</summary>
    public Dictionary<string, XmlNode> Ids { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, XmlNode> UnitIds { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, XmlNode> MetaIds { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, XmlNode> Ports { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of local parameters.</summary>
    public HashSet<string> Locals { get; } = new(StringComparer.Ordinal);

    public List<XmlNode> Submodels { get; } = [];

    /// <summary>Elements with a <c>replacedElement</c> or <c>replacedBy</c> that stands in them.</summary>
    public List<(XmlNode Element, XmlNode Reference)> Replacements { get; } = [];

    /// <summary>The element in which each element stands.</summary>
    public Dictionary<XmlNode, XmlNode> Parents { get; } = [];

    private void Register(XmlNode node)
    {
        if (node["metaid"] is { } meta) MetaIds.TryAdd(meta, node);
        if (node["id"] is not { } id || node == Model) return;
        if (IsLocal(node)) Locals.Add(id);
        else if (node.Name == "unitDefinition") UnitIds.TryAdd(id, node);
        else if (node.Name == "port") Ports.TryAdd(id, node);
        else if (node.Name != "deletion") Ids.TryAdd(id, node);
        if (node.Name == "submodel") Submodels.Add(node);
    }

    /// <summary>Whether an element is a parameter of one kinetic law.</summary>
    public bool IsLocal(XmlNode node) => node.Name == "localParameter"
        || (node.Name == "parameter" && Parents.TryGetValue(node, out var list) && Parents.TryGetValue(list, out var law) && law.Name == "kineticLaw");

    private bool Replaces(XmlNode element, XmlNode child)
    {
        if (child.Name == "replacedBy") Replacements.Add((element, child));
        else if (child.Name == "listOfReplacedElements")
            foreach (var reference in child.Children) Replacements.Add((element, reference));
        else return false;
        return true;
    }
}
