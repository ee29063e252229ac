using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>A definition of a symbol, and how far from the main module it stands: nearer definitions override.</summary>
internal sealed record Definition<T>(T Value, string Prefix, int Depth, SourceSpan Where)
{
    /// <summary>Factors from the symbol that it defines to its root.</summary>
    public IReadOnlyList<ConversionFactor> ToRoot { get; init; } = [];
}

/// <summary>One name in one module instance; synchronised symbols share a root, which holds what is known of all of them.</summary>
internal sealed class Symbol(string path, int order, SourceSpan where)
{
    private Symbol? _synonym;
    private List<ConversionFactor> _toSynonym = [];

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

    /// <summary>Where the reaction of a species lies, for one that says nothing of its own place.</summary>
    public Symbol? ReactionCompartment { get; set; }

    /// <summary>Definitions of modules at this depth or deeper are taken away.</summary>
    public Dictionary<DefinitionKind, int> Cleared { get; } = [];

    /// <summary>Where it was deleted; null if it was not.</summary>
    public SourceSpan? Deleted { get; set; }

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

    /// <summary>The value of the root is that of this symbol times these.</summary>
    public IReadOnlyList<ConversionFactor> ToRoot => _synonym is null ? [] : [.. _toSynonym, .. _synonym.ToRoot];

    /// <summary>Makes two symbols one: <paramref name="other"/> is this one times <paramref name="factor"/>. The one nearer to the main
    /// module keeps its name; between equals, <paramref name="other"/>.</summary>
    public void Synchronize(Symbol other, ConversionFactor? factor = null)
    {
        var (a, b) = (Root, other.Root);
        if (ReferenceEquals(a, b)) return;
        // a = this*f, b = other*g, other = this*c: b = a*c*g/f.
        List<ConversionFactor> fromAToB = [.. factor is null ? [] : new[] { factor }, .. other.ToRoot, .. ToRoot.Select(f => f.Inverse())];
        var (kept, lost) = a.Depth < b.Depth ? (a, b) : (b, a);
        lost._synonym = kept;
        lost._toSynonym = ReferenceEquals(lost, a) ? fromAToB : [.. fromAToB.Select(f => f.Inverse())];
        if (lost.Order < kept.Order) (kept.Order, kept.Where) = (lost.Order, lost.Where);
        kept.IsMember |= lost.IsMember;
    }
}

/// <summary>A factor between the units of two modules: a number or a constant of the module with this prefix.</summary>
internal sealed record ConversionFactor(Expression Value, string Prefix, bool IsDivisor = false)
{
    public ConversionFactor Inverse() => this with { IsDivisor = !IsDivisor };
}
