using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Clinical;

/// <summary>Size and kidney function of a patient.</summary>
/// <param name="WeightKg">Weight, kg.</param>
/// <param name="HeightCm">Height, cm.</param>
/// <param name="BsaM2">Body surface (Mosteller), m2.</param>
/// <param name="BloodVolumeL">Blood volume, L.</param>
/// <param name="CellularityPercent">Normal marrow cellularity of the age, percent.</param>
/// <param name="CreatinineMgDl">Serum creatinine, mg/dL.</param>
/// <param name="EgfrMlMin">Glomerular filtration, mL/min per 1.73 m2.</param>
public sealed record PatientSize(
    double WeightKg, double HeightCm, double BsaM2, double BloodVolumeL, double CellularityPercent, double CreatinineMgDl, double EgfrMlMin);

/// <summary>Size from sex, age and z scores, by the tables growth.csv and size.csv.</summary>
public sealed class SizeTables
{
    /// <summary>Columns of growth.csv.</summary>
    internal static readonly string[] GrowthColumns = ["sex", "measure", "age", "m", "s", "l", "unit", "kind", "source", "note"];
    private static readonly string[] _measures = ["weight", "height"];
    private readonly Dictionary<(Sex, string), IReadOnlyList<GrowthRow>> _growth;
    private readonly SexSizes[] _bySex;
    private readonly IReadOnlyList<(double At, double Value)> _cellularity;
    private readonly double _growthUntil, _adultFrom, _bsaDivisor, _bloodAdultAbove;
    private readonly double _schwartz, _egfrCap, _egfrAdultFrom, _cockcroftAge, _cockcroftDivisor, _cockcroftFemale, _surface, _creatinineChild, _creatinineLogSd;

    private SizeTables(ValueTable size, Dictionary<(Sex, string), IReadOnlyList<GrowthRow>> growth, IReadOnlyList<ClinicalValue> values)
    {
        _growth = growth;
        _growthUntil = size.Number("growth_until", "year");
        _adultFrom = size.Number("adult_from", "year");
        _bySex = [new SexSizes(size, "male"), new SexSizes(size, "female")];
        _bsaDivisor = size.Number("bsa.divisor", "cm kg/m4");
        _bloodAdultAbove = size.Number("blood.adult_above", "kg");
        _cellularity = size.Steps("cellularity.", "%", 0, 100);
        _schwartz = size.Number("egfr.schwartz", "mg/dL mL/min/1.73m2/cm");
        _egfrCap = size.Number("egfr.cap", "mL/min/1.73m2");
        _egfrAdultFrom = size.Number("egfr.adult_from", "year");
        _cockcroftAge = size.Number("egfr.cockcroft_age", "year");
        _cockcroftDivisor = size.Number("egfr.cockcroft_divisor", "kg year dL/mg/(mL/min)");
        _cockcroftFemale = size.Number("egfr.cockcroft_female", "1");
        _surface = size.Number("egfr.surface", "m2");
        _creatinineChild = size.Number("creatinine.child", "mg/dL/cm");
        _creatinineLogSd = size.Number("creatinine.log_sd", "1");
        size.Close();
        Values = [.. size.Values, .. values];
    }

    /// <summary>Every number of the tables.</summary>
    public IReadOnlyList<ClinicalValue> Values { get; }

    /// <summary>Reads growth.csv and size.csv of a folder; problems go to <paramref name="bag"/>.</summary>
    public static SizeTables Load(string folder, DiagnosticBag bag)
    {
        var path = Path.Combine(folder, "growth.csv");
        var growth = new Dictionary<(Sex, string), IReadOnlyList<GrowthRow>>();
        var values = new List<ClinicalValue>();
        foreach (var group in ClinicalTable.Load(path, GrowthColumns, bag).Rows.GroupBy(r => (Sex: r.Text("sex"), Measure: r.Text("measure"))))
        {
            if (!Enum.TryParse<Sex>(group.Key.Sex, ignoreCase: true, out var sex) || group.Key.Measure is not ("weight" or "height"))
                bag.Error(ClinicalCodes.UnknownName, $"'{group.Key.Sex} {group.Key.Measure}' is not male or female with weight or height", group.First().Where);
            else
                growth[(sex, group.Key.Measure)] = ReadGrowth(group, group.Key.Measure == "weight" ? "kg" : "cm", values);
        }

        foreach (var sex in Enum.GetValues<Sex>())
        {
            foreach (var measure in _measures)
            {
                if (growth.TryAdd((sex, measure), [new GrowthRow(0, 1, 1, 1)]))
                    bag.Error(ClinicalCodes.MissingRow, $"no rows for {sex.ToString().ToLowerInvariant()} {measure}", new SourceSpan(path, 0, 0, 1));
            }
        }

        return new SizeTables(ValueTable.Load(Path.Combine(folder, "size.csv"), bag), growth, values);
    }

