using System.Globalization;
using System.Text;

namespace Marrow.Trials.Onset;

/// <summary>A page that shows the incidence under every factor beside what is published.</summary>
internal static class OnsetTable
{
    private sealed record Row(string Label, string Disease, Func<OnsetModel, OnsetFactors> Factors, string Published);

    private static readonly Row[] _rows =
    [
        new("Inherited deficiency, all kinds", "ALL", m => m.Preset("deficiency"), "5.4 (1.5-13.7), four cases; Blood 116:1228"),
        new("T-cell deficiency", "ALL", m => m.Preset("deficiency.T"), ""),
        new("Combined deficiency", "ALL", m => m.Preset("deficiency.combined"), ""),
        new("NK-cell deficiency", "ALL", m => m.Preset("deficiency.NK"), ""),
        new("Disorder of DNA repair", "ALL", m => m.Preset("deficiency.DNA_repair"), ""),
        new("Antibody deficiency", "ALL", m => m.Preset("deficiency.antibody"), ""),
        new("Inherited deficiency, all kinds", "solid", m => m.Preset("deficiency"), "no rise; 10.1016/j.jaci.2017.05.024"),
        new("HIV, untreated", "ALL", m => m.Preset("hiv.low"), "2.4; 10.1097/QAD.0000000000000428"),
        new("HIV, treated early", "ALL", m => m.Preset("hiv.high"), ""),
        new("HIV, untreated", "AML", m => m.Preset("hiv.low"), "little or no rise (alternative b)"),
        new("Transplant at 10 years", "AML", m => m.Transplant(10), "9.3 below 20 years; Morton 2011"),
        new("Transplant at 40 years", "AML", m => m.Transplant(40), "2.7; PMC4197126"),
        new("Transplant at 40 years", "CML", m => m.Transplant(40), "2.3; PMC4197126"),
        new("Transplant at 60 years", "AML", m => m.Transplant(60), ""),
        new("Transplant at 40 years", "lymphoma", m => m.Transplant(40), "7.5; 10.1001/jama.2011.1592 (unverified)"),
        new("Transplant at 40 years", "solid", m => m.Transplant(40), ""),
        new("Chronic inflammation, alternative a", "AML", m => m.Preset("inflammation"), "1.3-1.7"),
        new("Chronic inflammation, alternative b", "AML", m => m.Preset("inflammation") with { MyeloidInflammation = false }, "1.1 de novo"),
        new("Chronic inflammation under cytotoxic drugs, alternative b", "AML", m => m.Preset("inflammation") with { MyeloidInflammation = false, Cytotoxic = true }, "1.5 or more secondary"),
        new("Day care in the first two years, alternative a", "ALL", m => m.Preset("early_infection"), "odds ratio 0.76; 10.1093/ije/dyp378"),
        new("Day care in the first two years, alternative b", "ALL", m => m.Preset("early_infection") with { InfectionTiming = false }, "no effect"),
        new("More infections after two years", "ALL", m => m.Preset("late_infection"), "no effect"),
        new("Germline TP53, both arms", "ALL", m => m.Preset("tp53"), "odds ratio 5.2; J Clin Oncol 36:591"),
        new("Germline TP53, in the tumour's cells", "ALL", m => m.Preset("tp53.tumour"), ""),
        new("Germline TP53, in the host's immune cells", "ALL", m => m.Preset("tp53.host"), ""),
        new("Regulatory T cells at 0.3 from birth", "ALL", _ => new OnsetFactors { Treg = 0.3 }, ""),
    ];

    /// <summary>The page.</summary>
    public static string Write(OnsetModel model, int persons, ulong seed)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# Onset of disease\n\nIncidence of disease in {persons} virtual lives with a factor, relative to the same lives without it, by `OnsetModel` and the tables in `models/onset`. ")
            .Append("The published ratios are no inputs: factors act through surveillance, mutation and inflammation only, and how strongly they do was assumed with these ratios known. ")
            .Append("Intervals are 90 % over persons; they hold no uncertainty of the assumptions. Written by a test.\n\n")
            .Append("| Factor | Disease | Ages | Ratio | Published |\n|-|-|-|-|-|\n");
        foreach (var row in _rows)
        {
            var r = model.Incidence(row.Disease, row.Factors(model), persons, seed);
            page.Append(CultureInfo.InvariantCulture, $"| {row.Label} | {row.Disease} | {r.FromAge:0}-{r.UntilAge:0} | {r.Ratio:0.00} ({r.RatioInterval.Lower:0.00}-{r.RatioInterval.Upper:0.00}) | {row.Published} |\n");
        }

        page.Append("\n## Background\n\n| Disease | Per 100,000 and year | General population |\n|-|-|-|\n");
        foreach (var disease in model.Diseases)
            page.Append(CultureInfo.InvariantCulture, $"| {disease} | {model.Crude(disease, OnsetFactors.None, persons, seed):0.0} | {model.Tables.Background[disease]:0.0} |\n");
        page.Append("\n## Where cases come from\n\n| Disease | No listed factor | Explained by an unmeasured factor, if there is one |\n|-|-|-|\n");
        foreach (var disease in new[] { "ALL", "AML" })
        {
            var hidden = model.Attribution(disease, hidden: true, persons, seed);
            page.Append(CultureInfo.InvariantCulture, $"| {disease} | {model.Attribution(disease, hidden: false, persons, seed).Unattributed:P0} | {hidden.HiddenShare:P0} |\n");
        }

        return page.ToString();
    }
}
