using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Patients;

/// <summary>How one model parameter of a patient is made: median, spread, limits at reference size, and factors of size and age.</summary>
/// <param name="Index">Parameter.</param>
/// <param name="Name">Its name, which keys the draw.</param>
/// <param name="Median">Value of the typical patient at reference size.</param>
/// <param name="LogSd">Standard deviation of the logarithm; 0 if it does not vary.</param>
/// <param name="Lower">Lower limit at reference size.</param>
/// <param name="Upper">Upper limit at reference size.</param>
/// <param name="Factors">Patient values and the powers they enter with.</param>
internal sealed record BiologyParameter(
    int Index, string Name, double Median, double LogSd, double Lower, double Upper, IReadOnlyList<ScaleFactor> Factors);

/// <summary>A patient value, to a power.</summary>
internal readonly record struct ScaleFactor(string Value, double Power)
{
    /// <summary>The product of all factors of a patient.</summary>
    public static double Product(IReadOnlyList<ScaleFactor> factors, IReadOnlyDictionary<string, double> values)
    {
        var product = 1.0;
        foreach (var f in factors) product *= f.Power == 1 ? values[f.Value] : VectorMath.Pow(values[f.Value], f.Power);
        return product;
    }
}

/// <summary>A start value that scales with the patient because no parameter of it does.</summary>
internal sealed record ScaledStart(int State, IReadOnlyList<ScaleFactor> Factors);

/// <summary>A parameter that is a value of the patient.</summary>
internal sealed record PatientConstant(int Index, string Value);

/// <summary>What a subtype does to one parameter.</summary>
internal readonly record struct PlannedShift(int Index, bool Multiply, double Value);

/// <summary>Everything that turns random numbers into the parameters and the healthy start of a patient.</summary>
internal sealed record BiologyTable
{
    public required IReadOnlyList<double> Defaults { get; init; }
    public required IReadOnlyList<BiologyParameter> Parameters { get; init; }
    public required IReadOnlyList<PatientConstant> Constants { get; init; }
    public required IReadOnlyList<ScaledStart> Starts { get; init; }
    /// <summary>What each subtype does, in the order of the patient's number.</summary>
    public IReadOnlyList<IReadOnlyList<PlannedShift>> Subtypes { get; init; } = [];
    /// <summary>Which numbers go together.</summary>
    public CorrelatedNumbers Correlated { get; init; } = CorrelatedNumbers.None;
    /// <summary>Typical values that are not known exactly; null if all are taken as known.</summary>
    public TypicalValues? Typical { get; init; }
    /// <summary>Limit of |z|.</summary>
    public required double Cut { get; init; }

    /// <summary>Parameters that are not the same in every patient, factors of size left aside.</summary>
    public IEnumerable<int> Varied => Parameters.Select(p => p.Index).Concat(Constants.Select(c => c.Index)).Concat(Subtypes.SelectMany(s => s).Select(s => s.Index));

    /// <summary>Parameters of a patient: median exp(sd z), kept within the limits, times the factors of size and age, and with the shifts of
    /// the patient's subtype. Where medians are uncertain, that of the patient's replicate counts, and the limits move with it. The first draw is spread evenly over patients, later ones are independent.</summary>
    public double[] Draw(PatientRandom random, int attempt, IReadOnlyDictionary<string, double> values)
    {
        var parameters = Defaults.ToArray();
        Typical?.Draw(random, parameters);
        foreach (var p in Parameters)
        {
            var value = parameters[p.Index];
            if (p.LogSd > 0)
            {
                var moved = Typical is null ? 1 : value / p.Median;
                var z = Math.Clamp(Correlated.Draw(new DrawnNumber(DrawnKind.Biology, p.Name), random, attempt).Z, -Cut, Cut);
                value = Math.Clamp(value * VectorMath.Exp(p.LogSd * z), p.Lower * moved, p.Upper * moved);
            }
            parameters[p.Index] = value * ScaleFactor.Product(p.Factors, values);
        }
        if (Subtypes.Count > 0 && values[SubtypeMixture.Value] is > 0 and var number)
        {
            foreach (var shift in Subtypes[(int)number - 1])
                parameters[shift.Index] = shift.Multiply ? parameters[shift.Index] * shift.Value : shift.Value;
        }
        foreach (var constant in Constants) parameters[constant.Index] = values[constant.Value];
        return parameters;
    }

    /// <summary>Scales the start values that no parameter scales.</summary>
    public void Scale(Span<double> states, IReadOnlyDictionary<string, double> values)
    {
        foreach (var start in Starts) states[start.State] *= ScaleFactor.Product(start.Factors, values);
    }
}
