using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Clinical;

/// <summary>Chronic lymphocytic leukaemia (cll.csv): criteria of iwCLL 2018, sizes of nodes and spleen from cells, and hazards of death.</summary>
internal sealed class CllRules
{
    private readonly double _lambda, _half, _tissueScale, _treated, _richter, _richterDeath;
    private readonly double _millilitrePerGiga, _nodes, _spleenNormal, _spleenRise, _spleenHalf, _hbNormal, _hbFloor;

    private CllRules(ValueTable table)
    {
        NodeLimit = table.Number("response.node", "cm");
        SpleenLimit = table.Number("response.spleen", "cm");
        LymphocyteLimit = table.Number("response.lymphocytes", "1e9/L");
        HaemoglobinLimit = table.Number("response.haemoglobin", "g/dL");
        Fall = table.Share("response.fall");
        Rise = table.Number("progression.rise", "1", 0);
        ProgressionLymphocytes = table.Number("progression.lymphocytes", "1e9/L");
        ProgressionSpleen = table.Number("progression.spleen", "cm");
        BtkDays = table.Number("progression.btk_days", "d");
        _millilitrePerGiga = table.Number("size.volume", "mL/G", 1e-6);
        _nodes = table.Number("size.nodes", "1", 1);
        _spleenNormal = table.Number("size.spleen_normal", "cm");
        _spleenRise = table.Number("size.spleen_rise", "cm");
        _spleenHalf = table.Number("size.spleen_half", "mL", 1);
        _hbNormal = table.Number("haemoglobin.normal", "g/dL");
        _hbFloor = table.Share("haemoglobin.floor");
        _lambda = table.Number("death.leukaemia", "1/month");
        _half = table.Number("death.half", "1", 1e-6, 1);
        _tissueScale = table.Number("death.tissue_scale", "G/kg", 1e-6);
        _treated = table.Number("death.treated", "1/month");
        _richter = table.Number("richter.onset", "1/month", 1e-9);
        _richterDeath = table.Number("richter.death", "1/month", 1e-9);
        table.Close();
    }

    /// <summary>A node is enlarged from this diameter, cm.</summary>
    public double NodeLimit { get; }

    /// <summary>The spleen is enlarged from this length, cm.</summary>
    public double SpleenLimit { get; }

    /// <summary>Lymphocytes are normal below, 1e9/L.</summary>
    public double LymphocyteLimit { get; }

    /// <summary>Haemoglobin of a response, g/dL.</summary>
    public double HaemoglobinLimit { get; }

    /// <summary>Fall that counts as partial response.</summary>
    public double Fall { get; }

    /// <summary>Rise over the lowest value that counts as progression.</summary>
    public double Rise { get; }

    /// <summary>Lymphocytes of a progression in blood, 1e9/L.</summary>
    public double ProgressionLymphocytes { get; }

    /// <summary>Growth of the spleen that counts as progression, cm.</summary>
    public double ProgressionSpleen { get; }

    /// <summary>Days after a dose of a BTK inhibitor in which lymphocytosis alone is no progression.</summary>
    public double BtkDays { get; }

    /// <summary>Death by the disease's treatment, infection or second cancers, per day.</summary>
    public double Treated => _treated / Calendar.DaysPerMonth;

    /// <summary>Transformation, per day.</summary>
    public double Richter => _richter / Calendar.DaysPerMonth;

    /// <summary>Death after transformation, per day.</summary>
    public double RichterDeath => _richterDeath / Calendar.DaysPerMonth;

    /// <summary>Reads cll.csv of a folder if the protocol's disease is chronic lymphocytic leukaemia.</summary>
    public static (CllRules? Rules, IEnumerable<ClinicalValue> Values) Load(string folder, bool wanted, DiagnosticBag bag)
    {
        if (!wanted) return (null, []);
        var table = ValueTable.Load(Path.Combine(folder, "cll.csv"), bag);
        return (new CllRules(table), table.Values);
    }

    /// <summary>Volume of cells with the tissue that holds them, mL.</summary>
    public double Volume(double giga) => Math.Max(0, giga) * _millilitrePerGiga;

    /// <summary>Longest diameter of an enlarged node, cm: the volume of all of them, divided evenly into spheres.</summary>
    public double NodeDiameter(double giga) => Math.Cbrt(6 / Math.PI * Volume(giga) / _nodes);

    /// <summary>Sum of the products of diameters, cm2: it grows with the 2/3 power of the volume.</summary>
    public double NodeProducts(double giga)
    {
        var diameter = NodeDiameter(giga);
        return _nodes * diameter * diameter;
    }

    /// <summary>Length of the spleen, cm: normal + rise V/(V + half).</summary>
    public double Spleen(double giga)
    {
        var volume = Volume(giga);
        return _spleenNormal + (_spleenRise * volume / (volume + _spleenHalf));
    }

    /// <summary>Haemoglobin without transfusion, g/dL.</summary>
    /// <param name="formation">Normal blood formation relative to health.</param>
    public double Haemoglobin(double formation) => _hbNormal * (_hbFloor + ((1 - _hbFloor) * Math.Clamp(formation, 0, 1)));

    /// <summary>h = w lambda B^2/(B^2 + half^2) per day, B the share of the tissue that is leukaemia.</summary>
    public double Leukaemia(double weightKg, double frailty, double tissueBurden)
    {
        var b = Math.Min(1, tissueBurden / (_tissueScale * weightKg));
        return frailty * _lambda / Calendar.DaysPerMonth * b * b / ((b * b) + (_half * _half));
    }
}
