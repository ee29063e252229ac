namespace Marrow.Trials.Experiments;

/// <summary>Patients of a group are those that obey this.</summary>
/// <param name="Term">The term of the rule.</param>
/// <param name="Measure">What is measured.</param>
/// <param name="InOnRun">Whether it is read in the run with the switch on.</param>
/// <param name="Holds">Whether a value obeys; null if the outer thirds of the population decide.</param>
internal sealed record PatientFilter(SubgroupTerm Term, Measure Measure, bool InOnRun, Func<double, bool>? Holds);

/// <summary>One of the alternatives of a group: two scenarios and who takes part.</summary>
/// <param name="On">With the switch.</param>
/// <param name="Off">Without it.</param>
/// <param name="Singles">The switches of a joint row each by itself, the others off.</param>
/// <param name="Healthy">A healthy person, for <see cref="EffectStatistic.RatioToHealthy"/>; else null.</param>
/// <param name="Measure">What is compared; it may differ between alternatives by the site.</param>
/// <param name="Filters">Who takes part.</param>
internal sealed record PairPlan(
    ScenarioPlan On, ScenarioPlan Off, IReadOnlyList<ScenarioPlan> Singles, ScenarioPlan? Healthy, Measure Measure, IReadOnlyList<PatientFilter> Filters);

/// <summary>A row, with everything looked up that it names.</summary>
/// <param name="Row">The row.</param>
/// <param name="A">Its patients; several plans are alternatives and share the patients out.</param>
/// <param name="B">The second group; null without.</param>
internal sealed record EffectPlan(EffectRow Row, IReadOnlyList<PairPlan> A, IReadOnlyList<PairPlan>? B);

/// <summary>Looks up what rows name, or says why a row must wait.</summary>
internal sealed class EffectPlanner(Vocabulary vocabulary, Laboratory laboratory)
{
    // Courses end at one of these days, so that rows share runs.
    private static readonly double[] Horizons = [1, 10, 30, 60, 100, 200, 400, 760, 1100, 2000];

    /// <summary>The plan of a row; null, with the reason, if it must wait.</summary>
    public EffectPlan? Plan(EffectRow row, out string reason)
    {
        reason = string.Join("; ", row.Needs.Select(vocabulary.Unmet).OfType<string>());
        if (reason.Length > 0) return null;
        if (vocabulary.FileOf(row.Disease) is not { } disease)
        {
            reason = $"there is no model of '{row.Disease}'";
            return null;
        }
        var rule = SubgroupRule.Parse(row.Subgroup, out reason)!;
        var a = Group(row, disease, rule.A, ref reason);
        var b = rule.B is null || reason.Length > 0 ? null : Group(row, disease, rule.B, ref reason);
        return reason.Length > 0 ? null : new EffectPlan(row, a!, b);
    }

    private List<PairPlan>? Group(EffectRow row, string disease, Subgroup group, ref string reason)
    {
        var plans = new List<PairPlan>();
        foreach (var terms in group.Alternatives)
        {
            if (Alternative(row, disease, terms, ref reason) is not { } plan) return null;
            plans.Add(plan);
        }
        return plans;
    }

    private PairPlan? Alternative(EffectRow row, string disease, IReadOnlyList<SubgroupTerm> terms, ref string reason)
    {
        var actions = new List<ScenarioAction>();
        var filters = new List<PatientFilter>();
        foreach (var term in terms)
        {
            if (Property(term, disease, null, actions, []) is not { } problem) continue;
            reason = problem;
            return null;
        }
        // A term may change the disease, and with it the meaning of the others.
        var probe = ScenarioAction.Apply(actions, Base(disease, ""));
        disease = probe.Disease;
        if (vocabulary.Context(disease, row.Context, row.Observable) is not { } context)
        {
            reason = $"no context '{row.Context}' of {disease}";
            return null;
        }
        if (context.WhyNot.Length > 0)
        {
            reason = $"context '{row.Context}': {context.WhyNot}";
            return null;
        }
        var start = ScenarioAction.Apply([.. context.Actions, .. actions], probe).Scenario.Start.Kind;
        foreach (var term in terms) Property(term, disease, start, [], filters);
        if (vocabulary.MeasureOf(row.Observable, disease, probe.Site, context.Day, out reason) is not { } measure) return null;
        return Scenarios(row, context, [.. context.Actions, .. row.Switches.SelectMany(s => vocabulary.Alternative(s, row.Alternative)), .. actions], measure, filters, ref reason);
    }

