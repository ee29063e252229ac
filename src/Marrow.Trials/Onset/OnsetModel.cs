using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Random;
using Marrow.Numerics.Statistics;
using Marrow.Trials.Clinical;
using Marrow.Trials.Patients;

namespace Marrow.Trials.Onset;

/// <summary>The rare onset of disease: incidence and its ratios under factors of a life. Every person is a function of seed and number, and meets the same
/// random numbers with and without the factors; sums are formed in the order of persons.</summary>
public sealed class OnsetModel
{
    private const double PerPersonYears = 1e5;
    private const int Replicates = 200;

    /// <summary>Years that are simulated after the ages that count: a clone that arises within them is diagnosed within them.</summary>
    private const double Beyond = 1;

    private readonly OnsetTables _tables;

    private OnsetModel(OnsetTables tables) => _tables = tables;

    /// <summary>Diseases.</summary>
    public IEnumerable<string> Diseases => _tables.Diseases.Keys;

    /// <summary>Every number of the tables, with its provenance.</summary>
    public IReadOnlyList<ClinicalValue> Values => _tables.Values;

    internal OnsetTables Tables => _tables;

    /// <summary>Reads models/onset.</summary>
    /// <param name="folder">Folder with diseases.csv and factors.csv.</param>
    /// <param name="bag">Every problem found (MRW6001-MRW6010).</param>
    /// <returns>The model, or null if anything is wrong.</returns>
    public static OnsetModel? Load(string folder, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(bag);
        return OnsetTables.Load(folder, bag) is { } tables ? new OnsetModel(tables) : null;
    }

    /// <summary>Incidence with factors and without.</summary>
    /// <param name="disease">One of <see cref="Diseases"/>.</param>
    /// <param name="factors">What is special about the lives.</param>
    /// <param name="persons">Virtual persons. Range: &gt;= 1.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="fromAge">Age from which diagnoses count, years; default: where the factors begin.</param>
    /// <param name="untilAge">Age until which they count; default: what <see cref="Window"/> says.</param>
    /// <param name="threads">Threads; 0 for one a processor. The result is the same for any number.</param>
    public OnsetIncidence Incidence(
        string disease, OnsetFactors factors, int persons, ulong seed, double? fromAge = null, double? untilAge = null, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(factors);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(persons);
        var subtypes = Subtypes(disease);
        var window = Window(factors);
        var (from, until) = (fromAge ?? window.From, untilAge ?? window.Until);
        if (!(from >= 0 && until > from)) throw new ArgumentException($"ages from {from} to {until} are not a span of a life", nameof(untilAge));
        var with = Expected(subtypes, factors, persons, seed, until, threads);
        var without = Expected(subtypes, factors.Reference, persons, seed, until, threads);
        var risks = with.Select(p => Risk(p, from, until)).ToArray();
        var references = without.Select(p => Risk(p, from, until)).ToArray();
        double Ratio(int[]? drawn) => Sum(risks, drawn) / Sum(references, drawn);
        double Odds(int[]? drawn) => OddsOf(Sum(risks, drawn) / persons) / OddsOf(Sum(references, drawn) / persons);
        var key = new RandomKey(seed, Purpose.Of("onset bootstrap"));
        var intervals = Resampling.PredictAll(persons, persons, Replicates, key, 2, (drawn, values) => (values[0], values[1]) = (Ratio(drawn), Odds(drawn)), 0.9);
        var scale = PerPersonYears / ((until - from) * persons);
        return new OnsetIncidence
        {
            Disease = disease,
            Persons = persons,
            FromAge = from,
            UntilAge = until,
            PerHundredThousand = scale * Sum(risks, null),
            ReferencePerHundredThousand = scale * Sum(references, null),
            Ratio = Ratio(null),
            RatioInterval = intervals[0].Interval,
            OddsRatio = Odds(null),
            OddsRatioInterval = intervals[1].Interval,
            Subtypes = subtypes.Select((s, k) => (s.Name, With: Part(with, k, from, until), Without: Part(without, k, from, until)))
                .ToDictionary(s => s.Name, s => (s.With / Sum(risks, null), s.Without / Sum(references, null)), StringComparer.Ordinal),
            ByAge = [.. Enumerable.Range(0, (int)Math.Ceiling(until)).Select(year => (Year(with, year), Year(without, year)))],
        };
    }

