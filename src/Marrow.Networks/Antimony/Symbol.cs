using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>A definition of a symbol, and how far from the main module it stands: nearer definitions override.</summary>
internal sealed record Definition<T>(T Value, string Prefix, int Depth, SourceSpan Where);

/// <summary>One name in one module instance; synchronised symbols share a root, which holds what is known of all of them.</summary>
internal sealed class Symbol(string path, int order, SourceSpan where)
{
    private Symbol? _synonym;

    /// <summary>Full path with dots.</summary>
    public string Path { get; } = path;

    public int Depth { get; } = path.Count(c => c == '.');

    /// <summary>Order of first mention.</summary>
    public int Order { get; private set; } = order;

    public SourceSpan Where { get; private set; } = where;

    /// <summary>Identifier in the flat network.</summary>
    public string Id { get; } = path.Replace(".", "__", StringComparison.Ordinal);

    /// <summary>Whether its own module mentions it (rather than a parent's reference only).</summary>
    public bool IsMember { get; set; }

    public bool IsSpecies { get; set; }
    public bool IsCompartment { get; set; }
    public bool IsSubstanceOnly { get; set; }
    public bool IsBoundary { get; set; }
    public bool IsConstant { get; set; }
    public bool IsVariable { get; set; }
    public bool IsInstance { get; set; }
    public bool IsChangedByEvent { get; set; }
    public string? DisplayName { get; set; }
    public Definition<string>? Unit { get; set; }
    public Symbol? Compartment { get; set; }
    public Definition<Expression>? Initial { get; set; }
    public Definition<Expression>? Assignment { get; set; }
    public Definition<Expression>? Rate { get; set; }
    public Definition<ReactionSyntax>? Reaction { get; set; }
    public Definition<EventSyntax>? Event { get; set; }

    /// <summary>The species that interactions name as modifiers of this reaction.</summary>
    public List<Symbol> Modifiers { get; } = [];

    public Symbol Root
    {
        get
        {
            var root = this;
            while (root._synonym is not null) root = root._synonym;
            return root;
        }
    }

    /// <summary>Makes two symbols one. The one nearer to the main module keeps its name; between equals, <paramref name="other"/>.</summary>
    public void Synchronize(Symbol other)
    {
        var (a, b) = (Root, other.Root);
        if (ReferenceEquals(a, b)) return;
        var (kept, lost) = a.Depth < b.Depth ? (a, b) : (b, a);
        lost._synonym = kept;
        if (lost.Order < kept.Order) (kept.Order, kept.Where) = (lost.Order, lost.Where);
        kept.IsMember |= lost.IsMember;
    }
}
