using System.Globalization;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Patients;

/// <summary>Reads <c>correlations</c>: a list of <c>{between: [A, B], rho: 0.4, kind: ..., source or reason: ...}</c>.</summary>
/// <param name="map">The mapping that holds the section.</param>
/// <param name="log">Receives the numbers.</param>
/// <param name="find">What a name means; null, with the problem reported, if it cannot be correlated.</param>
internal sealed class CorrelationReader(YamlMap map, List<SourcedNumber> log, Func<YamlMap, string, DrawnNumber?> find)
{
    /// <summary>Key of the section.</summary>
    public const string Key = "correlations";

    /// <summary>Reads the section; empty if there is none.</summary>
    public IReadOnlyList<Correlation> Read()
    {
        var pairs = new List<Correlation>();
        foreach (var entry in map.Maps(Key, required: false))
        {
            if (ReadPair(entry) is not { } pair) continue;
            if (pairs.Exists(p => (p.A, p.B) == (pair.A, pair.B) || (p.B, p.A) == (pair.A, pair.B)))
                entry.Error("between", StudyCodes.Duplicate, $"the correlation of {pair.A.Name} and {pair.B.Name} is given twice");
            else pairs.Add(pair);
        }
        return pairs;
    }

    /// <summary>The numbers with these correlations; without any, and the problem reported, if there are none such.</summary>
    /// <param name="pairs">Correlations.</param>
    /// <param name="order">Position of a number among those drawn.</param>
    public CorrelatedNumbers Combine(IReadOnlyList<Correlation> pairs, Func<DrawnNumber, int> order)
    {
        try
        {
            return pairs.Count == 0 ? CorrelatedNumbers.None : CorrelatedNumbers.Of(pairs, order);
        }
        catch (NotPositiveDefiniteException e)
        {
            var entries = string.Join(", ", e.Entries.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.A.Name} and {p.B.Name} {p.Rho}")));
            map.Error(Key, StudyCodes.Contradiction, $"the correlations contradict each other: {e.Number.Name} cannot have those given ({entries})",
                "the matrix of all of them is not positive definite",
                string.Create(CultureInfo.InvariantCulture, $"bring these nearer to 0, or multiply every rho by {e.Share} at most; a pair that is not listed has 0"));
            return CorrelatedNumbers.None;
        }
    }

    private Correlation? ReadPair(YamlMap entry)
    {
        var names = entry.Texts("between");
        var rho = new SourcedReader(entry, $"correlation of {string.Join(" and ", names)}", Provenance.Read(entry, required: true), "1", log).Number("rho", -1, 1);
        entry.Close();
        if (names.Count != 2 || names[0] == names[1])
        {
            if (entry.Has("between")) entry.Error("between", StudyCodes.WrongType, "'between' must be a list of two different names", "", "between: [A, B]");
            return null;
        }
        var (a, b) = (find(entry, names[0]), find(entry, names[1]));
        return a is null || b is null || double.IsNaN(rho) ? null : new Correlation(a.Value, b.Value, rho);
    }
}
