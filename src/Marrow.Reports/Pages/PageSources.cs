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
        Explanations = Explanations.Read("expected effect", At("experiments/explanations.csv"));
        ClaimExplanations = Explanations.Read("claim", At("experiments/claim_explanations.csv"));
        ClaimRevisions = WhereThere("experiments/claim_revisions.csv", "id", "before", "found_before", "now", "why", "otherwise");
        ClaimExperiments = Experiments();
        EffectResults = CheckResult.Read(At("results/effects.csv"));
        ClaimResults = CheckResult.Read(At("results/claims.csv"));
        FactResults = CheckResult.Read(At("results/facts.csv"));
        FitMisfits = WhereThere("fit/misfit.csv", "target", "scenario", "time", "statistic", "published", "before", "misfit_before", "after", "misfit", "study");
        FitPosteriors = WhereThere("fit/posteriors.csv", "parameter", "disease", "unit", "prior_median", "prior_sd", "posterior_median", "posterior_sd",
            "moved_sd", "shrinkage", "posterior_05", "posterior_95", "known", "partner", "correlation", "reason");
        FitInfluence = WhereThere("fit/influence.csv", "parameter", "disease", "target", "study", "effect");
        Elasticities = WhereThere("results/elasticities.csv", "parameter", "kind", "outcome", "elasticity", "lower", "upper", "low", "high", "patients");
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
    public Explanations Explanations { get; }

    /// <summary>Why claims are missed or wait, in plain words.</summary>
    public Explanations ClaimExplanations { get; }

    /// <summary>Experiments of claims that were changed after they had been run, with what they found before.</summary>
    public IReadOnlyList<PageRow> ClaimRevisions { get; }

    /// <summary>Table, relative to the repository, that holds the experiment of a claim.</summary>
    public IReadOnlyDictionary<string, string> ClaimExperiments { get; }

    /// <summary>Results of the expected effects.</summary>
    public IReadOnlyDictionary<string, CheckResult> EffectResults { get; }

    /// <summary>Results of the claims.</summary>
    public IReadOnlyDictionary<string, CheckResult> ClaimResults { get; }

    /// <summary>Results of the facts.</summary>
    public IReadOnlyDictionary<string, CheckResult> FactResults { get; }

    /// <summary>Figures of the core's fit, before and after it; none where it was not run.</summary>
    public IReadOnlyList<PageRow> FitMisfits { get; }

    /// <summary>Priors and posteriors of the core's fit.</summary>
    public IReadOnlyList<PageRow> FitPosteriors { get; }

    /// <summary>Which parameter of the core's fit moves which figure.</summary>
    public IReadOnlyList<PageRow> FitInfluence { get; }

    /// <summary>Elasticities of outcomes to parameters; none where they were not measured.</summary>
    public IReadOnlyList<PageRow> Elasticities { get; }

    private IReadOnlyList<PageRow> WhereThere(string relative, params string[] columns) => File.Exists(At(relative)) ? PageTable.Read(At(relative), columns) : [];

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
