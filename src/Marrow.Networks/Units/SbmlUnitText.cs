using System.Globalization;

namespace Marrow.Networks.Units;

/// <summary>Units in the words of SBML: moles, litres, metres and their like, with a factor in front.</summary>
internal static class SbmlUnitText
{
    private const int Time = 0, Length = 3;
    private const double Tolerance = 1e-9;

    private static readonly int[] Order = [2, 1, 4, 5, 6, 7, Length, Time];
    private static readonly (string Name, double Size)[] Times = [("second", 1), ("minute", 60), ("hour", 3600), ("day", 86400), ("week", 7 * 86400)];

    /// <summary>Such as <c>1E-06 mole/litre/minute</c>: the unit of time is the one that leaves a power of ten, if there is one.</summary>
    public static string Of(Unit unit)
    {
        var exponents = unit.Exponents;
        var isVolume = Math.Abs(exponents[Length]) > Tolerance && Math.Abs(exponents[Length] % 3) < Tolerance;
        var scale = isVolume ? unit.Scale * Math.Pow(1e3, exponents[Length] / 3) : unit.Scale;
        var time = Times.FirstOrDefault(t => IsPowerOfTen(scale / Math.Pow(t.Size, exponents[Time])), Times[0]);
        scale /= Math.Pow(time.Size, exponents[Time]);
        var (above, below) = (new List<string>(), new List<string>());
        foreach (var i in Order)
        {
            var exponent = i == Length && isVolume ? exponents[i] / 3 : exponents[i];
            if (Math.Abs(exponent) <= Tolerance) continue;
            var name = i == Time ? time.Name : i == Length && isVolume ? "litre" : BaseUnits.Kind(i);
            var power = Math.Abs(exponent);
            (exponent > 0 ? above : below).Add(Math.Abs(power - 1) <= Tolerance ? name : name + "^" + power.ToString("0.####", CultureInfo.InvariantCulture));
        }
        var factor = Math.Abs(scale - 1) <= Tolerance ? "" : scale.ToString("G6", CultureInfo.InvariantCulture);
        if (above.Count == 0 && below.Count > 0) return string.Join('/', [factor.Length > 0 ? factor : "1", .. below]);
        var units = above.Count > 0 ? string.Join('*', above) : "dimensionless";
        return string.Join('/', [factor.Length > 0 ? $"{factor} {units}" : units, .. below]);
    }

    private static bool IsPowerOfTen(double value)
    {
        var power = Math.Log10(value);
        return Math.Abs(power - Math.Round(power)) < Tolerance;
    }
}
