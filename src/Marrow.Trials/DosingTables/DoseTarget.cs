namespace Marrow.Trials.DosingTables;

/// <summary>Where a number of a dose comes from: a column of the table, else a quantity of the model, else what is usual.</summary>
/// <param name="Column">Place among the covariates of the table, or -1.</param>
/// <param name="Observable">Place among the observables, or -1.</param>
/// <param name="Otherwise">What holds where neither is; not a number if that is a mistake.</param>
/// <param name="Name">Name of the column or quantity.</param>
internal readonly record struct DoseValue(int Column, int Observable, double Otherwise, string Name)
{
    /// <summary>Whether a table or a model gives it.</summary>
    public bool IsRead => Column >= 0 || Observable >= 0;

    /// <summary>The number.</summary>
    /// <param name="columns">Covariates of the individual; not a number where they are missing.</param>
    /// <param name="observed">Observables at the time of the dose.</param>
    public double Of(ReadOnlySpan<double> columns, ReadOnlySpan<double> observed)
    {
        if (Observable >= 0) return observed[Observable];
        return Column >= 0 && !double.IsNaN(columns[Column]) ? columns[Column] : Otherwise;
    }
}

/// <summary>Something that doses go into.</summary>
/// <param name="Name">Species, variable with a rate rule, or drug.</param>
/// <param name="State">Its state; -1 for a drug whose input is a rate.</param>
/// <param name="Input">The parameter that is the sum of the rates of its infusions; -1 if nothing is infused.</param>
/// <param name="Fraction">Bioavailability F.</param>
/// <param name="Lag">Lag time.</param>
/// <param name="Rate">Rate of an infusion with RATE -1.</param>
/// <param name="Duration">Duration of an infusion with RATE -2.</param>
internal sealed record DoseTarget(string Name, int State, int Input, DoseValue Fraction, DoseValue Lag, DoseValue Rate, DoseValue Duration)
{
    /// <summary>Amount in the model per amount in the table.</summary>
    public double Factor { get; init; } = 1;
}

/// <summary>A dose as it enters the model.</summary>
/// <param name="Amount">Amount that arrives, F AMT.</param>
/// <param name="Lag">Time from the dose to its arrival.</param>
/// <param name="Rate">Rate of its infusion; 0 if it enters at once.</param>
internal readonly record struct ComingDose(double Amount, double Lag, double Rate)
{
    /// <summary>The dose of a row, by what model and covariates say at its time.</summary>
    public static ComingDose Of(DosingRow row, DoseTarget target, ReadOnlySpan<double> columns, ReadOnlySpan<double> observed)
    {
        var amount = row.Amount * target.Factor * target.Fraction.Of(columns, observed);
        var rate = row.Form switch
        {
            InfusionForm.Rate => row.Extent * target.Factor,
            InfusionForm.Duration => amount / row.Extent,
            // A column is in the unit of the table, a quantity of the model in that of the model.
            InfusionForm.ModelledRate => target.Rate.Of(columns, observed) * (target.Rate.Column >= 0 ? target.Factor : 1),
            InfusionForm.ModelledDuration => amount / target.Duration.Of(columns, observed),
            _ => 0,
        };
        return new ComingDose(amount, target.Lag.Of(columns, observed), rate);
    }

    /// <summary>Duration of its infusion.</summary>
    public double Length => Rate > 0 ? Amount / Rate : 0;

    /// <summary>Why it cannot be given; null if it can.</summary>
    public string? Problem(DosingRow row, DoseTarget target, int number, double time)
    {
        static bool isGood(double value) => value >= 0 && double.IsFinite(value);
        if (isGood(Amount) && isGood(Lag) && isGood(Rate) && !(row.Form != InfusionForm.None && Rate == 0 && Amount > 0)) return null;
        string[] read = [.. new[] { target.Fraction, target.Lag, target.Rate, target.Duration }.Where(v => v.IsRead).Select(v => v.Name)];
        return FormattableString.Invariant($"the dose of line {row.Where.Line} into {target.Name}{(number > 0 ? FormattableString.Invariant($" (number {number + 1})") : "")} at time {time:G6} has the amount {Amount}, the lag {Lag} and the rate {Rate}; try: look at {(read.Length == 0 ? "AMT" : string.Join(", ", read))}");
    }
}