    /// <summary>Incidence of a population of all ages, per 100,000 and year.</summary>
    public double Crude(string disease, OnsetFactors factors, int persons, ulong seed, int threads = 0)
    {
        var last = _tables.Population[^1].At + 10;
        var lives = Expected(Subtypes(disease), factors, persons, seed, last, threads);
        return _tables.Population.Sum(p => p.Value * lives.Sum(life => Risk(life, p.At, p.At + 10)) / 10) / _tables.Population.Sum(p => p.Value) / persons * PerPersonYears;
    }

    /// <summary>Where the cases of a population come from. Rare factors are strata of their own, each with all the persons, weighted by its prevalence.</summary>
    /// <param name="disease">Disease.</param>
    /// <param name="hidden">Whether there is an unmeasured immune factor.</param>
    /// <param name="persons">Virtual persons of each stratum.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="threads">Threads; 0 for one a processor.</param>
    public OnsetAttribution Attribution(string disease, bool hidden, int persons, ulong seed, int threads = 0)
    {
        var plain = Crude(disease, OnsetFactors.None, persons, seed, threads);
        var excess = _tables.Prevalence.ToDictionary(
            p => p.Key, p => (Prevalence: p.Value, Rate: Crude(disease, Preset(p.Key), persons, seed, threads)), StringComparer.Ordinal);
        var listed = excess.Values.Sum(e => e.Prevalence);
        var hiddenRate = hidden ? Crude(disease, new OnsetFactors { Hidden = true }, persons, seed, threads) : plain;
        var hiddenCases = (1 - listed) * (hidden ? _tables.HiddenPrevalence : 0) * (hiddenRate - plain);
        var unlisted = ((1 - listed) * plain) + hiddenCases;
        var all = unlisted + excess.Values.Sum(e => e.Prevalence * e.Rate);
        return new OnsetAttribution(disease, all, excess.ToDictionary(e => e.Key, e => e.Value.Prevalence * (e.Value.Rate - plain) / all, StringComparer.Ordinal),
            unlisted / all, hiddenCases / all);
    }

    /// <summary>A named preset of the tables: deficiency (all kinds mixed), deficiency.&lt;kind&gt;, hiv, hiv.low (no treatment), hiv.high (early treatment), transplant,
    /// inflammation, early_infection (day care in the first two years), late_infection (after them), tp53, tp53.tumour, tp53.host.</summary>
    /// <exception cref="ArgumentException">There is no such preset; the message names those at hand.</exception>
    public OnsetFactors Preset(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        const string kind = "deficiency.";
        if (name.StartsWith(kind, StringComparison.Ordinal) && (_tables.Deficiencies.ContainsKey(name[kind.Length..]) || name == kind + "any"))
            return new OnsetFactors { Deficiency = name[kind.Length..] };
        var hiv = new OnsetFactors { HivAge = _tables.Hiv.Age };
        return name switch
        {
            "deficiency" => new OnsetFactors { Deficiency = "any" },
            "hiv" or "hiv.low" => hiv,
            "hiv.high" => hiv with { ArtAfterYears = _tables.Hiv.ArtHigh },
            "transplant" => Transplant(_tables.TransplantAge),
            "inflammation" => new OnsetFactors { Inflammation = _tables.InflammationLevel, InflammationFrom = _tables.InflammationAge },
            "early_infection" => new OnsetFactors { ExtraInfections = _tables.ExtraInfections, ExtraInfectionsUntil = _tables.PrimingUntil },
            "late_infection" => new OnsetFactors { ExtraInfections = _tables.ExtraInfections, ExtraInfectionsFrom = _tables.PrimingUntil, ExtraInfectionsUntil = 2 * _tables.PrimingUntil },
            "tp53" => new OnsetFactors { Tp53Tumour = true, Tp53Host = true },
            "tp53.tumour" => new OnsetFactors { Tp53Tumour = true },
            "tp53.host" => new OnsetFactors { Tp53Host = true },
            _ => throw new ArgumentException(
                $"there is no factor '{name}'; one of deficiency, {string.Join(", ", OnsetTables.DeficiencyNames.Select(d => kind + d))}, hiv, hiv.low, hiv.high, transplant, inflammation, early_infection, late_infection, tp53, tp53.tumour, tp53.host", nameof(name)),
        };
    }

