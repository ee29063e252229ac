using Marrow.Trials.Clinical;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Regimens;

/// <summary>How a signal is compared with a threshold.</summary>
internal enum Relation
{
    /// <summary>signal &gt; threshold</summary>
    Above,
    /// <summary>signal &lt; threshold</summary>
    Below,
    /// <summary>signal &gt;= threshold</summary>
    AtLeast,
    /// <summary>signal &lt;= threshold</summary>
    AtMost,
}

/// <summary>A threshold on a signal: an observable of the model, or a score or grade of the clinical layer (<see cref="ClinicalSignals"/>).</summary>
internal sealed record Condition(string Signal, Relation Relation, double Threshold)
{
    /// <summary>Whether a value meets it; no number meets nothing.</summary>
    public bool Met(double value) => Relation switch
    {
        Relation.Above => value > Threshold,
        Relation.Below => value < Threshold,
        Relation.AtLeast => value >= Threshold,
        _ => value <= Threshold,
    };
}

/// <summary>Signals that the clinical layer forms while a course runs: the score of cytokine release, and the grades of it.</summary>
internal static class ClinicalSignals
{
    /// <summary>Running score of cytokine release: log10 of the effective IL-6, pg/mL, plus the patient's shift.</summary>
    public const string CrsScore = nameof(CrsScore);

    private static readonly string[] _names = [CrsScore, "PennGrade", "AstctGrade", "LeeGrade"];

    /// <summary>Names, the score first.</summary>
    public static IReadOnlyList<string> Names => _names;

    /// <summary>Whether a signal is one of these, and not an observable.</summary>
    public static bool Has(string signal) => _names.Contains(signal);

    /// <summary>Value of a signal at a score.</summary>
    public static double Of(string signal, double score, ClinicalProtocol protocol) => signal switch
    {
        CrsScore => score,
        "PennGrade" => CrsRules.Grade(protocol.Crs.Penn, score),
        "AstctGrade" => CrsRules.Grade(protocol.Crs.Astct, score),
        "LeeGrade" => CrsRules.Grade(protocol.Crs.Lee, score),
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "no signal of the clinical layer"),
    };
}

/// <summary>What rules see of a patient at a time.</summary>
/// <param name="time">Time, d.</param>
/// <param name="observables">Observables of the model.</param>
/// <param name="score">Score of cytokine release.</param>
/// <param name="protocol">Thresholds of its grades.</param>
internal readonly ref struct Sight(double time, ReadOnlySpan<double> observables, double score, ClinicalProtocol protocol)
{
    private readonly ReadOnlySpan<double> _observables = observables;

    public double Time { get; } = time;

    /// <summary>Observables of the model.</summary>
    public ReadOnlySpan<double> Observables => _observables;

    /// <summary>Value of a condition's signal.</summary>
    public double Of(ConditionPlan plan) =>
        plan.Observable >= 0 ? _observables[plan.Observable] : ClinicalSignals.Of(plan.Condition.Signal, score, protocol);

    /// <summary>Whether a condition is met.</summary>
    public bool Meets(ConditionPlan plan) => plan.Condition.Met(Of(plan));
}

/// <summary>A condition with the index of its observable; negative for a signal of the clinical layer.</summary>
internal sealed record ConditionPlan(Condition Condition, int Observable);

/// <summary>Reads conditions: signal, one of above, below, at_least and at_most, unit and provenance.</summary>
internal sealed class ConditionReader(ModelNames? model, List<SourcedNumber> log)
{
    private static readonly (string Key, Relation Relation)[] _relations =
        [("above", Relation.Above), ("below", Relation.Below), ("at_least", Relation.AtLeast), ("at_most", Relation.AtMost)];

    /// <summary>Reads and closes a mapping.</summary>
    /// <param name="map">The mapping.</param>
    /// <param name="name">What it decides, for the list of numbers.</param>
    public Condition Read(YamlMap map, string name)
    {
        var signal = map.Text("signal");
        var present = _relations.Where(r => map.Has(r.Key)).ToArray();
        if (present.Length > 1)
            map.Error(present[1].Key, StudyCodes.Conflict, $"'{present[0].Key}' and '{present[1].Key}' exclude each other", "a condition has one threshold", "write a rule for each");
        // Without any, the missing key is reported as the first of them.
        var (key, relation) = present.Length > 0 ? present[0] : _relations[0];
        var numbers = new SourcedReader(map, name, Provenance.Read(map, required: true), map.Text("unit"), log);
        var condition = new Condition(signal, relation, numbers.Number(key));
        foreach (var other in present.Skip(1)) numbers.Number(other.Key);
        if (!ClinicalSignals.Has(signal)) model?.Observable(map, "signal", signal);
        map.Close();
        return condition;
    }
}
