using Marrow.Numerics.Vectors;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Patients;

/// <summary>Reads what laws say of covariates with named categories, such as genotypes: shares of patients, and values or shifts by name.</summary>
/// <param name="known">Categories of each covariate, in the order of its numbers 1, 2, 3, ...</param>
internal sealed class CategoryReader(IReadOnlyDictionary<string, IReadOnlyList<string>> known)
{
    /// <summary>Shares of patients must add up to 1; shares in tables are rounded.</summary>
    private const double SumTolerance = 0.005;

    /// <summary>Reads <c>shares: {name: share, ...}</c>.</summary>
    public static Law ReadShares(YamlMap map, string name, SourcedReader numbers)
    {
        if (map.Map("shares") is not { } body) return new Law { Name = name, Family = LawFamily.Shares, Shares = [(double.NegativeInfinity, [1.0])] };
        string[] names = [.. body.Keys];
        double[] shares = [.. names.Select(n => body.Number(n, 0, 1))];
        body.Close();
        numbers.LogEach("shares", shares);
        if (!(Math.Abs(shares.Sum() - 1) <= SumTolerance))
            map.Error("shares", StudyCodes.OutOfRange, FormattableString.Invariant($"the shares of {name} add up to {shares.Sum()}"), "every patient has one category", "make them add up to 1");
        return new Law { Name = name, Family = LawFamily.Shares, Shares = [(double.NegativeInfinity, shares)], Categories = names };
    }

    /// <summary>Numbers by category, from a mapping of names; those not listed have <paramref name="other"/>, or are missing if it is null.</summary>
    /// <param name="map">Mapping that holds the key.</param>
    /// <param name="key">Key.</param>
    /// <param name="of">Covariate.</param>
    /// <param name="numbers">Keeps the numbers.</param>
    /// <param name="other">Number of categories that are not listed.</param>
    public IReadOnlyList<double> Read(YamlMap map, string key, string of, SourcedReader numbers, double? other)
    {
        if (map.Map(key) is not { } body) return [];
        var given = body.Keys.ToArray().ToDictionary(n => n, n => body.Number(n), StringComparer.Ordinal);
        if (!known.TryGetValue(of, out var names))
        {
            map.Error(key, StudyCodes.Conflict, $"'{of}' has no categories", "", "name a covariate drawn by 'law: shares', or give numbers");
            return [];
        }
        foreach (var name in given.Keys.Except(names)) body.Error(name, StudyCodes.UnknownName, $"'{name}' is not a category of {of}", "", Suggestion.For(name, names));
        foreach (var missing in names.Where(n => other is null && !given.ContainsKey(n))) map.Error(key, StudyCodes.MissingKey, $"'{key}' has no number for '{missing}' of {of}");
        double[] values = [.. names.Select(n => given.GetValueOrDefault(n, other ?? 0))];
        numbers.LogEach(key, values);
        return values;
    }

    /// <summary>Shifts by category: <c>shifts</c> as they are, or <c>ratios</c> of a law on a logarithmic scale; null where the effect has neither.</summary>
    public Effect? ReadEffect(YamlMap map, string of, SourcedReader numbers)
    {
        if (map.Has("shifts")) return new Effect(of, 0, 0, false) { Categories = Read(map, "shifts", of, numbers, 0) };
        if (!map.Has("ratios")) return null;
        var ratios = Read(map, "ratios", of, numbers, 1);
        if (ratios.Any(r => !(r > 0))) map.Error("ratios", StudyCodes.OutOfRange, $"a ratio of {of} is not above 0", "", "0.01 for next to nothing");
        return new Effect(of, 0, 0, false) { Categories = [.. ratios.Select(r => r > 0 ? VectorMath.Ln(r) : 0)] };
    }
}
