using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Sbml;

/// <summary>An element of an XML document, with its place.</summary>
internal sealed class XmlNode(string name, string space, SourceSpan where)
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    private Dictionary<string, string>? _attributes;
    private List<XmlNode>? _children;
    private Dictionary<string, bool>? _packages;

    /// <summary>An element that no document holds as it is.</summary>
    public XmlNode(string name, string space, SourceSpan where, Dictionary<string, string> attributes, IEnumerable<XmlNode> children, string text)
        : this(name, space, where) => (_attributes, _children, Text) = (attributes, [.. children], text);

    /// <summary>Name without prefix.</summary>
    public string Name { get; } = name;

    /// <summary>Namespace.</summary>
    public string Space { get; } = space;

    public SourceSpan Where { get; } = where;

    /// <summary>The text directly inside, without that of children; parts are separated by a blank.</summary>
    public string Text { get; private set; } = "";

    public IReadOnlyList<XmlNode> Children => (IReadOnlyList<XmlNode>?)_children ?? [];

    /// <summary>All attributes without prefix.</summary>
    public IReadOnlyDictionary<string, string> Attributes => _attributes ?? None;

    /// <summary>An attribute without prefix; null if it is absent.</summary>
    public string? this[string attribute] => _attributes?.GetValueOrDefault(attribute);

    /// <summary>Namespaces whose elements must be understood, according to the root (<c>required="true"</c>), and all others that it names.</summary>
    public Dictionary<string, bool> Packages => _packages ??= new(StringComparer.Ordinal);

    public void Add(XmlNode child) => (_children ??= []).Add(child);

    public void Add(string attribute, string value) => (_attributes ??= new(StringComparer.Ordinal))[attribute] = value;

    public void AddText(string text) => Text = Text.Length == 0 ? text.Trim() : $"{Text} {text.Trim()}";

    /// <summary>The first child of a name.</summary>
    public XmlNode? Child(string name)
    {
        foreach (var child in Children)
            if (child.Name == name) return child;
        return null;
    }

    /// <summary>The members of a list, such as all <c>species</c> of <c>listOfSpecies</c>.</summary>
    public IReadOnlyList<XmlNode> Members(string list) => Child(list)?.Children ?? [];
}
