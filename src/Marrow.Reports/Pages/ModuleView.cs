using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Networks.Structure;

namespace Marrow.Reports.Pages;

/// <summary>The part of a network that some files define. Of a submodule used several times one instance is shown.</summary>
internal sealed class ModuleView
{
    private const string Separator = "__";
    private readonly HashSet<string> _files;
    private readonly string _text;
    private readonly LoadedModel _model;
    private readonly string _shown;

    /// <summary>Cuts the part out.</summary>
    /// <param name="model">The whole model.</param>
    /// <param name="files">Files, as full paths.</param>
    public ModuleView(LoadedModel model, IEnumerable<string> files)
    {
        _model = model;
        _files = [.. files.Select(Path.GetFullPath)];
        _text = string.Join('\n', _files.Order(StringComparer.Ordinal).Select(File.ReadAllText));
        var network = model.Network;
        Instances = [.. network.Reactions.Where(r => IsMine(r.Where)).Select(r => r.Id).Concat(network.AssignmentRules.Where(r => IsMine(r.Where)).Select(r => r.Variable))
            .Where(id => id.Contains(Separator, StringComparison.Ordinal)).Select(InstanceOf).Distinct()];
        _shown = Instances.Count > 0 ? Instances[0] + Separator : "";
        Species = [.. network.Species.Where(s => IsMine(s) && IsShown(s.Id))];
        Reactions = [.. network.Reactions.Where(r => IsMine(r.Where) && IsShown(r.Id))];
        Rules = [.. network.AssignmentRules.Where(r => IsMine(r.Where) && IsShown(r.Variable))];
        RateRules = [.. network.RateRules.Where(r => IsMine(r.Where) && IsShown(r.Variable))];
        Events = [.. network.Events.Where(e => IsMine(e.Where) && IsShown(e.Id))];
    }

    /// <summary>Instances of the submodules in these files.</summary>
    public IReadOnlyList<string> Instances { get; }

    /// <summary>States.</summary>
    public IReadOnlyList<Species> Species { get; }

    /// <summary>Reactions.</summary>
    public IReadOnlyList<Reaction> Reactions { get; }

    /// <summary>Assignment rules.</summary>
    public IReadOnlyList<AssignmentRule> Rules { get; }

    /// <summary>Rate rules.</summary>
    public IReadOnlyList<RateRule> RateRules { get; }

    /// <summary>Events.</summary>
    public IReadOnlyList<NetworkEvent> Events { get; }

    /// <summary>Whether the files hold nothing that a card could show.</summary>
    public bool IsEmpty => Species.Count + Reactions.Count + Rules.Count + RateRules.Count + Events.Count == 0;

    /// <summary>Rows of the parameters that these files name, in the order of the tables.</summary>
    public IReadOnlyList<ParameterRecord> Parameters()
    {
        var names = Expressions().SelectMany(ExpressionWalk.Nodes).OfType<NameExpression>().Select(n => n.Name)
            .Concat(Species.Select(s => s.Id)).ToHashSet(StringComparer.Ordinal);
        return [.. _model.Parameters.Rows.Where(row => names.Contains(row.Id))];
    }

    /// <summary>A name without the instance that is shown.</summary>
    public string Short(string id) => _shown.Length > 0 && id.StartsWith(_shown, StringComparison.Ordinal) ? id[_shown.Length..] : id;

    /// <summary>An expression as text, without the instance that is shown.</summary>
    public string Text(Expression expression) => ExpressionText.Of(ExpressionWalk.Rename(expression, n => Short(n.Name)));

    private IEnumerable<Expression> Expressions() =>
        Species.Where(s => s.Initial is not null).Select(s => s.Initial!).Concat(Reactions.Select(r => r.KineticLaw)).Concat(Rules.Select(r => r.Value))
            .Concat(RateRules.Select(r => r.Rate)).Concat(Events.SelectMany(e => e.Assignments.Select(a => a.Value).Prepend(e.Trigger)));

    private bool IsMine(SourceSpan where) => where.File.Length > 0 && _files.Contains(Path.GetFullPath(where.File));

    /// <summary>A state is at home where it is given its name for people: its first mention may be that of an argument of a submodule.</summary>
    private bool IsMine(Species species) =>
        species.DisplayName is { } name ? _text.Contains($"{species.Id} is \"{name}\"", StringComparison.Ordinal) : IsMine(species.Where);

    private bool IsShown(string id) => !id.Contains(Separator, StringComparison.Ordinal) || InstanceOf(id) + Separator == _shown;

    private static string InstanceOf(string id) => id[..id.IndexOf(Separator, StringComparison.Ordinal)];
}
