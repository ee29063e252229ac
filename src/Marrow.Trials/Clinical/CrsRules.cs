using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Clinical;

/// <summary>Cytokine release: one latent score S = log10(effective IL-6, pg/mL) + e, e logistic, drawn once per patient; signs appear where the running score
/// crosses their thresholds, grades follow from the peak (crs.csv).</summary>
internal sealed class CrsRules
{
    private CrsRules(ValueTable table)
    {
        ResidualScale = table.Number("residual_scale", "log10 pg/mL");
        OnsetUntil = table.Number("onset_until", "d");
        EpisodeUntil = table.Number("episode_until", "d", OnsetUntil);
        Gap = table.Number("gap", "d");
        Signs = table.Group("sign.", "log10 pg/mL");
        Penn = Cuts(table, "penn");
        Astct = Cuts(table, "astct");
        Lee = Cuts(table, "lee");
        DeathFrom = table.Number("death.from", "log10 pg/mL");
        DeathChild = table.Share("death.child");
        DeathAdult = table.Share("death.adult");
        DeathAdultFrom = table.Number("death.adult_from", "year");
        DeathEarliest = table.Number("death.earliest", "d");
        DeathLatest = table.Number("death.latest", "d", DeathEarliest);
        table.Close();
    }

    /// <summary>Scale of the logistic shift e.</summary>
    public double ResidualScale { get; }

    /// <summary>Last day on which an episode may begin.</summary>
    public double OnsetUntil { get; }

    /// <summary>Last day that counts to an episode.</summary>
    public double EpisodeUntil { get; }

    /// <summary>Days without signs after which an episode is over.</summary>
    public double Gap { get; }

    /// <summary>Signs with their thresholds.</summary>
    public IReadOnlyList<(string Name, double Value)> Signs { get; }

    /// <summary>Thresholds of Penn grades 1-4.</summary>
    public IReadOnlyList<double> Penn { get; }

    /// <summary>Thresholds of ASTCT grades 1-4.</summary>
    public IReadOnlyList<double> Astct { get; }

    /// <summary>Thresholds of Lee grades 1-4.</summary>
    public IReadOnlyList<double> Lee { get; }

    /// <summary>Score from which cytokine release can kill.</summary>
    public double DeathFrom { get; }

    /// <summary>Share of children above that score who die.</summary>
    public double DeathChild { get; }

    /// <summary>Share of adults.</summary>
    public double DeathAdult { get; }

    /// <summary>Age from which a patient counts as adult.</summary>
    public double DeathAdultFrom { get; }

    /// <summary>Earliest death, days after onset.</summary>
    public double DeathEarliest { get; }

    /// <summary>Latest death, days after onset.</summary>
    public double DeathLatest { get; }

    /// <summary>Reads crs.csv of a folder.</summary>
    public static (CrsRules Rules, ValueTable Table) Load(string folder, DiagnosticBag bag)
    {
        var table = ValueTable.Load(Path.Combine(folder, "crs.csv"), bag);
        return (new CrsRules(table), table);
    }

    /// <summary>Grade of a peak score: the number of thresholds reached.</summary>
    public static int Grade(IReadOnlyList<double> cuts, double score) => cuts.Count(c => score >= c);

    private static double[] Cuts(ValueTable table, string scale)
    {
        var cuts = new double[4];
        for (var grade = 1; grade <= cuts.Length; grade++)
            cuts[grade - 1] = table.Number($"{scale}.{grade}", "log10 pg/mL", grade > 1 ? cuts[grade - 2] : 0);
        return cuts;
    }
}
