using System.Globalization;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Sedml;

/// <summary>Runs the tasks of a document that its outputs need.</summary>
internal sealed class TaskRunner(SedmlDocument document, ModelLibrary library, DiagnosticBag bag)
{
    private const int DeepestTasks = 16;
    private const int MostRuns = 100_000;
    internal const long MostValues = 20_000_000;
    private const int MostInLabel = 3;

    private readonly Dictionary<string, SedTask> _tasks = Index(document.Tasks);
    private readonly Dictionary<string, SedSimulation> _simulations = document.Simulations.GroupBy(s => s.Id).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    private readonly HashSet<string> _checked = new(StringComparer.Ordinal);
    private readonly Stack<string> _open = [], _turns = [];
    private readonly Dictionary<string, string[]> _modelsOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<Quantity>> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _set = new(StringComparer.Ordinal);
    private readonly Dictionary<SedTarget, string> _names = [];
    private readonly Dictionary<string, ModelRun> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _ranges = new(StringComparer.Ordinal);
    private readonly Dictionary<(SedVariable, string), Quantity?> _found = [];
    private ulong _runs;
    private long _values;

    /// <summary>Runs tasks.</summary>
    /// <param name="tasks">Their names.</param>
    /// <param name="variables">Variables whose values are wanted of them.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>For each task its simulations in order; null, with the reasons reported, if there were errors.</returns>
    /// <exception cref="SedmlException">A simulation did not reach its end.</exception>
    public Dictionary<string, List<RunData>>? Run(IEnumerable<string> tasks, IEnumerable<SedVariable> variables, CancellationToken cancel)
    {
        string[] wanted = [.. tasks.Distinct(StringComparer.Ordinal)];
        foreach (var task in wanted) Check(task, new SourceSpan(document.File, 0, 0, 1));
        if (bag.HasErrors) return null;
        foreach (var variable in variables) Keep(variable, ModelsOf(variable.Task!));
        if (!bag.HasErrors) Compile(wanted.SelectMany(ModelsOf).Distinct(StringComparer.Ordinal));
        if (bag.HasErrors) return null;
        var results = new Dictionary<string, List<RunData>>(StringComparer.Ordinal);
        foreach (var task in wanted)
        {
            foreach (var model in _models.Values) model.Reset();
            var runs = new List<RunData>();
            Execute(_tasks[task], runs, cancel);
            results[task] = runs;
        }
        return results;
    }

    /// <summary>The name of a variable in a model; null if it has none there.</summary>
    public Quantity? Find(SedVariable variable, string model)
    {
        if (variable.Model is { } own && own != model) return null;
        if (variable.Symbol == SedSymbol.Time && variable.Target is null) return new Quantity("", SedSymbol.Time);
        if (_found.TryGetValue((variable, model), out var known)) return known;
        Quantity? found = library.Text(model) is { } text && Targets.Quantity(text, variable.Target!, new DiagnosticBag()) is { } name ? new Quantity(name, variable.Symbol) : null;
        return _found[(variable, model)] = found;
    }

    /// <summary>Checks a task and those that it repeats, and notes what they set and read.</summary>
    private void Check(string id, SourceSpan where)
    {
        if (_open.Contains(id) || _open.Count > DeepestTasks)
        {
            bag.Error(SedmlCodes.Circular, $"the task '{id}' repeats itself, or more than {DeepestTasks} tasks repeat one another", where);
            return;
        }
        if (!_checked.Add(id)) return;
        if (!_tasks.TryGetValue(id, out var task))
        {
            bag.Error(SedmlCodes.UnknownReference, $"the document has no task '{id}'", where, "", Spelling.Hint(id, _tasks.Keys, SedmlCodes.UnknownReference.Cure));
            return;
        }
        if (task is SedPlainTask plain)
        {
            if (!_simulations.ContainsKey(plain.Simulation)) bag.Error(SedmlCodes.UnknownReference, $"the document has no simulation '{plain.Simulation}'", plain.Where, "", Spelling.Hint(plain.Simulation, _simulations.Keys, SedmlCodes.UnknownReference.Cure));
            library.Text(plain.Model);
            return;
        }
        var repeated = (SedRepeatedTask)task;
        if (repeated.SubTasks.Count == 0) bag.Error(SedmlCodes.BadSedml, $"the repeated task '{id}' has no subtask", task.Where);
        if (!repeated.Ranges.Any(r => r.Id == repeated.Master)) bag.Error(SedmlCodes.UnknownReference, $"the repeated task '{id}' has no range '{repeated.Master}'", task.Where);
        else if (repeated.Ranges.First(r => r.Id == repeated.Master) is SedFunctionRange) bag.Error(SedmlCodes.BadRange, $"the range '{repeated.Master}' of the repeated task '{id}' is a formula of another", task.Where, "the first range says how often the task is repeated");
        _open.Push(id);
        foreach (var sub in repeated.SubTasks) Check(sub.Task, task.Where);
        _open.Pop();
        if (bag.HasErrors) return;
        foreach (var set in repeated.Sets.Concat(repeated.SubTasks.SelectMany(s => s.Sets))) Note(set);
        foreach (var range in repeated.Ranges.OfType<SedFunctionRange>()) Note(range.Formula);
    }

    private void Note(SedSetValue set)
    {
        if (library.Text(set.Model) is not { } text || Targets.Quantity(text, set.Target, bag) is not { } name) return;
        Add(_set, set.Model, name);
        _names[set.Target] = name;
        Note(set.Formula);
    }

