namespace Marrow.Reports.Pages;

/// <summary>The tables behind the pages, below a folder of models.</summary>
internal sealed class PageSources
{
    private readonly string _models;

    /// <summary>Reads every table.</summary>
    /// <param name="models">Folder <c>models</c>.</param>
    public PageSources(string models)
    {
        _models = models;
        Needs = Needs.Read(At("experiments/needs.csv"));
        Claims = PageTable.Read(At("claims.csv"), "id", "seed", "claim", "status", "experiment", "minimum_effect", "statistic", "op", "value", "unit", "needs", "citation", "mark");
        Alternatives = PageTable.Read(At("alternatives.csv"), "claim", "alternative", "reading", "criterion", "selected_by").ToLookup(r => r["claim"], StringComparer.Ordinal);
        Facts = PageTable.Read(At("facts.csv"), "id", "fact", "disease", "published", "spread", "scale", "spread_basis", "unit", "source", "mark", "excuse");
        Biology = PageTable.Read(At("biology.csv"), "id", "item", "home", "shown_by", "evidence", "waiting", "note");
        Effects = PageTable.ById(At("expected_effects.csv"), "switch", "disease", "context", "observable", "statistic", "op", "value", "value2", "unit", "subgroup_rule", "alternative", "needs", "mark");
        Explanations = PageTable.ById(At("experiments/explanations.csv"), "verdict", "explanation");
        ClaimExperiments = Experiments();
        EffectResults = CheckResult.Read(At("results/effects.csv"));
        ClaimResults = CheckResult.Read(At("results/claims.csv"));
        FactResults = CheckResult.Read(At("results/facts.csv"));
    }

    /// <summary>What checks may need.</summary>
    public Needs Needs { get; }

    /// <summary>Claims.</summary>
    public IReadOnlyList<PageRow> Claims { get; }

    /// <summary>Readings of a claim that is disputed or open.</summary>
    public ILookup<string, PageRow> Alternatives { get; }

    /// <summary>Published facts.</summary>
    public IReadOnlyList<PageRow> Facts { get; }

    /// <summary>Inventory.</summary>
    public IReadOnlyList<PageRow> Biology { get; }

    /// <summary>Expected effects.</summary>
    public IReadOnlyDictionary<string, PageRow> Effects { get; }

    /// <summary>Why effects are missed or wait, in plain words.</summary>
    public IReadOnlyDictionary<string, PageRow> Explanations { get; }

    /// <summary>Table, relative to the repository, that holds the experiment of a claim.</summary>
    public IReadOnlyDictionary<string, string> ClaimExperiments { get; }

    /// <summary>Results of the expected effects.</summary>
    public IReadOnlyDictionary<string, CheckResult> EffectResults { get; }

    /// <summary>Results of the claims.</summary>
    public IReadOnlyDictionary<string, CheckResult> ClaimResults { get; }

    /// <summary>Results of the facts.</summary>
    public IReadOnlyDictionary<string, CheckResult> FactResults { get; }

    private string At(string relative) => Path.Combine([_models, .. relative.Split('/')]);

    private Dictionary<string, string> Experiments()
    {
        var folder = At("experiments/claims");
        if (!Directory.Exists(folder)) return [];
        return Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal)
            .SelectMany(file => PageTable.Read(file, "id").Select(row => (Id: row["id"], File: $"models/experiments/claims/{Path.GetFileName(file)}")))
            .ToDictionary(e => e.Id, e => e.File, StringComparer.Ordinal);
    }
}
