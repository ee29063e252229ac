namespace Marrow.Trials.Onset;

/// <summary>What tables of expected effects call a factor: a switch, a subgroup, and which of two alternatives holds.</summary>
public static class OnsetSwitches
{
    private const string Deficiency = "deficiency=";

    /// <summary>Young and old recipients of a transplant, years.</summary>
    private const double Young = 10, Old = 60;

    /// <summary>The disease of a pack's name; null if the model does not have it.</summary>
    public static string? DiseaseOf(OnsetModel model, string pack)
    {
        ArgumentNullException.ThrowIfNull(model);
        var name = pack == "BCP-ALL" ? "ALL" : pack;
        return model.Diseases.Contains(name, StringComparer.Ordinal) ? name : null;
    }

    /// <summary>The factors of a switch that is on, in one subgroup.</summary>
    /// <param name="model">Model.</param>
    /// <param name="name">Switch, such as <c>risk.hiv</c>.</param>
    /// <param name="subgroup">One condition, such as <c>deficiency=T</c> or <c>cd4=low</c>; <c>all</c> or empty for everybody.</param>
    /// <param name="alternative"><c>a</c>, <c>b</c> or empty.</param>
    /// <returns>The factors, or null if the onset module does not know the switch or the subgroup.</returns>
    public static OnsetFactors? Factors(OnsetModel model, string name, string subgroup, string alternative)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(subgroup);
        var group = subgroup is "all" or "preset=epithelial" ? "" : subgroup;
        var b = alternative == "b";
        return (name, group) switch
        {
            ("risk.inherited_deficiency", "") => model.Preset("deficiency"),
            ("risk.inherited_deficiency", _) when group.StartsWith(Deficiency, StringComparison.Ordinal) => Known(model, group[Deficiency.Length..]),
            ("risk.hiv", "" or "cd4=low" or "cd4<200") => model.Preset("hiv.low"),
            ("risk.hiv", "cd4=high" or "host=ART") => model.Preset("hiv.high"),
            ("risk.transplant_is", "") => model.Preset("transplant"),
            ("risk.transplant_is", "age=low") => model.Transplant(Young),
            ("risk.transplant_is", "age=high") => model.Transplant(Old),
            ("risk.chronic_inflammation", "" or "host=inflamed_before" or "preset=de_novo") => model.Preset("inflammation") with { MyeloidInflammation = !b },
            ("risk.chronic_inflammation", "preset=secondary") => model.Preset("inflammation") with { MyeloidInflammation = !b, Cytotoxic = true },
            ("risk.early_infection", "" or "exposure_age<=2") => model.Preset("early_infection") with { InfectionTiming = !b },
            ("risk.early_infection", "exposure_age>2") => model.Preset("late_infection") with { InfectionTiming = !b },
            ("risk.tp53_tumour_arm", "") => model.Preset("tp53.tumour"),
            ("risk.tp53_host_arm", "") => model.Preset("tp53.host"),
            _ => null,
        };
    }

    private static OnsetFactors? Known(OnsetModel model, string kind) =>
        model.Tables.Deficiencies.ContainsKey(kind) ? model.Preset("deficiency." + kind) : null;
}
