using Marrow.Trials.Patients;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Regimens;

/// <summary>Reads drug, amount, unit, route and infusion time of a dose.</summary>
internal sealed class DoseReader(DrugInputs drugs, LawReader laws, ModelNames? model, List<SourcedNumber> log)
{
    /// <summary>Answer to a yes-or-no key.</summary>
    internal enum Answer
    {
        No,
        Yes,
    }

    /// <summary>Hours of a day.</summary>
    public const double HoursPerDay = 24;

    /// <summary>Reads the keys of a dose; the caller reads when it is given and closes the mapping. Null if the drug is unknown.</summary>
    public Dose? Read(YamlMap map)
    {
        var name = map.Text("drug");
        var drug = drugs.Find(name);
        if (drug is null && name.Length > 0)
            map.Error("drug", StudyCodes.UnknownName, $"the model has no drug '{name}'", "", Suggestion.For(name, drugs.Names));
        else if (drug is not null) CheckTarget(map, drug, model);
        var bands = ReadBands(map, name, drug);
        var route = map.Text("route");
        var hours = map.NumberOrNull("hours", 0) ?? 0;
        if (drug is { Mode: InputMode.Rate } && hours <= 0)
            map.Error("hours", StudyCodes.Conflict, $"{name} is infused", "its input is a rate", "give the duration of the infusion in 'hours'");
        if (drug is { Mode: InputMode.Bolus } && hours > 0)
            map.Error("hours", StudyCodes.Conflict, $"{name} is given at once", "its input is an amount", "leave 'hours' out");
        var perDay = map.Choice("per_day", Answer.No, required: false) == Answer.Yes;
        if (perDay && hours <= 0) map.Error("per_day", StudyCodes.Conflict, $"{name} is given at once", "an amount per day needs a duration", "leave 'per_day' out");
        var reduction = map.Map("reduced_by", required: false) is { } r ? laws.Read(r, $"{name} reduction") : null;
        var scaled = ScaledBy(map);
        var adherence = ReadAdherence(map, name);
        return drug is null ? null : new Dose
        {
            Drug = drug,
            Route = route,
            Bands = bands,
            Duration = hours / HoursPerDay,
            PerDay = perDay,
            ScaledBy = scaled,
            Reduction = reduction,
            Adherence = adherence,
            Where = map.WhereOf(map.Has("amount") ? "amount" : "drug"),
        };
    }

    private Adherence? ReadAdherence(YamlMap map, string name)
    {
        if (map.Map("adherence", required: false) is not { } body) return null;
        var block = body.NumberOrNull("block_days", 0.01, 10000) ?? 1;
        var share = body.Map("share") is { } law ? laws.Read(law, $"{name} taken") : null;
        body.Close();
        return share is null ? null : new Adherence(share, block);
    }

    /// <summary>Reads <c>scaled_by</c>: parameters of the model or values of the patient.</summary>
    public IReadOnlyList<string> ScaledBy(YamlMap map)
    {
        var names = map.Texts("scaled_by", required: false);
        foreach (var name in names)
        {
            if (!laws.Known.Contains(name)) model?.Parameter(map, "scaled_by", name);
        }
        return names;
    }

    /// <summary>Checks what takes a drug up.</summary>
    public static void CheckTarget(YamlMap map, DrugInput drug, ModelNames? model)
    {
        if (drug.Mode == InputMode.Bolus) model?.State(map, "drug", drug.Target);
        else model?.Parameter(map, "drug", drug.Target);
        if (drug.Varies is { } varies) model?.Parameter(map, "drug", varies);
    }

    private List<DoseBand> ReadBands(YamlMap map, string name, DrugInput? drug)
    {
        var bands = new List<DoseBand>();
        if (!map.Has("bands"))
        {
            bands.Add(ReadBand(map, name, drug, 0, inclusive: true));
            return bands;
        }
        foreach (var entry in map.Maps("bands"))
        {
            var above = entry.NumberOrNull("above_kg", 0);
            var from = entry.NumberOrNull("from_kg", 0);
            if (above is not null && from is not null) entry.Error("above_kg", StudyCodes.Conflict, "'above_kg' and 'from_kg' exclude each other");
            bands.Add(ReadBand(entry, name, drug, above ?? from ?? 0, inclusive: above is null));
            entry.Close();
        }
        if (bands.Count > 0 && bands[0].WeightKg > 0) map.Error("bands", StudyCodes.Conflict, "the first band must start at weight 0", "", "leave its limit out");
        if (!bands.Zip(bands.Skip(1), (a, b) => a.WeightKg < b.WeightKg).All(rising => rising))
            map.Error("bands", StudyCodes.OutOfRange, "the weights of the bands must rise");
        return bands;
    }

    private DoseBand ReadBand(YamlMap map, string name, DrugInput? drug, double weight, bool inclusive)
    {
        var unit = map.Text("unit");
        var (amountUnit, basis) = SplitUnit(unit);
        if (drug is not null && amountUnit.Length > 0 && amountUnit != drug.DoseUnit)
            map.Error("unit", StudyCodes.WrongUnit, $"{name} is dosed in {drug.DoseUnit}, not in {amountUnit}", "", $"{drug.DoseUnit}, {drug.DoseUnit}/kg or {drug.DoseUnit}/m2");
        Law amount;
        if (map.Map("amount_law", required: false) is { } law) amount = laws.Read(law, $"{name} dose {(weight > 0 ? "upper band" : "lower band")}");
        else
        {
            var numbers = new SourcedReader(map, $"{name} dose", Provenance.Read(map, required: true), unit, log);
            amount = new Law { Name = $"{name} dose", Family = LawFamily.Fixed, Location = numbers.Number("amount", 0) };
        }
        return new DoseBand(weight, inclusive, amount, basis, map.NumberOrNull("at_most", 0) ?? double.PositiveInfinity);
    }

    /// <summary>A unit such as mg/m2 as what is given and what it is counted per.</summary>
    public static (string Amount, DoseBasis Basis) SplitUnit(string unit) =>
        unit.EndsWith("/kg", StringComparison.Ordinal) ? (unit[..^3], DoseBasis.PerKg)
        : unit.EndsWith("/m2", StringComparison.Ordinal) ? (unit[..^3], DoseBasis.PerM2)
        : (unit, DoseBasis.Flat);
}