    /// <summary>Immunosuppression after a transplant at an age.</summary>
    public OnsetFactors Transplant(double age) => new()
    {
        Immunosuppression = _tables.TransplantLevel,
        ImmunosuppressionFrom = age,
        ImmunosuppressionUntil = age + _tables.TransplantYears,
        Transplant = true,
    };

    /// <summary>Ages at which the factors' effect is looked for: what begins after birth, for some years from its begin; childhood to 15 years otherwise.</summary>
    public (double From, double Until) Window(OnsetFactors factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        const double childhood = 15;
        if (factors.HivAge is { } hiv) return (hiv, hiv + childhood);
        if (factors.Immunosuppression > 0 && factors.ImmunosuppressionFrom > 0) return (factors.ImmunosuppressionFrom, factors.ImmunosuppressionFrom + _tables.TransplantYears);
        if (factors.Inflammation > 0 && factors.InflammationFrom > 0) return (factors.InflammationFrom, factors.InflammationFrom + _tables.InflammationYears);
        return (0, childhood);
    }

    /// <summary>Expected diagnoses of every person by subtype and year of age.</summary>
    private double[][][] Expected(IReadOnlyList<OnsetSubtype> subtypes, OnsetFactors factors, int persons, ulong seed, double until, int threads)
    {
        var lives = new double[persons][][];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount };
        Parallel.For(0, persons, options, person =>
        {
            var life = new Life(_tables, factors, new PatientRandom(seed, person), until + Beyond);
            lives[person] = [.. subtypes.Select(subtype =>
            {
                var years = new double[(int)Math.Ceiling(until)];
                OnsetHazard.Add(subtype, _tables, factors, life, years);
                return years;
            })];
        });
        return lives;
    }

    private IReadOnlyList<OnsetSubtype> Subtypes(string disease) => _tables.Diseases.TryGetValue(disease, out var subtypes)
        ? subtypes
        : throw new ArgumentException($"there is no disease '{disease}'; one of {string.Join(", ", _tables.Diseases.Keys)}", nameof(disease));

    /// <summary>Expected diagnoses of a person between two ages; years that the ages cut are taken in part.</summary>
    private static double Risk(double[][] person, double from, double until) => person.Sum(years => Years(years, from, until));

    private static double Years(double[] years, double from, double until)
    {
        var sum = 0.0;
        for (var year = (int)from; year < Math.Min(years.Length, until); year++)
            sum += years[year] * (Math.Min(year + 1, until) - Math.Max(year, from));
        return sum;
    }

    private static double Part(double[][][] lives, int subtype, double from, double until) => lives.Sum(life => Years(life[subtype], from, until));

    private static double Year(double[][][] lives, int year) => PerPersonYears / lives.Length * lives.Sum(life => life.Sum(years => years[year]));

    private static double Sum(double[] values, int[]? drawn)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++) sum += values[drawn is null ? i : drawn[i]];
        return sum;
    }

    private static double OddsOf(double risk) => risk / (1 - risk);
}
