using System.Collections.Immutable;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>Attaches annotations and uncertainties to the elements of the flat network; those of a submodule's model as a whole are left out.</summary>
internal sealed class RemarkCollector(ModuleLibrary library, Instantiator instances, Reporter reporter)
{
    private const string Law = ".kineticLaw";

    private readonly HashSet<string> _ignored = new(StringComparer.Ordinal);

    public ReactionNetwork Add(ReactionNetwork network, IEnumerable<(string Prefix, StatementSyntax Syntax)> remarks)
    {
        var annotations = ImmutableArray.CreateBuilder<Annotation>();
        var uncertainties = ImmutableArray.CreateBuilder<Uncertainty>();
        foreach (var (prefix, syntax) in remarks)
        {
            if (syntax is AnnotationSyntax { Name: null } of)
            {
                if (prefix.Length == 0) annotations.Add(new Annotation("", of.Qualifier, [.. of.Values], of.Where));
            }
            else if (syntax is AnnotationSyntax annotation && Element(prefix, annotation.Name!) is { } about) annotations.Add(new Annotation(about, annotation.Qualifier, [.. annotation.Values], annotation.Where));
            else if (syntax is UncertaintySyntax { Kind: Parser.LayoutKind or Parser.FluxKind } passed)
            {
                if (_ignored.Add(passed.Kind)) reporter.Warn(ErrorCodes.Ignored, passed.Where, $"{passed.Kind} are passed over", "they do not change what is simulated");
            }
            else if (syntax is UncertaintySyntax uncertainty && Element(prefix, uncertainty.Name) is { } of2) uncertainties.Add(new Uncertainty(of2, uncertainty.Kind, uncertainty.Text, uncertainty.Where));
        }
        return network with { Annotations = annotations.ToImmutable(), Uncertainties = uncertainties.ToImmutable() };
    }

    /// <summary>Identifier of what a remark is about; null if there is no such thing (an error) or it was deleted.</summary>
    private string? Element(string prefix, NameSyntax name)
    {
        var suffix = name.Path.EndsWith(Law, StringComparison.Ordinal) ? Law : "";
        var path = prefix + name.Path[..^suffix.Length];
        if (instances.Symbols.TryGetValue(path, out var symbol)) return symbol.Root.Deleted is null ? symbol.Root.Id + suffix : null;
        if (library.Functions.ContainsKey(path)) return path;
        reporter.Error(ErrorCodes.UnknownName, name.Where, $"'{name.Path}' is not defined", "something is said about it", Spelling.Hint(path, instances.Symbols.Keys, "removing the statement"));
        return null;
    }
}
