namespace Marrow.Trials.Experiments;

/// <summary>Runs scenarios once for all rows that read them, and keeps what was measured.</summary>
internal sealed class MeasureStore(Laboratory laboratory, ulong seed, int threads, string? journal, string inputsKey, CancellationToken cancel) : IDisposable
{
    private readonly Dictionary<string, Sheet> _sheets = new(StringComparer.Ordinal);

    /// <summary>Patients simulated in this run.</summary>
    public long Simulated { get; private set; }

    /// <summary>Says that a measure of a scenario will be asked for; before the first is.</summary>
    public void Register(ScenarioPlan plan, Measure measure)
    {
        if (!_sheets.TryGetValue(plan.Key, out var sheet)) _sheets[plan.Key] = sheet = new Sheet();
        if (!sheet.Places.ContainsKey(measure.Key))
        {
            sheet.Places[measure.Key] = sheet.Measures.Count;
            sheet.Measures.Add(measure);
        }
    }

    /// <summary>A value with which patients are born, known without simulation; null if the measure is none.</summary>
    public IReadOnlyList<double>? Known(ScenarioPlan plan, Measure measure, IReadOnlyList<int> patients)
    {
        if (measure.Reading != MeasureReading.Patient) return null;
        var runner = laboratory.Runner(plan.Disease)!;
        var values = patients.Select(p => runner.Values(plan.Scenario, p, seed)).ToArray();
        return Array.TrueForAll(values, v => v.ContainsKey(measure.Formula)) ? [.. values.Select(v => measure.Scale * v[measure.Formula])] : null;
    }

    /// <summary>A measure of patients in a scenario, in the order given; simulates those that were not yet.</summary>
    public IReadOnlyList<Measured> Get(ScenarioPlan plan, Measure measure, IReadOnlyList<int> patients)
    {
        var sheet = _sheets[plan.Key];
        var place = sheet.Places[measure.Key];
        if (journal is not null && sheet.Journal is null)
        {
            sheet.Journal = new MeasureJournal(journal, $"{inputsKey}\n{plan.Key}\n{string.Join('\n', sheet.Measures.Select(m => m.Key))}", sheet.Measures.Count);
            foreach (var (patient, values) in sheet.Journal.Kept) sheet.Values[patient] = values;
        }
        int[] open = [.. patients.Where(p => !sheet.Values.ContainsKey(p)).Distinct()];
        if (open.Length > 0)
        {
            var runner = laboratory.Runner(plan.Disease)!;
            var column = laboratory.Column(plan.Disease);
            Measured[] Reduce(CohortCourse course)
            {
                Measured[] values = [.. sheet.Measures.Select(m => MeasureReader.Read(m, course, column))];
                sheet.Journal?.Add(course.Patient, values);
                return values;
            }

            var measured = runner.Run(plan.Scenario, open, seed, threads, Reduce, cancel);
            for (var i = 0; i < open.Length; i++) sheet.Values[open[i]] = measured[i];
            Simulated += open.Length;
        }
        return [.. patients.Select(p => sheet.Values[p][place])];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var sheet in _sheets.Values) sheet.Journal?.Dispose();
    }

    private sealed class Sheet
    {
        public List<Measure> Measures { get; } = [];
        public Dictionary<string, int> Places { get; } = new(StringComparer.Ordinal);
        public Dictionary<int, Measured[]> Values { get; } = [];
        public MeasureJournal? Journal { get; set; }
    }
}
