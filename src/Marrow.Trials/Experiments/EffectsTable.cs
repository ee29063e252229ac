using Marrow.Networks.Diagnostics;
using Marrow.Trials.Clinical;

namespace Marrow.Trials.Experiments;

/// <summary>Statistics of a check, by the names of the tables.</summary>
public enum EffectStatistic
{
    /// <summary>median of on/off</summary>
    MedianOfPairedRatios,
    /// <summary>median of on - off</summary>
    MedianOfPairedDifferences,
    /// <summary>median of log10 on - log10 off</summary>
    PairedLog10Difference,
    /// <summary>mean on / mean off</summary>
    RatioOfMeans,
    /// <summary>median on / median off</summary>
    RatioOfMedians,
    /// <summary>points; on - off, or A - B with both on</summary>
    DifferenceOfShares,
    /// <summary>on / off, or A / B with both on</summary>
    RatioOfShares,
    /// <summary>Cox, on against off</summary>
    HazardRatio,
    /// <summary>odds on / odds off</summary>
    OddsRatio,
    /// <summary>standardised incidence, on / off</summary>
    IncidenceRatio,
    /// <summary>combination - best part</summary>
    DifferenceToBestSingle,
    /// <summary>% of patients, on</summary>
    Share,
    /// <summary>median, on</summary>
    Median,
    /// <summary>median of |x|, on</summary>
    MedianOfAbsolutes,
    /// <summary>% of pairs with on/off at least value2</summary>
    ShareOfPairs,
    /// <summary>median of on / healthy</summary>
    RatioToHealthy,
    /// <summary>1 - effect here / effect without treatment</summary>
    Recovery,
    /// <summary>joint effect - sum of single effects, median</summary>
    ExcessOverSum,
    /// <summary>points per 10 d, on</summary>
    Slope,
    /// <summary>sign of effect size in A - effect size in B</summary>
    Contrast,
    /// <summary>sign of the effect; 0 if its interval holds none</summary>
    Sign,
}

/// <summary>What a point estimate must obey.</summary>
public enum EffectOperator
{
    /// <summary>at most value</summary>
    AtMost,
    /// <summary>at least value</summary>
    AtLeast,
    /// <summary>value to value2</summary>
    Within,
}

/// <summary>Direction of an effect, on relative to off.</summary>
public enum EffectDirection
{
    /// <summary>Undirected.</summary>
    None,
    /// <summary>More, later or better with the switch on.</summary>
    Up,
    /// <summary>Less, earlier or worse with the switch on.</summary>
    Down,
}

/// <summary>One check: a row of a table of expected effects.</summary>
public sealed record EffectRow
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }
    /// <summary>Switches that are turned off and on, jointly.</summary>
    public required IReadOnlyList<string> Switches { get; init; }
    /// <summary>Disease, as the table writes it.</summary>
    public required string Disease { get; init; }
    /// <summary>Context.</summary>
    public required string Context { get; init; }
    /// <summary>Observable, with its suffix.</summary>
    public required string Observable { get; init; }
    /// <summary>Statistic.</summary>
    public required EffectStatistic Statistic { get; init; }
    /// <summary>Operator.</summary>
    public required EffectOperator Operator { get; init; }
    /// <summary>Value, or lower end.</summary>
    public required double Value { get; init; }
    /// <summary>Upper end, or the limit of <see cref="EffectStatistic.ShareOfPairs"/>; NaN if not given.</summary>
    public required double Value2 { get; init; }
    /// <summary>Unit.</summary>
    public required string Unit { get; init; }
    /// <summary>Which patients, as written.</summary>
    public required string Subgroup { get; init; }
    /// <summary>Direction.</summary>
    public required EffectDirection Direction { get; init; }
    /// <summary>Name of the alternative this row stands for; empty if it has no rival.</summary>
    public required string Alternative { get; init; }
    /// <summary>What must be there for the check, such as other diseases.</summary>
    public required IReadOnlyList<string> Needs { get; init; }
    /// <summary>Place of the row.</summary>
    public required SourceSpan Where { get; init; }

    /// <summary>The switches as the table writes them.</summary>
    public string Switch => string.Join('+', Switches);

    /// <summary>The condition as text, such as <c>&lt;= 0.95</c>.</summary>
    public string Condition => Operator switch
    {
        EffectOperator.AtMost => FormattableString.Invariant($"<= {Value}"),
        EffectOperator.AtLeast => FormattableString.Invariant($">= {Value}"),
        _ => FormattableString.Invariant($"{Value} to {Value2}"),
    };
}