    private void Note(SedFormula formula)
    {
        foreach (var variable in formula.Variables)
        {
            if (variable.Symbol == SedSymbol.Data) bag.Error(SedmlCodes.Construct, "a change or range that takes external data", variable.Where);
            else if (variable.Model is null) bag.Error(SedmlCodes.BadSedml, $"the variable '{variable.Id}' without 'modelReference'", variable.Where);
            else Keep(variable, [variable.Model]);
        }
    }

    private void Keep(SedVariable variable, IEnumerable<string> models)
    {
        var found = false;
        string[] candidates = [.. models.Where(m => variable.Model is null || variable.Model == m)];
        foreach (var model in candidates)
        {
            if (Find(variable, model) is not { } quantity) continue;
            if (!found && variable.Target is not null) Targets.Quantity(library.Text(model)!, variable.Target, bag);
            Add(_kept, model, quantity);
            found = true;
        }
        if (found || bag.HasErrors) return;
        if (candidates.Length > 0 && library.Text(candidates[0]) is { } text) Targets.Quantity(text, variable.Target!, bag);
        else bag.Error(SedmlCodes.UnknownReference, $"the variable '{variable.Id}' names no model that its task simulates", variable.Where);
    }

    private static void Add<T>(Dictionary<string, HashSet<T>> sets, string key, T value)
    {
        if (!sets.TryGetValue(key, out var set)) sets[key] = set = [];
        set.Add(value);
    }

    private void Compile(IEnumerable<string> models)
    {
        foreach (var id in models)
        {
            if (library.Network(id) is not { } network) continue;
            var settable = _set.GetValueOrDefault(id) ?? [];
            try
            {
                var run = _models[id] = ModelRun.Of(id, network, _kept.GetValueOrDefault(id) ?? [], settable);
                foreach (var name in settable.Where(name => !run.CanSet(name)))
                    bag.Error(SedmlCodes.SetsComputedValue, $"'setValue' sets '{name}' of the model '{id}'", new SourceSpan(document.File, 0, 0, 1));
            }
            catch (InputException e)
            {
                bag.AddRange(e.Diagnostics);
            }
        }
    }

    private string[] ModelsOf(string task)
    {
        if (_modelsOf.TryGetValue(task, out var known)) return known;
        return _modelsOf[task] = _tasks[task] switch
        {
            SedPlainTask plain => [plain.Model],
            SedRepeatedTask repeated => [.. repeated.SubTasks.SelectMany(s => ModelsOf(s.Task).Concat(s.Sets.Select(x => x.Model))).Concat(repeated.Sets.Select(s => s.Model)).Distinct(StringComparer.Ordinal)],
            _ => [],
        };
    }

    private void Execute(SedTask task, List<RunData> runs, CancellationToken cancel)
    {
        if (task is SedPlainTask plain)
        {
            var data = _models[plain.Model].Simulate(_simulations[plain.Simulation], _runs++, cancel);
            _values += data.Times.Count * (data.Values.Count + 1L);
            if (_runs > MostRuns || _values > MostValues) throw new SedmlException($"the document asks for more than {MostRuns} simulations or {MostValues} values; try: fewer values of a range, or fewer points");
            runs.Add(data with { Label = string.Join(", ", _turns.Reverse().Where(t => t.Length > 0)) });
            return;
        }
        var repeated = (SedRepeatedTask)task;
        var count = ((SedValueRange)repeated.Ranges.First(r => r.Id == repeated.Master)).Values.Count;
        for (var i = 0; i < count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            if (repeated.Resets)
                foreach (var model in ModelsOf(task.Id)) _models[model].Reset();
            Advance(repeated, i);
            _turns.Push(string.Join(", ", repeated.Sets.Select(set => (set, value: Set(set))).ToList().Where(s => s.set.Range is not null).Take(MostInLabel).Select(s => string.Create(CultureInfo.InvariantCulture, $"{_names[s.set.Target]} = {s.value:G4}"))));
            foreach (var sub in repeated.SubTasks)
            {
                foreach (var set in sub.Sets) Set(set);
                Execute(_tasks[sub.Task], runs, cancel);
            }
            _turns.Pop();
        }
    }

    /// <summary>The values of all ranges at a turn; those of formulas come after the others, in the order of the document.</summary>
    private void Advance(SedRepeatedTask task, int turn)
    {
        foreach (var range in task.Ranges.OfType<SedValueRange>())
        {
            if (turn >= range.Values.Count) throw new SedmlException($"the range '{range.Id}' of the task '{task.Id}' has only {range.Values.Count} values; try: as many as the range '{task.Master}'");
            _ranges[range.Id] = range.Values[turn];
        }
        foreach (var range in task.Ranges.OfType<SedFunctionRange>()) _ranges[range.Id] = Value(range.Formula);
    }

    /// <summary>Sets a value and says which.</summary>
    private double Set(SedSetValue set)
    {
        var value = Value(set.Formula);
        _models[set.Model].Set(_names[set.Target], Targets.AttributeOf(set.Target.Path), value);
        return value;
    }

    private double Value(SedFormula formula)
    {
        var variables = formula.Variables.ToDictionary(v => v.Id, v => _models[v.Model!].Value(Find(v, v.Model!)!.Value), StringComparer.Ordinal);
        return FormulaValue.Of(formula.Math, name =>
            variables.TryGetValue(name, out var value) || formula.Parameters.TryGetValue(name, out value) || _ranges.TryGetValue(name, out value) ? value : null);
    }

    private static Dictionary<string, SedTask> Index(IEnumerable<SedTask> tasks) => tasks.GroupBy(t => t.Id).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
}
