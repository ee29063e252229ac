using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Sbml.Composition;

/// <summary>Makes the tree of instances of a main model.</summary>
internal sealed class InstanceBuilder(ModelSources sources, Reporter reporter)
{
    private const int DeepestNesting = 100, MostInstances = 20_000;

    private int _count;

    /// <summary>The instance of a definition with all inside; what cannot be found is reported and left out.</summary>
    public ModelInstance Build(ModelIndex index) => Build(index, null, null, 0);

    private ModelInstance Build(ModelIndex index, ModelInstance? parent, XmlNode? submodel, int depth)
    {
        var instance = new ModelInstance(index, parent, submodel, submodel is null ? "" : $"{parent!.Prefix}{submodel["id"]}__");
        foreach (var node in index.Submodels)
        {
            if (reporter.Bag.HasErrors || sources.Find(index.Document, node["modelRef"], node) is not { } inside) return instance;
            if (instance.Outwards.Any(i => i.Index == inside)) reporter.Error(ErrorCodes.CyclicModules, node.Where, $"submodel '{node["id"]}' contains the model '{node["modelRef"]}', which contains it");
            else if (depth >= DeepestNesting) reporter.Error(ErrorCodes.TooComplex, node.Where, $"more than {DeepestNesting} submodels inside one another");
            else if (++_count > MostInstances) reporter.Error(ErrorCodes.TooComplex, node.Where, $"more than {MostInstances} submodels");
            else instance.Children.Add(Build(inside, instance, node, depth + 1));
        }
        return instance;
    }
}
