using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Sbml.Composition;

/// <summary>Puts the submodels of a document (SBML Level 3 package comp, Version 1 Release 3; Smith et al., J Integr Bioinform 12:268, 2015)
/// together to one model, before anything else reads it.</summary>
internal static class CompFlattener
{
    /// <summary>The root of the flat document, with the places of the elements in their files; the same root if the document is not composed;
    /// null, with the reasons reported, if the parts do not fit together.</summary>
    /// <param name="root">The root of the document.</param>
    /// <param name="folder">The folder of its file, where other models may lie; null if there is none.</param>
    /// <param name="reporter">Receives problems.</param>
    public static XmlNode? Flat(XmlNode root, string? folder, Reporter reporter)
    {
        if (!CompDocument.IsComposed(root)) return root;
        var document = new CompDocument(root);
        var sources = new ModelSources(folder, reporter);
        XmlNode? model = null;
        if (document.Main is { } main)
        {
            var instance = new InstanceBuilder(sources, reporter).Build(main);
            if (reporter.Bag.HasErrors) return null;
            var merging = new Merging(reporter);
            merging.Apply(instance);
            if (reporter.Bag.HasErrors) return null;
            var names = new FlatNames(instance);
            model = new FlatModel(instance, merging, names, new FlatFormulas(merging, names, reporter), reporter).Write();
        }
        return reporter.Bag.HasErrors ? null : Document(root, model, sources.Packages);
    }

    private static XmlNode Document(XmlNode root, XmlNode? model, Dictionary<string, bool> others)
    {
        var flat = new XmlNode(root.Name, root.Space, root.Where);
        foreach (var (name, value) in root.Attributes) flat.Add(name, value);
        foreach (var (space, isRequired) in root.Packages.Concat(others))
            if (!CompDocument.IsComposition(space)) flat.Packages[space] = isRequired || flat.Packages.GetValueOrDefault(space);
        if (model is not null) flat.Add(model);
        return flat;
    }
}
