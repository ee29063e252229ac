using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Validation;

/// <summary>What is sound in a model and yet hardly meant: functions and species that nothing uses, names that hide others, switches that
/// switch nothing. Warnings only; a simulation does not ask for them.</summary>
public sealed class ModelReview
{
    private readonly LoadedModel _model;
    private readonly ReactionNetwork _network;
    private readonly Reporter _reporter;
    private readonly string _file;
    private readonly IReadOnlyList<string> _readouts;

    private ModelReview(LoadedModel model, string path, IReadOnlyList<string> readouts, DiagnosticBag bag)
    {
        _readouts = readouts;
        (_model, _network, _reporter) = (model, model.Network, new Reporter(bag));
        _file = Path.GetFullPath(path);
    }

    /// <summary>Reviews a model.</summary>
    /// <param name="model">The model with the rows of its tables.</param>
    /// <param name="path">Its file: functions of files that it imports serve other models, too.</param>
    /// <param name="readouts">Rules that are looked at from outside: a switch that changes one of them is not dead.</param>
    /// <param name="bag">Receives the warnings.</param>
    public static void Check(LoadedModel model, string path, IReadOnlyList<string> readouts, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(bag);
        var review = new ModelReview(model, path, readouts, bag);
        review.UnusedFunctions();
        review.UnusedSpecies();
        review.HiddenNames();
        review.DeadSwitches();
    }

    private bool IsOwn(SourceSpan where) => where.File.Length > 0 && Path.GetFullPath(where.File) == _file;

    private void UnusedFunctions()
    {
        var formulas = NetworkFormulas.Of(_network).Concat(_network.Functions.Select(f => f.Body));
        var called = formulas.SelectMany(ExpressionWalk.Nodes).OfType<CallExpression>().Select(c => c.Function).ToHashSet(StringComparer.Ordinal);
        foreach (var function in _network.Functions.Where(f => IsOwn(f.Where) && !called.Contains(f.Id)))
            _reporter.Warn(ErrorCodes.UnusedFunction, function.Where, $"nothing calls function '{function.Id}'", "", "removing it");
    }

    private void UnusedSpecies()
    {
        var used = NetworkFormulas.Of(_network).SelectMany(ExpressionWalk.Nodes).OfType<NameExpression>().Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        used.UnionWith(_network.Reactions.SelectMany(r => r.Reactants.Concat(r.Products)).Select(r => r.Species));
        used.UnionWith(_network.AssignmentRules.Select(r => r.Variable));
        used.UnionWith(_network.RateRules.Select(r => r.Variable));
        used.UnionWith(_network.Events.SelectMany(e => e.Assignments).Select(a => a.Variable));
        foreach (var species in _network.Species.Where(s => !used.Contains(s.Id)))
            _reporter.Warn(ErrorCodes.UnusedSpecies, species.Where, $"no reaction, rule or event uses species '{species.Id}'", "it stays as it starts", Spelling.Hint(species.Id, used, "removing it"));
    }

    private void HiddenNames()
    {
        // Programs that write SBML name the arguments of a function after what they pass to it.
        if (_network.SbmlUnits is not null) return;
        var known = _network.Species.Select(s => (s.Id, Kind: "species")).Concat(_network.Parameters.Select(p => (p.Id, Kind: "parameter")))
            .Concat(_network.Compartments.Select(c => (c.Id, Kind: "compartment"))).DistinctBy(x => x.Id).ToDictionary(x => x.Id, x => x.Kind, StringComparer.Ordinal);
        foreach (var function in _network.Functions.Where(f => IsOwn(f.Where)))
        {
            foreach (var argument in function.Arguments.Where(known.ContainsKey))
            {
                _reporter.Warn(ErrorCodes.HiddenName, function.Where, $"argument '{argument}' of function '{function.Id}' hides the {known[argument]} of that name",
                    "inside the function the name means the argument", "another name for the argument");
            }
        }
    }

    private void DeadSwitches()
    {
        var switches = _model.Parameters.Rows.Where(r => r.Kind == ParameterKind.Switch).ToList();
        if (switches.Count == 0 || Influence.Of(_network, _readouts, new DiagnosticBag()) is not { } influence) return;
        foreach (var row in switches)
        {
            var place = influence.PlaceOf(row.Id);
            if (place < 0) continue;
            if (influence.Probe.IsAbsent(place))
                _reporter.Warn(ErrorCodes.DeadSwitch, row.Where, $"no reaction, rate rule, event or readout depends on switch '{row.Id}'", "turning it changes nothing", "naming it in the rate that it is to switch, or removing it");
            else if (!new[] { row.Lower ?? 0, row.Upper ?? 1 }.Where(v => v != row.Value).Any(v => influence.Probe.Moves(place, v)))
                _reporter.Warn(ErrorCodes.DeadSwitch, row.Where, $"switch '{row.Id}' changes no rate", $"its formulas are the same at both ends of its range, at {InfluenceProbe.Points} states", "correcting the formula that names it");
        }
    }
}