    /// <summary>Size of a patient. Below the end of the growth tables weight and height are M (1 + L S z)^(1/L) (Cole 1990, doi:10.1007/BF02274090) with L, M and S
    /// linear in age; above, the z scores are kept and the size is blended into that of adults; the youngest row holds for younger children.</summary>
    /// <param name="sex">Sex.</param>
    /// <param name="ageYears">Age, years. Range: &gt;= 0.</param>
    /// <param name="weightZ">z score of weight at this age.</param>
    /// <param name="heightZ">z score of height.</param>
    /// <param name="creatinineZ">z score of the logarithm of creatinine.</param>
    public PatientSize Derive(Sex sex, double ageYears, double weightZ, double heightZ, double creatinineZ)
    {
        var adult = _bySex[(int)sex];
        var blend = Math.Clamp((ageYears - _growthUntil) / (_adultFrom - _growthUntil), 0, 1);
        var weight = ((1 - blend) * Lms((sex, "weight"), ageYears, weightZ)) + (blend * adult.Weight * Math.Exp(adult.WeightLogSd * weightZ));
        var height = ((1 - blend) * Lms((sex, "height"), ageYears, heightZ)) + (blend * (adult.Height + (adult.HeightSd * heightZ)));
        var bsa = Math.Sqrt(height * weight / _bsaDivisor);
        var (creatinine, egfr) = Kidney(sex, ageYears, weight, height, bsa, creatinineZ);
        return new PatientSize(weight, height, bsa, BloodVolume(adult, ageYears, weight, height), StepAt(_cellularity, ageYears), creatinine, egfr);
    }

    private double BloodVolume(SexSizes adult, double age, double weight, double height)
    {
        if (weight <= _bloodAdultAbove) return StepAt(adult.ChildBlood, age) * weight / 1000;
        var metres = height / 100;
        return (adult.BloodHeight3 * metres * metres * metres) + (adult.BloodWeight * weight) + adult.BloodOffset;
    }

    /// <summary>Creatinine, and clearance by the bedside Schwartz formula for children, by Cockcroft and Gault per surface for adults.</summary>
    private (double Creatinine, double Egfr) Kidney(Sex sex, double age, double weight, double height, double bsa, double z)
    {
        var spread = Math.Exp(_creatinineLogSd * z);
        if (age < _egfrAdultFrom)
        {
            var child = _creatinineChild * height * spread;
            return (child, Math.Min(_egfrCap, _schwartz * height / child));
        }

        var adult = _bySex[(int)sex].Creatinine * spread;
        var clearance = (_cockcroftAge - age) * weight / (_cockcroftDivisor * adult) * (sex == Sex.Female ? _cockcroftFemale : 1);
        return (adult, Math.Min(_egfrCap, clearance * _surface / bsa));
    }

    private double Lms((Sex, string) key, double age, double z)
    {
        var rows = _growth[key];
        var next = 0;
        while (next < rows.Count && rows[next].Age <= age) next++;
        var lower = rows[Math.Max(next - 1, 0)];
        var upper = rows[Math.Min(next, rows.Count - 1)];
        var share = upper.Age > lower.Age ? (age - lower.Age) / (upper.Age - lower.Age) : 0;
        var m = lower.M + (share * (upper.M - lower.M));
        var s = lower.S + (share * (upper.S - lower.S));
        var l = lower.L + (share * (upper.L - lower.L));
        return l == 0 ? m * Math.Exp(s * z) : m * Math.Pow(1 + (l * s * z), 1 / l);
    }

    private static double StepAt(IReadOnlyList<(double At, double Value)> steps, double at)
    {
        var value = steps[0].Value;
        foreach (var step in steps)
        {
            if (step.At <= at) value = step.Value;
        }

        return value;
    }

    private static List<GrowthRow> ReadGrowth(IEnumerable<ClinicalRow> rows, string unit, List<ClinicalValue> values)
    {
        var read = new List<GrowthRow>();
        foreach (var row in rows)
        {
            var (age, m) = (row.Number("age", 0), row.Number("m", 0));
            row.RequireUnit("m", unit);
            if (read.Count > 0 && age <= read[^1].Age)
                row.Bag.Error(ClinicalCodes.NotRising, "ages of a growth table rise", row.Where);
            read.Add(new GrowthRow(age, m, row.Number("s", 0), row.Number("l")));
            values.Add(row.Sourced($"{row.Text("sex")}.{row.Text("measure")}.{row.Text("age")}", m));
        }

        return read;
    }

    private sealed record GrowthRow(double Age, double M, double S, double L);

    private sealed class SexSizes(ValueTable table, string sex)
    {
        public double Weight { get; } = table.Number($"adult.{sex}.weight", "kg");
        public double WeightLogSd { get; } = table.Number($"adult.{sex}.weight_log_sd", "1");
        public double Height { get; } = table.Number($"adult.{sex}.height", "cm");
        public double HeightSd { get; } = table.Number($"adult.{sex}.height_sd", "cm");
        public double BloodHeight3 { get; } = table.Number($"blood.{sex}.height3", "L/m3");
        public double BloodWeight { get; } = table.Number($"blood.{sex}.weight", "L/kg");
        public double BloodOffset { get; } = table.Number($"blood.{sex}.offset", "L");
        public double Creatinine { get; } = table.Number($"creatinine.{sex}", "mg/dL");
        public IReadOnlyList<(double At, double Value)> ChildBlood { get; } = table.Steps($"blood.child.{sex}.", "mL/kg");
    }
}
