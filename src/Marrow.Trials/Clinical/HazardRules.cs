using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Clinical;

/// <summary>Hazards of death, infection and loss before infusion (hazards.csv, mortality.csv). Rates are per day.</summary>
internal sealed class HazardRules
{
    private readonly IReadOnlyList<(double At, double Value)>[] _mortality;
    private readonly double _leukaemiaChild, _leukaemiaAdult, _childUntil, _adultFrom, _oldFrom, _oldFactor, _half, _tissueScale, _treatedFactor, _treatedUntil;
    private readonly double _infectionBase, _igGLimit, _igGFactor, _gradeFactor, _steroidFactor, _fatal, _fatalSevere, _severeGrade;
    private readonly (double Below, double Factor)[] _anc;
    private readonly double _attritionBase, _attritionSlope, _attritionCentre;

    private HazardRules(ValueTable table, ValueTable mortality)
    {
        _leukaemiaChild = table.Number("leukaemia.child", "1/month");
        _leukaemiaAdult = table.Number("leukaemia.adult", "1/month");
        _childUntil = table.Number("leukaemia.child_until", "year");
        _adultFrom = table.Number("leukaemia.adult_from", "year", _childUntil);
        _oldFrom = table.Number("leukaemia.old_from", "year");
        _oldFactor = table.Number("leukaemia.old_factor", "1");
        _half = table.Number("leukaemia.half", "1", 1e-6, 1);
        _tissueScale = table.Number("leukaemia.tissue_scale", "G/kg", 1e-6);
        _treatedFactor = table.Number("leukaemia.treated_factor", "1");
        _treatedUntil = table.Number("leukaemia.treated_until", "d");
        FrailtyLogSd = table.Number("frailty_log_sd", "1");
        _infectionBase = table.Number("infection.base", "1/d");
        _anc = [AncLevel(table, "profound"), AncLevel(table, "severe"), AncLevel(table, "moderate")];
        _igGLimit = table.Number("infection.igg_limit", "g/L");
        _igGFactor = table.Number("infection.igg_factor", "1");
        _gradeFactor = table.Number("infection.grade_factor", "1");
        EarlyUntil = table.Number("infection.early_until", "d");
        LateUntil = table.Number("infection.late_until", "d", EarlyUntil);
        _steroidFactor = table.Number("infection.steroid_factor", "1");
        SteroidDays = table.Number("infection.steroid_days", "d");
        SteroidEffect = table.Number("infection.steroid_effect", "1", 0, 1);
        _fatal = table.Share("infection.fatal");
        _fatalSevere = table.Share("infection.fatal_severe");
        _severeGrade = table.Number("infection.severe_grade", "grade", 1, 5);
        _attritionBase = table.Number("attrition.base", "1/d");
        _attritionSlope = table.Number("attrition.slope", "1", -100);
        _attritionCentre = table.Share("attrition.centre");
        AttritionDeathShare = table.Share("attrition.death_share");
        ManufactureFailure = table.Share("attrition.manufacture_failure");
        NeutrophilsRecoveredFrom = table.Number("neutrophil.recovered_from", "1e9/L");
        NeutrophilWindow = table.Number("neutrophil.window", "d");
        _mortality = [mortality.Steps("male.", "1/1000/year", 1e-9), mortality.Steps("female.", "1/1000/year", 1e-9)];
        table.Close();
        mortality.Close();
    }

    /// <summary>Spread of the frailty, log.</summary>
    public double FrailtyLogSd { get; }

    /// <summary>End of the early window, days after infusion.</summary>
    public double EarlyUntil { get; }

    /// <summary>End of the late window.</summary>
    public double LateUntil { get; }

    /// <summary>Days of glucocorticoid that do not count yet.</summary>
    public double SteroidDays { get; }

    /// <summary>Effect from which a glucocorticoid counts as given.</summary>
    public double SteroidEffect { get; }

    /// <summary>Share of deaths among losses that are not of manufacture.</summary>
    public double AttritionDeathShare { get; }

    /// <summary>Probability that no product can be made.</summary>
    public double ManufactureFailure { get; }