/// <summary>Reads tables of expected effects.</summary>
public static class EffectsTable
{
    /// <summary>Columns of the table.</summary>
    internal static readonly string[] Columns =
        ["id", "switch", "disease", "context", "observable", "statistic", "op", "value", "value2", "unit", "subgroup_rule", "on_vs_off_sign", "alternative", "needs"];

    private static readonly Dictionary<string, EffectOperator> Operators = new(StringComparer.Ordinal)
    {
        ["<="] = EffectOperator.AtMost,
        [">="] = EffectOperator.AtLeast,
        ["within"] = EffectOperator.Within,
    };

    private static readonly Dictionary<string, EffectStatistic> Statistics =
        Enum.GetValues<EffectStatistic>().ToDictionary(s => Vocabulary.SnakeCase(s.ToString()), s => s, StringComparer.Ordinal);

    private static readonly Dictionary<string, EffectDirection> Directions = new(StringComparer.Ordinal)
    {
        ["none"] = EffectDirection.None,
        ["up"] = EffectDirection.Up,
        ["down"] = EffectDirection.Down,
    };

    /// <summary>Name of a statistic in the tables.</summary>
    public static string NameOf(EffectStatistic statistic) => Vocabulary.SnakeCase(statistic.ToString());

    /// <summary>Reads a table; every problem goes to <paramref name="bag"/> with its line.</summary>
    public static IReadOnlyList<EffectRow> Load(string path, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(bag);
        var rows = new List<EffectRow>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in ClinicalTable.Load(path, Columns, bag).Rows)
        {
            var id = row.Text("id");
            if (id.Length == 0) bag.Error(ExperimentCodes.BadCell, "a row without id", row.Where, "", "give it a name of its own");
            else if (!seen.TryAdd(id, row.Where.Line)) bag.Error(ExperimentCodes.Duplicate, $"'{id}' appears twice", row.Where, $"first on line {seen[id]}", "rename one of them");
            rows.Add(Read(row, id));
        }
        return rows;
    }

    private static EffectRow Read(ClinicalRow row, string id)
    {
        var op = Word(row, "op", Operators);
        var value = row.Number("value");
        var value2 = row.NumberOrNull("value2");
        var statistic = Word(row, "statistic", Statistics);
        if (op == EffectOperator.Within && value2 is null) Bad(row, $"'{id}' must lie within a range, and value2 is empty", "write the upper end into value2");
        if (op == EffectOperator.Within && value2 < value) Bad(row, FormattableString.Invariant($"the range of '{id}' is empty: {value} to {value2}"), "write the lower end into value");
        if (statistic == EffectStatistic.ShareOfPairs && value2 is null) Bad(row, $"the share of pairs of '{id}' needs a limit", "write the least ratio on/off into value2");
        var rule = SubgroupRule.Parse(row.Text("subgroup_rule"), out var problem);
        if (rule is null) Bad(row, $"subgroup rule of '{id}': {problem}", "such as age<18&cd19>0|host=intact vs host=no_T, or all");
        else if (statistic == EffectStatistic.Contrast && rule.B is null) Bad(row, $"the contrast of '{id}' needs two subgroups", "write 'A vs B'");
        foreach (var column in (string[])["switch", "disease", "context", "observable"])
            if (row.Text(column).Length == 0) Bad(row, $"'{id}' has no {column}", $"fill the column {column}");
        return new EffectRow
        {
            Id = id,
            Switches = row.Text("switch").Split('+', StringSplitOptions.TrimEntries),
            Disease = row.Text("disease"),
            Context = row.Text("context"),
            Observable = row.Text("observable"),
            Statistic = statistic,
            Operator = op,
            Value = value,
            Value2 = value2 ?? double.NaN,
            Unit = row.Text("unit"),
            Subgroup = row.Text("subgroup_rule"),
            Direction = Word(row, "on_vs_off_sign", Directions),
            Alternative = row.Text("alternative"),
            Needs = row.Text("needs").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Where = row.Where,
        };
    }

    private static void Bad(ClinicalRow row, string what, string remedy) => row.Bag.Error(ExperimentCodes.BadCell, what, row.Where, "", remedy);

    private static T Word<T>(ClinicalRow row, string column, Dictionary<string, T> words) where T : struct
    {
        var text = row.Text(column);
        if (words.TryGetValue(text, out var value)) return value;
        row.Bag.Error(ExperimentCodes.BadCell, $"'{text}' in column {column} is none of the words it may hold", row.Where, "", Studies.Suggestion.For(text, words.Keys) is { Length: > 0 } near ? near : string.Join(", ", words.Keys));
        return default;
    }
}
