using Marrow.Networks.Compilation;

namespace Marrow.Exchange.Petab;

/// <summary>Computes observables and noise of measurements at points of courses.</summary>
internal sealed class PetabReadout
{
    private readonly PetabPart _part;
    private readonly CompiledModel _model;
    private readonly int[] _values, _noises;
    private readonly (int[] Formula, int[] Noise)[] _placeholders;
    private readonly double[] _observed, _filled, _parameters;

    public PetabReadout(PetabPart part, CompiledModel model)
    {
        (_part, _model) = (part, model);
        _values = [.. part.Observables.Select(o => model.ObservableIndex(PetabModel.Observable(o.Id)))];
        _noises = [.. part.Observables.Select(o => model.ObservableIndex(PetabModel.Noise(o.Id)))];
        _placeholders = [.. part.Observables.Select(o => (o.FormulaPlaceholders.Select(model.ParameterIndex).ToArray(), o.NoisePlaceholders.Select(model.ParameterIndex).ToArray()))];
        (_observed, _filled, _parameters) = (new double[model.Observables.Count], new double[model.Observables.Count], new double[model.Parameters.Count]);
        Predictions = new PetabPrediction[part.Measurements.Count];
        Array.Fill(Predictions, new PetabPrediction(double.NaN, double.NaN));
    }

    /// <summary>What was found, measurement by measurement.</summary>
    public PetabPrediction[] Predictions { get; }

    /// <summary>Reads measurements of one moment. Neighbours that fill the placeholders alike, such as replicates, are computed once.</summary>
    public void Read(IEnumerable<int> rows, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters)
    {
        _model.Evaluate(time, states, parameters, _observed);
        PetabMeasurement? before = null;
        foreach (var row in rows)
        {
            var measurement = _part.Measurements[row];
            var (formula, noise) = _placeholders[measurement.Observable];
            var from = _observed;
            if (formula.Length + noise.Length > 0)
            {
                if (!IsAlike(before, measurement))
                {
                    parameters.CopyTo(_parameters);
                    Fill(formula, measurement.FormulaOverrides, parameters);
                    Fill(noise, measurement.NoiseOverrides, parameters);
                    _model.Evaluate(time, states, _parameters, _filled);
                    before = measurement;
                }
                from = _filled;
            }
            Predictions[row] = new PetabPrediction(from[_values[measurement.Observable]], from[_noises[measurement.Observable]]);
        }
    }

    private static bool IsAlike(PetabMeasurement? before, PetabMeasurement now) => before is not null && before.Observable == now.Observable
        && ReferenceEquals(before.FormulaOverrides, now.FormulaOverrides) && ReferenceEquals(before.NoiseOverrides, now.NoiseOverrides);

    private void Fill(int[] places, IReadOnlyList<PetabOverride> overrides, ReadOnlySpan<double> parameters)
    {
        for (var i = 0; i < places.Length; i++)
        {
            var name = overrides[i].Name;
            var observed = name is null ? -1 : _model.ObservableIndex(name);
            _parameters[places[i]] = name is null ? overrides[i].Value : observed >= 0 ? _observed[observed] : parameters[_model.ParameterIndex(name)];
        }
    }
}
