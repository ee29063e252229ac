namespace Marrow.Networks.Sbml.Composition;

/// <summary>A document with the models that it defines (SBML Level 3 package comp, Version 1 Release 3).</summary>
/// <param name="root">Its <c>sbml</c> element.</param>
internal sealed class CompDocument(XmlNode root)
{
    private const string Space = "http://www.sbml.org/sbml/level3/version1/comp/";

    private readonly Dictionary<XmlNode, ModelIndex> _indices = [];

    public XmlNode Root { get; } = root;

    /// <summary>Whether a namespace is that of the package.</summary>
    public static bool IsComposition(string space) => space.StartsWith(Space, StringComparison.Ordinal);

    /// <summary>Whether the root of a document of Level 3 declares the package.</summary>
    public static bool IsComposed(XmlNode root) => root.Name == "sbml" && root["level"] == "3" && root.Packages.Keys.Any(IsComposition);

    /// <summary>The main model; null if there is none.</summary>
    public ModelIndex? Main => Root.Child("model") is { } model ? Index(model) : null;

    /// <summary>The model of this document with an identifier; null if there is none.</summary>
    public ModelIndex? Model(string id)
    {
        if (Root.Child("model") is { } main && main["id"] == id) return Index(main);
        foreach (var node in Root.Members("listOfModelDefinitions"))
            if (node["id"] == id) return Index(node);
        return null;
    }

    /// <summary>The definition of this document that points to a model elsewhere.</summary>
    public XmlNode? External(string id) => Root.Members("listOfExternalModelDefinitions").FirstOrDefault(n => n["id"] == id);

    /// <summary>Identifiers of all models, for messages.</summary>
    public IEnumerable<string> Ids => Root.Members("listOfModelDefinitions").Concat(Root.Members("listOfExternalModelDefinitions")).Select(n => n["id"]).OfType<string>();

    private ModelIndex Index(XmlNode model)
    {
        if (!_indices.TryGetValue(model, out var index)) _indices[model] = index = new ModelIndex(this, model);
        return index;
    }
}