    private PairPlan? Scenarios(EffectRow row, ContextRow context, List<ScenarioAction> shared, Measure measure, List<PatientFilter> filters, ref string reason)
    {
        var disease = ScenarioAction.Apply(shared, Base(vocabulary.FileOf(row.Disease)!, "")).Disease;
        SwitchRow[] switches = context.IsSwitch ? [new SwitchRow(row.Switch, "", context.On, context.Off, "")] : [.. row.Switches.Select(s => vocabulary.Switch(s, disease))];
        if (Array.Find(switches, s => s.WhyNot.Length > 0) is { } waiting)
        {
            reason = $"switch '{waiting.Name}': {waiting.WhyNot}";
            return null;
        }
        ScenarioPlan Make(Func<SwitchRow, IReadOnlyList<ScenarioAction>> of) =>
            laboratory.Finish(ScenarioAction.Apply([.. shared, .. switches.SelectMany(of)], Base(disease, row.Id)), row.Id, Horizon(measure));
        var on = Make(s => s.On);
        var off = Laboratory.Matched(Make(s => s.Off), on);
        ScenarioPlan[] singles = switches.Length < 2 ? [] : [.. switches.Select(one => Make(s => s == one ? s.On : s.Off))];
        var healthy = row.Statistic == EffectStatistic.RatioToHealthy
            ? on with { Scenario = on.Scenario with { Start = on.Scenario.Start with { Kind = StartKind.Healthy }, Regimens = [], WithoutDrugs = [], DrawAs = null } } : null;
        var plan = new PairPlan(on, off, singles, healthy, measure, filters);
        var problems = new[] { on, off }.Concat(singles).SelectMany(laboratory.Problems)
            .Concat(filters.Select(f => f.Measure).Append(measure).SelectMany(m => m.Formulas).Select(f => laboratory.WhyNot(disease, f)).OfType<string>()).Distinct();
        reason = string.Join("; ", problems);
        return reason.Length > 0 ? null : plan;
    }

    private static ScenarioPlan Base(string disease, string name) => new()
    {
        Disease = disease,
        Scenario = new Scenario { Name = name, Start = new ScenarioStart { Kind = StartKind.Overt }, Days = 1 },
    };

    private static double Horizon(Measure measure)
    {
        var need = measure.Horizon;
        return Array.Find(Horizons, h => h >= need) is > 0 and var h ? h : need;
    }

    /// <summary>Adds what a term asks for; returns the problem, or null.</summary>
    /// <remarks>A row whose value ends in <c>@seed</c> and the like is for scenarios that start so.</remarks>
    private string? Property(SubgroupTerm term, string disease, StartKind? start, List<ScenarioAction> actions, List<PatientFilter> filters)
    {
        PropertyRow[] rows =
        [
            .. vocabulary.Properties(term.Property, disease).Where(r => r.Start is null || r.Start == start).OrderByDescending(r => r.Start is not null),
        ];
        var word = term.Operator == "!=" ? "!" + term.Value : term.Value;
        var row = Array.Find(rows, r => r.Value == (term.Operator is "=" or "!=" ? word : term.Operator + term.Value));
        var negated = false;
        if (row is null && term.Operator == "!=")
        {
            row = Array.Find(rows, r => r.Value == term.Value && r.Kind == PropertyKind.Filter);
            negated = true;
        }
        row ??= Array.Find(rows, r => r.Value.Length == 0);
        if (row is null) return rows.Length == 0 ? $"no property '{term.Property}'" : $"'{term}' is not known of the property";
        if (row.WhyNot.Length > 0) return $"{term}: {row.WhyNot}";
        if (row.Kind == PropertyKind.Setting)
        {
            actions.AddRange(row.Actions);
            return null;
        }
        if (row.Measure is not { } measure) return $"{term}: nothing to measure";
        actions.AddRange(row.Actions);
        if (row.Kind == PropertyKind.Filter)
        {
            var limit = new SubgroupTerm(term.Property, row.Operator, FormattableString.Invariant($"{row.Number:R}"));
            filters.Add(new PatientFilter(term, measure, row.InOnRun, x => limit.Holds(x) != negated));
            return null;
        }
        if (term.Value is "high" or "low") filters.Add(new PatientFilter(term, measure, row.InOnRun, null));
        else if (double.IsNaN(term.Number)) return $"'{term}': the property is a number";
        else filters.Add(new PatientFilter(term, measure, row.InOnRun, term.Holds));
        return null;
    }
}
