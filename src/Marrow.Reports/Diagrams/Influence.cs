using Marrow.Networks.Structure;

namespace Marrow.Reports.Diagrams;

/// <summary>How a formula follows one of its names: by trying it out at many positive points, because a rule about the form of a formula
/// cannot tell x/(K + x) from something that rises and falls.</summary>
internal sealed class Influence(FormulaValues formulas)
{
    private const int Points = 48;
    private const double Step = 1e-3;
    /// <summary>A smaller change, relative to the value, may be rounding.</summary>
    private const double Least = 1e-12;

    /// <summary>catalysis: without it the formula is 0; stimulation, inhibition: it only raises or only lowers it; modulation: either, or unknown.</summary>
    public string Of(Expression formula, string name)
    {
        var varying = ExpressionWalk.Nodes(formula).OfType<NameExpression>().Select(n => n.Name).Where(formulas.Varies).Distinct().ToArray();
        var point = new Dictionary<string, double>(StringComparer.Ordinal);
        var (rises, falls, needed) = (false, false, true);
        for (var k = 0; k < Points; k++)
        {
            for (var i = 0; i < varying.Length; i++) point[varying[i]] = formulas.Try(varying[i], Spread(k, i));
            var here = formulas.Value(formula, point);
            var x = point[name];
            point[name] = x * (1 + Step);
            var change = formulas.Value(formula, point) - here;
            point[name] = 0;
            needed &= formulas.Value(formula, point) == 0 || here == 0;
            if (double.IsNaN(change)) return "modulation";
            if (Math.Abs(change) <= Least * Math.Abs(here)) continue;
            (rises, falls) = (rises || change > 0, falls || change < 0);
        }
        return rises && !falls ? needed ? "catalysis" : "stimulation" : falls && !rises ? "inhibition" : "modulation";
    }

    /// <summary>Points that fill the cube evenly (a Kronecker sequence with the roots of primes as steps).</summary>
    private static double Spread(int k, int dimension)
    {
        var step = Math.Sqrt(Prime(dimension)) % 1;
        return (0.5 + ((k + 1) * step)) % 1;
    }

    private static int Prime(int index)
    {
        var found = 1;
        for (var k = 0; k <= index; k++)
        {
            do found++;
            while (Enumerable.Range(2, Math.Max(0, (int)Math.Sqrt(found) - 1)).Any(d => found % d == 0));
        }
        return found;
    }
}
