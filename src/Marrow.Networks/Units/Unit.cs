using System.Collections.Immutable;
using System.Globalization;

namespace Marrow.Networks.Units;

/// <summary>A unit: a product of powers of the base dimensions and a scale.
/// One of this unit is <see cref="Scale"/> of the product of the base units
/// (second, item, mole, metre, kilogram, ampere, kelvin, candela). Items (cells) and moles are kept apart.</summary>
public sealed class Unit : IEquatable<Unit>
{
    // Exponents such as 0.75 and 1 - 0.75 must compare as equal after arithmetic.
    private const double Tolerance = 1e-9;

    private readonly ImmutableArray<double> _exponents;

    internal Unit(ImmutableArray<double> exponents, double scale)
    {
        _exponents = exponents;
        Scale = scale;
    }

    /// <summary>Size of this unit in base units.</summary>
    public double Scale { get; }

    /// <summary>The unit of pure numbers.</summary>
    public static Unit Dimensionless { get; } = new([.. new double[BaseUnits.Count]], 1);

    /// <summary>True if the unit has no dimension, whatever its scale.</summary>
    public bool IsDimensionless => HasSameDimension(Dimensionless);

    internal ImmutableArray<double> Exponents => _exponents;

    /// <summary>Reads a unit such as <c>pM/d/G</c>, <c>mg/m2</c>, <c>/d</c>, <c>10^9/L</c> or <c>kg^0.75</c>.</summary>
    /// <param name="text">The unit; <c>1</c> is dimensionless.</param>
    /// <param name="scope">The units that a model defines, if any.</param>
    /// <exception cref="FormatException">The text is not a unit; the message says why.</exception>
    public static Unit Parse(string text, UnitScope? scope = null) =>
        TryParse(text, scope, out var unit, out var problem) ? unit : throw new FormatException(problem);

    /// <summary>Reads a unit; false, with the reason, if the text is none.</summary>
    public static bool TryParse(string text, UnitScope? scope, out Unit unit, out string problem) =>
        new UnitParser(text, scope ?? UnitScope.BuiltIn).TryParse(out unit, out problem);

    /// <summary>Exponent of the dimension of a base-like unit: of <c>pM/d/G</c> for <c>G</c> it is -1, for <c>d</c> it is -1.</summary>
    /// <param name="unitName">A unit of one dimension, such as <c>G</c>, <c>item</c>, <c>mol</c>, <c>d</c>, <c>m</c> or <c>kg</c>.</param>
    public double ExponentOf(string unitName)
    {
        var of = Parse(unitName);
        var dimension = -1;
        for (var i = 0; i < BaseUnits.Count; i++)
        {
            if (of._exponents[i] == 0) continue;
            if (dimension >= 0) throw new ArgumentException($"unit '{unitName}' has more than one dimension", nameof(unitName));
            dimension = i;
        }
        return dimension < 0
            ? throw new ArgumentException($"unit '{unitName}' has no dimension", nameof(unitName))
            : _exponents[dimension] / of._exponents[dimension];
    }

    /// <summary>True if both measure the same kind of quantity.</summary>
    public bool HasSameDimension(Unit other)
    {
        for (var i = 0; i < _exponents.Length; i++)
        {
            if (Math.Abs(_exponents[i] - other._exponents[i]) > Tolerance) return false;
        }
        return true;
    }

    /// <summary>The number of <paramref name="other"/> in one of this unit.</summary>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public double FactorTo(Unit other) => HasSameDimension(other)
        ? Scale / other.Scale
        : throw new ArgumentException($"{this} cannot be converted to {other}", nameof(other));

    /// <summary>Same dimension and same scale.</summary>
    public bool Equals(Unit? other) =>
        other is not null && HasSameDimension(other) && Math.Abs(Scale / other.Scale - 1) < Tolerance;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Unit);

    /// <summary>Equality has a tolerance, so only the rounded exponents of the dimensions count.</summary>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var exponent in _exponents) hash.Add(Math.Round(exponent, 3));
        return hash.ToHashCode();
    }

    /// <summary>Product of two units.</summary>
    public static Unit operator *(Unit a, Unit b) => a.Times(b, 1);

    /// <summary>Quotient of two units.</summary>
    public static Unit operator /(Unit a, Unit b) => a.Times(b, -1);

    /// <summary>The unit to a constant power.</summary>
    public Unit Pow(double exponent) => new([.. _exponents.Select(e => e * exponent)], Math.Pow(Scale, exponent));

    /// <summary>In the units that are usual here: G (1e9 items), d, mg, L, pmol.</summary>
    public override string ToString()
    {
        var scale = Scale;
        var above = new List<string>();
        var below = new List<string>();
        foreach (var i in BaseUnits.DisplayOrder)
        {
            var exponent = _exponents[i];
            if (Math.Abs(exponent) <= Tolerance) continue;
            var (name, size, divisor) = BaseUnits.Display(i, exponent);
            scale /= Math.Pow(size, exponent / divisor);
            var power = Math.Abs(exponent / divisor);
            var text = Math.Abs(power - 1) <= Tolerance ? name : name + "^" + power.ToString("0.####", CultureInfo.InvariantCulture);
            (exponent > 0 ? above : below).Add(text);
        }
        var lead = Math.Abs(scale - 1) < Tolerance ? "" : scale.ToString("G6", CultureInfo.InvariantCulture);
        if (above.Count > 0) lead = lead.Length > 0 ? lead + " " + string.Join('*', above) : string.Join('*', above);
        if (below.Count == 0) return lead.Length == 0 ? "dimensionless" : lead;
        return (lead.Length == 0 ? "1" : lead) + "/" + string.Join('/', below);
    }

    private Unit Times(Unit other, int sign)
    {
        var exponents = ImmutableArray.CreateBuilder<double>(_exponents.Length);
        for (var i = 0; i < _exponents.Length; i++) exponents.Add(_exponents[i] + sign * other._exponents[i]);
        return new Unit(exponents.MoveToImmutable(), sign > 0 ? Scale * other.Scale : Scale / other.Scale);
    }
}
