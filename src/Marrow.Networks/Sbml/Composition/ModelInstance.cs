namespace Marrow.Networks.Sbml.Composition;

/// <summary>A model in its place: the main model, or one submodel of an instance.</summary>
/// <param name="index">Its definition.</param>
/// <param name="parent">The instance around it; null for the main model.</param>
/// <param name="submodel">The element <c>submodel</c> that makes it.</param>
/// <param name="prefix">What stands before the names of its members.</param>
internal sealed class ModelInstance(ModelIndex index, ModelInstance? parent, XmlNode? submodel, string prefix)
{
    public ModelIndex Index { get; } = index;

    public ModelInstance? Parent { get; } = parent;

    public XmlNode? Submodel { get; } = submodel;

    public string Prefix { get; } = prefix;

    /// <summary>The instances inside, in order.</summary>
    public List<ModelInstance> Children { get; } = [];

    /// <summary>Whether it was deleted.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>The instance that stands in for it.</summary>
    public ModelInstance? Replacement { get; set; }

    /// <summary>This instance and those around it, outwards.</summary>
    public IEnumerable<ModelInstance> Outwards
    {
        get
        {
            for (var i = this; i is not null; i = i.Parent) yield return i;
        }
    }

    public ModelInstance? Child(string? id) => Children.Find(c => c.Submodel!["id"] == id);

    /// <summary>This instance and all inside.</summary>
    public IEnumerable<ModelInstance> All
    {
        get
        {
            var open = new Stack<ModelInstance>([this]);
            while (open.TryPop(out var next))
            {
                yield return next;
                for (var i = next.Children.Count - 1; i >= 0; i--) open.Push(next.Children[i]);
            }
        }
    }
}

/// <summary>An element of a definition in one of its instances.</summary>
internal readonly record struct Element(ModelInstance Owner, XmlNode Node);

/// <summary>A parameter by which a value is multiplied or divided.</summary>
internal readonly record struct Factor(Element Parameter, bool IsDivisor)
{
    public Factor Inverse => this with { IsDivisor = !IsDivisor };

    /// <summary>Takes a factor into a product, where it may meet its inverse.</summary>
    public static void Multiply(List<Factor> product, Factor factor)
    {
        if (!product.Remove(factor.Inverse)) product.Add(factor);
    }
}
