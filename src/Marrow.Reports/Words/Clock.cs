using Marrow.Trials.Studies;

namespace Marrow.Reports.Words;

/// <summary>What the clock of a study starts with, in words: an infusion of cells, or treatment as such.</summary>
/// <param name="Start">"infusion", "start of treatment".</param>
/// <param name="Treated">What a patient is who got so far: "infused", "treated".</param>
internal sealed record Clock(string Start, string Treated)
{
    private static readonly Clock _cells = new("infusion", "infused"), _drugs = new("start of treatment", "treated");

    /// <summary>The words of a study: of cells only if every arm prepares them.</summary>
    public static Clock Of(Study study) => study.Arms.All(a => a.HasPreparation) ? _cells : _drugs;
}
