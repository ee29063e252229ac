namespace Marrow.Trials.Clinical;

/// <summary>What assays read off a patient on a day: sampling, error and limits (assays.csv).</summary>
internal static class Assays
{
    private const double Percent = 100;

    /// <summary>Marrow blasts by morphology, percent: a binomial count in an aspirate diluted by blood, a reader's error, and rounding.</summary>
    public static double MarrowBlasts(Subject subject, Visit visit)
    {
        var rules = subject.Protocol.Assays;
        var share = subject.At(Readouts.BlastShare, visit.Day) * MarrowOfAspirate(subject, visit);
        var stream = subject.Random("marrow smear", visit.Number);
        var counted = stream.Binomial(rules.MorphologyCells, Math.Clamp(share, 0, 1));
        var read = Math.Min(Percent, Percent * counted / rules.MorphologyCells * stream.LogNormal(1, rules.ReaderLogSd));
        var step = read < rules.CoarseFrom ? rules.FineStep : rules.CoarseStep;
        return Math.Round(read / step) * step;
    }

    /// <summary>Blasts of the white cells in a blood smear, percent.</summary>
    public static double BloodBlasts(Subject subject, Visit visit)
    {
        var rules = subject.Protocol.Assays;
        var white = subject.At(Readouts.WbcPerUl, visit.Day);
        var share = white > 0 ? Math.Clamp(subject.At(Readouts.BloodBlastsPerUl, visit.Day) / white, 0, 1) : 0;
        return Percent * Math.Min(1, subject.Random("blood smear", visit.Number).Poisson(rules.SmearCells * share) / rules.SmearCells);
    }

    /// <summary>Residual disease: a Poisson count in a patchy, diluted sample; an assay that gates on CD19 mostly misses CD19-negative cells.</summary>
    public static MrdReading Mrd(Subject subject, Visit visit)
    {
        var rules = subject.Protocol.Assays;
        var burden = subject.At(Readouts.MarrowBurden, visit.Day);
        var negative = burden > 0 ? Math.Clamp(subject.At(Readouts.MarrowCloneCd19Neg, visit.Day) / burden, 0, 1) : 0;
        var assay = subject.Protocol.MrdAssay;
        var visible = assay.Cd19Gated ? 1 - (negative * (1 - rules.MrdCd19NegativeVisible)) : 1;
        var stream = subject.Random("mrd", visit.Number);
        var share = subject.At(Readouts.BlastShare, visit.Day) * visible * MarrowOfAspirate(subject, visit) * stream.LogNormal(1, rules.MrdPatchinessLogSd);
        var events = stream.Poisson(assay.Cells * Math.Clamp(share, 0, 1));
        var measured = events >= assay.PositiveFrom ? events / assay.Cells : 0;
        return new MrdReading(visit.Day, measured, measured < subject.Protocol.Rules.MrdLimit);
    }

    /// <summary>CAR transgene, copies per ug; 0 below the limit of detection.</summary>
    public static double CarCopies(Subject subject, Visit visit)
    {
        var rules = subject.Protocol.Assays;
        var read = subject.At(Readouts.CarCopies, visit.Day) * subject.Random("car pcr", visit.Number).LogNormal(1, rules.PcrResidualLogSd);
        return read >= rules.PcrLod ? read : 0;
    }

    /// <summary>Whether B cells are absent: below the share of lymphocytes or the count; present only if both the count and the share are above theirs, or the count is high.</summary>
    public static bool BCellAplasia(Subject subject, Visit visit)
    {
        var rules = subject.Protocol.Assays;
        var lymphocytes = subject.At(Readouts.LymphocytesPerUl, visit.Day);
        var share = lymphocytes > 0 ? Math.Clamp(subject.At(Readouts.Cd19PerUl, visit.Day) / lymphocytes, 0, 1) : 0;
        var measured = Math.Min(1, subject.Random("b cell flow", visit.Number).Poisson(rules.BCellEvents * share) / rules.BCellEvents);
        var count = measured * lymphocytes;
        return count < rules.BCellLossCount && (measured < rules.BCellShareLimit || count < rules.BCellCountLimit);
    }

    /// <summary>Share of an aspirate that is marrow and not blood; one aspirate serves morphology and residual disease.</summary>
    private static double MarrowOfAspirate(Subject subject, Visit visit)
    {
        var rules = subject.Protocol.Assays;
        return 1 - subject.Random("haemodilution", visit.Number).Beta(rules.HaemodilutionAlpha, rules.HaemodilutionBeta);
    }
}
