using System.Globalization;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Trials.DosingTables;

/// <summary>A number of doses by its names: a quantity of the model, else a column of the table, else what is usual.</summary>
/// <param name="Column">Place among the covariates of the table, or -1.</param>
/// <param name="Quantity">Quantity of the model, or null.</param>
/// <param name="Otherwise">What holds where neither is.</param>
/// <param name="Name">The name that was found; the usual one, if none was.</param>
internal readonly record struct NamedDoseValue(int Column, string? Quantity, double Otherwise, string Name)
{
    /// <summary>Whether nothing gives it.</summary>
    public bool IsMissing => Column < 0 && Quantity is null;

    /// <summary>With the place of its quantity.</summary>
    public DoseValue Place(Func<string, int> observable) => new(Column, Quantity is null ? -1 : observable(Quantity), Otherwise, Name);
}

/// <summary>The numbers that doses into one thing read.</summary>
internal sealed record NamedDoseValues(NamedDoseValue Fraction, NamedDoseValue Lag, NamedDoseValue Rate, NamedDoseValue Duration)
{
    private IEnumerable<NamedDoseValue> All => [Fraction, Lag, Rate, Duration];

    /// <summary>Quantities of the model among them.</summary>
    public IEnumerable<string> Quantities => All.Select(v => v.Quantity).OfType<string>();

    /// <summary>Power of time of the columns that doses read as times (lag, duration) or rates.</summary>
    public IEnumerable<(int Column, int Power)> PowersOfTime =>
        new[] { (Lag.Column, 1), (Duration.Column, 1), (Rate.Column, -1) }.Where(p => p.Column >= 0);

    /// <summary>Columns of the table that have a name of one of them; where the model has it too, its parameter counts, which the column sets.</summary>
    public required IReadOnlyList<int> Columns { get; init; }

    /// <summary>Looks for them.</summary>
    /// <param name="compartment">Text of CMT.</param>
    /// <param name="names">Names of what is dosed.</param>
    /// <param name="table">The table.</param>
    /// <param name="network">The model.</param>
    public static NamedDoseValues Find(string compartment, IReadOnlyList<string> names, DosingTable table, ReactionNetwork network)
    {
        var columns = new List<int>();
        NamedDoseValue value(string kind, double otherwise)
        {
            // The numbered names of NONMEM hold where the table counts: elsewhere a model's F1 or D1 is its own affair.
            var wanted = names.Select(n => DoseQuantities.NameOf(kind, n));
            if (int.TryParse(compartment, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) wanted = wanted.Append(string.Create(CultureInfo.InvariantCulture, $"{kind}{number}"));
            foreach (var name in wanted)
            {
                var column = table.Covariates.ToList().FindIndex(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
                var quantity = TableNames.Nearest(name, network.Parameters.Select(p => p.Id));
                if (column < 0 && quantity is null) continue;
                if (column >= 0) columns.Add(column);
                return new NamedDoseValue(quantity is null ? column : -1, quantity, otherwise, quantity ?? table.Covariates[column].Name);
            }
            return new NamedDoseValue(-1, null, otherwise, DoseQuantities.NameOf(kind, names[0]));
        }

        return new NamedDoseValues(value(DoseQuantities.Fraction, 1), value(DoseQuantities.Lag, 0), value(DoseQuantities.Rate, double.NaN), value(DoseQuantities.Duration, double.NaN)) { Columns = columns };
    }

    /// <summary>Reports a row whose infusion the model is to time, if nothing says how.</summary>
    /// <param name="row">The row.</param>
    /// <param name="name">What is dosed.</param>
    /// <param name="bag">Receives the problem.</param>
    public void Require(DosingRow row, string name, DiagnosticBag bag)
    {
        if (row.Form == InfusionForm.ModelledRate && Rate.IsMissing) Report(-1, DoseQuantities.Rate);
        if (row.Form == InfusionForm.ModelledDuration && Duration.IsMissing) Report(-2, DoseQuantities.Duration);

        void Report(int rate, string kind) => bag.Error(DosingCodes.NoParameter, $"RATE {rate} needs the parameter {DoseQuantities.NameOf(kind, name)}", row.Where);
    }

    /// <summary>What is dosed, with the places of its quantities.</summary>
    public DoseTarget Place(string name, int state, int input, Func<string, int> observable) =>
        new(name, state, input, Fraction.Place(observable), Lag.Place(observable), Rate.Place(observable), Duration.Place(observable));
}
