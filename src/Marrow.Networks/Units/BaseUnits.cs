using System.Collections.Immutable;

namespace Marrow.Networks.Units;

/// <summary>Base dimensions, SI units and the units of biology and medicine, with their definitions (SI brochure, 9th edition).</summary>
internal static class BaseUnits
{
    private const double Day = 86400;

    private static readonly string[] Kinds = ["second", "item", "mole", "metre", "kilogram", "ampere", "kelvin", "candela"];

    // As people write them: pmol/L/G/d, mg/L, G/d.
    private static readonly ImmutableArray<int> Order = [2, 4, 3, 1, 0, 5, 6, 7];

    private static readonly Unit One = Unit(1);
    private static readonly Unit Second = Unit(1, (0, 1));
    private static readonly Unit Item = Unit(1, (1, 1));
    private static readonly Unit Mole = Unit(1, (2, 1));
    private static readonly Unit Metre = Unit(1, (3, 1));
    private static readonly Unit Kilogram = Unit(1, (4, 1));
    private static readonly Unit Ampere = Unit(1, (5, 1));
    private static readonly Unit Litre = Unit(1e-3, (3, 3));
    private static readonly Unit Joule = Unit(1, (4, 1), (3, 2), (0, -2));

    /// <summary>Number of base dimensions.</summary>
    public const int Count = 8;

    /// <summary>Dimensions in the order in which they are printed.</summary>
    public static ImmutableArray<int> DisplayOrder => Order;

    /// <summary>SBML's name of a base dimension.</summary>
    public static string Kind(int dimension) => Kinds[dimension];

    /// <summary>Units that take a metric prefix.</summary>
    public static IReadOnlyDictionary<string, Unit> Prefixed { get; } = new Dictionary<string, Unit>
    {
        ["g"] = Scaled(Kilogram, 1e-3),
        ["L"] = Litre,
        ["l"] = Litre,
        ["M"] = Mole / Litre,
        ["mol"] = Mole,
        ["m"] = Metre,
        ["s"] = Second,
    };

    /// <summary>Metric prefixes in use for these.</summary>
    public static IReadOnlyDictionary<char, double> Prefixes { get; } = new Dictionary<char, double>
    {
        ['k'] = 1e3,
        ['d'] = 1e-1,
        ['c'] = 1e-2,
        ['m'] = 1e-3,
        ['u'] = 1e-6,
        ['\u00B5'] = 1e-6,
        ['\u03BC'] = 1e-6,
        ['n'] = 1e-9,
        ['p'] = 1e-12,
        ['f'] = 1e-15,
        ['a'] = 1e-18,
    };

    /// <summary>Units by name, without those that take a prefix.</summary>
    public static IReadOnlyDictionary<string, Unit> Named { get; } = AllNamed();

    /// <summary>How a dimension is printed: the name, its size in base units, and the exponent of the base that it stands for.</summary>
    public static (string Name, double Size, int Divisor) Display(int dimension, double exponent) => dimension switch
    {
        0 => ("d", Day, 1),
        1 => ("G", 1e9, 1),
        2 => ("pmol", 1e-12, 1),
        3 when Math.Abs(exponent % 3) < 1e-9 => ("L", 1e-3, 3),
        3 => ("m", 1, 1),
        4 => ("mg", 1e-6, 1),
        _ => (Kinds[dimension], 1, 1),
    };

    private static Dictionary<string, Unit> AllNamed()
    {
        var all = new Dictionary<string, Unit>(StringComparer.Ordinal);
        void Add(Unit unit, params string[] names)
        {
            foreach (var name in names) all[name] = unit;
        }

        // Counts of single things: they do not change a dimension, so that kills/cell/d is a rate.
        Add(One, "dimensionless", "1", "cell", "cells", "kill", "kills", "division", "divisions", "copy", "copies", "molecule", "molecules",
            "fold", "fraction", "share", "radian", "steradian");
        Add(Scaled(One, 0.01), "%", "percent");
        Add(Item, "item", "items");
        Add(Scaled(Item, 1e9), "G");
        Add(Scaled(Second, 60), "min", "minute", "minutes");
        Add(Scaled(Second, 3600), "h", "hour", "hours");
        Add(Scaled(Second, Day), "d", "day", "days");
        Add(Scaled(Second, 7 * Day), "wk", "week", "weeks");
        // The mean month and year of the Gregorian calendar differ by less than 0.01 % from these.
        Add(Scaled(Second, 365.25 / 12 * Day), "month", "months");
        Add(Scaled(Second, 365.25 * Day), "y", "year", "years");
        Add(Second, "second", "seconds");
        Add(Mole, "mole", "moles");
        Add(Metre, "metre", "meter");
        Add(Kilogram, "kilogram");
        Add(Scaled(Kilogram, 1e-3), "gram");
        Add(Litre, "litre", "liter");
        AddPhysics(Add);
        return all;
    }

    private static void AddPhysics(Action<Unit, string[]> add)
    {
        var volt = Joule / (Ampere * Second);
        add(Ampere, ["ampere"]);
        add(Unit(1, (6, 1)), ["kelvin"]);
        add(Unit(1, (7, 1)), ["candela", "lumen"]);
        add(Unit(1, (7, 1), (3, -2)), ["lux"]);
        add(Second.Pow(-1), ["hertz", "becquerel"]);
        add(Mole / Second, ["katal"]);
        add(Joule, ["joule"]);
        add(Joule / Metre, ["newton"]);
        add(Joule / Metre.Pow(3), ["pascal"]);
        add(Joule / Second, ["watt"]);
        add(Joule / Kilogram, ["gray", "sievert"]);
        add(Ampere * Second, ["coulomb"]);
        add(volt, ["volt"]);
        add(volt / Ampere, ["ohm"]);
        add(Ampere / volt, ["siemens"]);
        add(Ampere * Second / volt, ["farad"]);
        add(volt * Second, ["weber"]);
        add(volt * Second / Metre.Pow(2), ["tesla"]);
        add(volt * Second / Ampere, ["henry"]);
    }

    private static Unit Scaled(Unit unit, double factor) => new(unit.Exponents, unit.Scale * factor);

    private static Unit Unit(double scale, params (int Dimension, double Exponent)[] powers)
    {
        var exponents = new double[Count];
        foreach (var (dimension, exponent) in powers) exponents[dimension] = exponent;
        return new Unit(ImmutableArray.Create(exponents), scale);
    }
}