    /// <summary>Recovered neutrophils, 1e9/L.</summary>
    public double NeutrophilsRecoveredFrom { get; }

    /// <summary>Days after infusion within which recovery counts.</summary>
    public double NeutrophilWindow { get; }

    /// <summary>Reads hazards.csv and mortality.csv of a folder.</summary>
    public static (HazardRules Rules, IEnumerable<ClinicalValue> Values) Load(string folder, DiagnosticBag bag)
    {
        var table = ValueTable.Load(Path.Combine(folder, "hazards.csv"), bag);
        var mortality = ValueTable.Load(Path.Combine(folder, "mortality.csv"), bag);
        return (new HazardRules(table, mortality), table.Values.Concat(mortality.Values));
    }

    /// <summary>Mortality of the general population, per day; log-linear in age between rows, constant beyond them.</summary>
    public double Background(Sex sex, double ageYears)
    {
        var rows = _mortality[(int)sex];
        var next = 0;
        while (next < rows.Count && rows[next].At <= ageYears) next++;
        var (lower, upper) = (rows[Math.Max(next - 1, 0)], rows[Math.Min(next, rows.Count - 1)]);
        var share = upper.At > lower.At ? (ageYears - lower.At) / (upper.At - lower.At) : 0;
        var perThousandYears = lower.Value * Math.Pow(upper.Value / lower.Value, share);
        return perThousandYears / 1000 / Calendar.DaysPerYear;
    }

    /// <summary>h_L = w lambda B^2 / (B^2 + half^2), per day, with B the marrow blast share, or the extramedullary burden relative to a full marrow if larger.</summary>
    public double Leukaemia(double ageYears, double weightKg, double frailty, double blastShare, double tissueBurden)
    {
        var b = Math.Max(blastShare, Math.Min(1, tissueBurden / (_tissueScale * weightKg)));
        var lambda = _leukaemiaChild + (Adult(ageYears) * (_leukaemiaAdult - _leukaemiaChild));
        if (ageYears >= _oldFrom) lambda *= _oldFactor;
        return frailty * lambda / Calendar.DaysPerMonth * b * b / ((b * b) + (_half * _half));
    }

    /// <summary>0 for children, 1 for adults, linear between.</summary>
    public double Adult(double ageYears) => Math.Clamp((ageYears - _childUntil) / (_adultFrom - _childUntil), 0, 1);

    /// <summary>Factor of the leukaemia hazard so many days after the start of a treatment.</summary>
    public double WhileTreated(double day) => day <= _treatedUntil ? _treatedFactor : 1;

    /// <summary>Infections, per day: base x neutrophils x immunoglobulin x 1.3^grade (early window) x long glucocorticoid.</summary>
    /// <param name="anc">Neutrophils, 1e9/L.</param>
    /// <param name="igG">Immunoglobulin G, g/L.</param>
    /// <param name="earlyGrade">Grade of cytokine release in the early window, 0 after it.</param>
    /// <param name="longSteroid">Whether a glucocorticoid has been given for longer than <see cref="SteroidDays"/>.</param>
    public double Infection(double anc, double igG, int earlyGrade, bool longSteroid)
    {
        var hazard = _infectionBase * Math.Pow(_gradeFactor, earlyGrade);
        foreach (var (below, factor) in _anc)
        {
            if (anc >= below) continue;
            hazard *= factor;
            break;
        }

        if (igG < _igGLimit) hazard *= _igGFactor;
        return longSteroid ? hazard * _steroidFactor : hazard;
    }

    /// <summary>Share of infections that kill.</summary>
    public double InfectionFatality(double anc, int earlyGrade) => anc < _anc[0].Below || earlyGrade >= _severeGrade ? _fatalSevere : _fatal;

    /// <summary>Loss before infusion for death, infection or progression, per day: base x exp(slope (B - centre)).</summary>
    public double Attrition(double blastShare) => _attritionBase * Math.Exp(_attritionSlope * (blastShare - _attritionCentre));

    private static (double Below, double Factor) AncLevel(ValueTable table, string level) =>
        (table.Number($"infection.anc_{level}", "1e9/L"), table.Number($"infection.anc_{level}_factor", "1"));
}
