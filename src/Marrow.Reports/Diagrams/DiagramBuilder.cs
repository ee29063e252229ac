using System.Globalization;
using System.Text.RegularExpressions;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Networks.Structure;
using Marrow.Networks.Units;

namespace Marrow.Reports.Diagrams;

/// <summary>Takes from a model what its diagram shows.</summary>
internal sealed partial class DiagramBuilder
{
    private const string Separator = "__";

    private readonly LoadedModel _model;
    private readonly ReactionNetwork _network;
    private readonly FormulaValues _values;
    private readonly Influence _influence;
    private readonly UnitNames _units;
    private readonly Dictionary<string, string> _homes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DiagramGroup> _groups = new(StringComparer.Ordinal);
    private readonly string _root, _mainFolder;
    private readonly bool _isOneFile;

    private DiagramBuilder(LoadedModel model)
    {
        (_model, _network) = (model, model.Network);
        _units = new UnitNames(_network);
        _values = new FormulaValues(_network, id => _units.Of(id).Length == 0);
        _influence = new Influence(_values);
        string[] files = [.. _network.Reactions.Select(r => r.Where.File).Concat(_network.AssignmentRules.Select(r => r.Where.File)).Concat(_network.Species.Select(s => s.Where.File)).Where(f => f.Length > 0).Distinct()];
        _isOneFile = files.Length < 2;
        _root = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(files.Length > 0 ? files[0] : "."))) ?? "";
        _mainFolder = _network.Reactions.GroupBy(r => FolderOf(r.Where.File)).OrderByDescending(g => g.Count()).Select(g => g.Key).FirstOrDefault() ?? "";
        foreach (var file in files.Where(File.Exists)) FindHomes(file);
    }

    /// <summary>The diagram of a model.</summary>
    public static DiagramData Build(LoadedModel model, string version) => new DiagramBuilder(model).Build(version);

    private DiagramData Build(string version)
    {
        DiagramEntity[] entities = [.. _network.Species.Select(Species), .. _network.AssignmentRules.Select(r => Rule(r.Variable, "rule", r.Value, r.Where)), .. RateRules()];
        DiagramProcess[] processes = [.. _network.Reactions.Select(Process)];
        var names = entities.SelectMany(e => e.Parameters).Concat(processes.SelectMany(p => p.Parameters)).Distinct();
        return new DiagramData(
            _network.Name, _network.DisplayName ?? _network.Name, version, _units.Time, [.. _groups.Values], entities, processes,
            new SortedDictionary<string, DiagramParameter>(names.ToDictionary(n => n, Parameter), StringComparer.Ordinal));
    }

    private DiagramEntity Species(Species s)
    {
        Expression[] start = s.Initial is { } initial ? [initial] : [];
        return new(s.Id, s.DisplayName ?? "", "species", GroupOf(s.Id, s.Where, s.Compartment), _units.OfAmount(s.Id) is { Length: > 0 } amount && s.InitialIsAmount ? amount : _units.Of(s.Id), start.Length > 0 ? ExpressionText.Of(start[0]) : "0", "", [], Numbers(start), Place(s.Where));
    }

    private DiagramEntity Rule(string variable, string kind, Expression value, SourceSpan where)
    {
        var parameter = _network.Parameters.FirstOrDefault(p => p.Id == variable);
        return new(variable, parameter?.DisplayName ?? "", kind, GroupOf(variable, where, ""), _units.Of(variable), parameter?.Value is { } start ? ExpressionText.Of(start) : "", ExpressionText.Of(value), Influences(value, []), Numbers([value]), Place(where));
    }

    private IEnumerable<DiagramEntity> RateRules()
    {
        var species = _network.Species.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        return _network.RateRules.Where(r => !species.Contains(r.Variable)).Select(r => Rule(r.Variable, "rate", r.Rate, r.Where));
    }

    private DiagramProcess Process(Reaction r) => new(
        r.Id, r.DisplayName ?? "", GroupOf(r.Id, r.Where, r.Reactants.Concat(r.Products).Select(s => _network.Species.FirstOrDefault(x => x.Id == s.Species)?.Compartment).FirstOrDefault() ?? ""),
        $"{Side(r.Reactants)} {(r.IsReversible ? "⇄" : "→")} {Side(r.Products)}", ExpressionText.Of(r.KineticLaw), RateUnit(r), Shares(r.Reactants), Shares(r.Products),
        // What is used up drives its own rate: the arrow says so.
        Influences(r.KineticLaw, r.Reactants.Select(s => s.Species)), Numbers([r.KineticLaw]), Place(r.Where));

    /// <summary>Amount per time, in the words of the model where it says them.</summary>
    private string RateUnit(Reaction r)
    {
        var taking = r.Reactants.Concat(r.Products).Select(s => _network.Species.FirstOrDefault(x => x.Id == s.Species)).FirstOrDefault(s => s is not null);
        return taking?.Unit is { Length: > 0 } unit ? $"{unit}/{_units.Time}" : _units.Of(r.Id);
    }

    private static DiagramShare[] Shares(IEnumerable<SpeciesReference> side) => [.. side.Select(s => new DiagramShare(s.Species, s.Stoichiometry))];

    private static string Side(IEnumerable<SpeciesReference> side)
    {
        var text = string.Join(" + ", side.Select(s => s.Stoichiometry == 1 ? s.Species : $"{ExpressionText.Of(s.Stoichiometry)} {s.Species}"));
        return text.Length == 0 ? "∅" : text;
    }

    private DiagramInfluence[] Influences(Expression formula, IEnumerable<string> except) =>
        [.. Names(formula).Where(_values.Varies).Except(except).Select(name => new DiagramInfluence(name, _influence.Of(formula, name)))];

    private string[] Numbers(IEnumerable<Expression> formulas)
    {
        var open = new Queue<string>(formulas.SelectMany(Names).Where(n => !_values.Varies(n)));
        var found = new List<string>();
        while (open.TryDequeue(out var name))
        {
            if (found.Contains(name) || _network.Parameters.FirstOrDefault(p => p.Id == name) is not { } parameter) continue;
            found.Add(name);
            if (parameter.Value is { } value) foreach (var inner in Names(value)) open.Enqueue(inner);
        }
        return [.. found];
    }

    private static IEnumerable<string> Names(Expression formula) => ExpressionWalk.Nodes(formula).OfType<NameExpression>().Select(n => n.Name).Distinct();

    private DiagramParameter Parameter(string name)
    {
        var parameter = _network.Parameters.First(p => p.Id == name);
        var value = parameter.Value is { } formula ? ExpressionText.Of(formula) : "";
        if (_model.Parameters.Rows.FirstOrDefault(r => r.Id == name) is not { } row)
            return new DiagramParameter(value, _units.Of(name), "", Place(parameter.Where), parameter.DisplayName ?? "");
        var source = string.Join(", ", new[] { row.Source, row.Locator }.Where(t => t.Length > 0));
        return new DiagramParameter(ExpressionText.Of(row.Value), row.Unit, row.Kind.ToString().ToLowerInvariant(), source, row.Note.Length > 0 ? row.Note : parameter.DisplayName ?? "");
    }

    /// <summary>The submodule of a name; else the file it is written in; else, in a model of one file with several compartments, its compartment.</summary>
    private string GroupOf(string id, SourceSpan where, string compartment)
    {
        if (id.IndexOf(Separator, StringComparison.Ordinal) is > 0 and var end) return Group(id[..end], "submodule", _isOneFile ? "" : Module(where.File));
        if (!_isOneFile) return Module(_homes.GetValueOrDefault(id, where.File));
        return _network.Compartments.Length > 1 && compartment.Length > 0 ? Group(compartment, "compartment", "") : "";
    }

    /// <summary>The container of a file; files beside the main ones lie in that of their folder.</summary>
    private string Module(string file)
    {
        var folder = FolderOf(file);
        return Group(Path.GetFileNameWithoutExtension(file), "module", folder == _mainFolder ? "" : Group(folder + "/", "folder", ""));
    }

    private string Group(string id, string kind, string parent)
    {
        _groups.TryAdd(id, new DiagramGroup(id, kind, parent));
        return id;
    }

    private static string FolderOf(string file) => file.Length == 0 ? "" : Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))) ?? "";

    /// <summary>A state is at home where it is given its name for people: its first mention may be that of an argument of a submodule.</summary>
    private void FindHomes(string file)
    {
        foreach (Match match in Named().Matches(File.ReadAllText(file))) _homes[match.Groups[1].Value] = file;
    }

    private string Place(SourceSpan where) => where.File.Length == 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{(_root.Length > 0 ? Path.GetRelativePath(_root, Path.GetFullPath(where.File)).Replace('\\', '/') : where.File)}:{where.Line}");

    [GeneratedRegex("\\b(\\w+) is \"")]
    private static partial Regex Named();
}
