using Marrow.Networks.Provenance;
using Marrow.Networks.Structure;

namespace Marrow.Trials.Studies;

/// <summary>Names of a model that study files may use, each checked where it is written.</summary>
internal sealed class ModelNames
{
    private readonly HashSet<string> _states;
    private readonly HashSet<string> _parameters;
    private readonly HashSet<string> _observables;
    private readonly HashSet<string> _events;

    /// <summary>Names of a network, and those of <paramref name="table"/> that differ between patients.</summary>
    public ModelNames(ReactionNetwork network, ParameterTable? table = null)
    {
        Network = network;
        _observables = [.. network.AssignmentRules.Select(r => r.Variable)];
        _states = [.. network.Species.Where(s => !s.IsConstant).Select(s => s.Id).Where(id => !_observables.Contains(id))];
        _states.UnionWith(network.RateRules.Select(r => r.Variable));
        _parameters = [.. network.Parameters.Select(p => p.Id).Where(id => !_observables.Contains(id) && !_states.Contains(id))];
        _events = [.. network.Events.Select(e => e.Id)];
        Spread = table?.Rows.Where(r => r.LogSd is > 0).Select(r => r.Id).ToHashSet(StringComparer.Ordinal) ?? [];
    }

    /// <summary>The network.</summary>
    public ReactionNetwork Network { get; }

    /// <summary>Parameters that differ between patients.</summary>
    public IReadOnlySet<string> Spread { get; }

    /// <summary>Checks the name of a state; <paramref name="value"/> stands at <paramref name="key"/>.</summary>
    public void State(YamlMap map, string key, string value) => Check(map, key, value, _states, "state");

    /// <summary>Checks the name of a parameter.</summary>
    public void Parameter(YamlMap map, string key, string value) => Check(map, key, value, _parameters, "parameter");

    /// <summary>Checks the name of a state or parameter.</summary>
    public void StateOrParameter(YamlMap map, string key, string value) =>
        Check(map, key, value, _states.Contains(value) ? _states : _parameters, "state or parameter");

    /// <summary>Checks the name of an observable.</summary>
    public void Observable(YamlMap map, string key, string value) => Check(map, key, value, _observables, "readout");

    /// <summary>Checks the name of an observable or state.</summary>
    public void ObservableOrState(YamlMap map, string key, string value) =>
        Check(map, key, value, _states.Contains(value) ? _states : _observables, "readout or state");

    /// <summary>Checks the name of an event.</summary>
    public void Event(YamlMap map, string key, string value) => Check(map, key, value, _events, "event");

    /// <summary>Whether there is a parameter of this name.</summary>
    public bool HasParameter(string name) => _parameters.Contains(name);

    /// <summary>Whether there is a state of this name.</summary>
    public bool HasState(string name) => _states.Contains(name);

    private static void Check(YamlMap map, string key, string value, HashSet<string> known, string what)
    {
        if (value.Length > 0 && !known.Contains(value))
            map.Error(key, StudyCodes.UnknownName, $"the model has no {what} '{value}'", "", Suggestion.For(value, known));
    }
}
