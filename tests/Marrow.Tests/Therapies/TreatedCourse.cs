using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Ode;
using Marrow.Tests.House;
using Marrow.Tests.Models;
using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Therapies;

/// <summary>A typical patient (70 kg, 1.8 m2) who gets drugs at planned times.</summary>
internal sealed class TreatedCourse
{
    private static readonly Lazy<Population> _population = new(() =>
        PopulationLoader.Load(Repository.PathOf("studies/populations/eliana.yaml"), null, new DiagnosticBag())!);

    private static readonly Dictionary<string, double> _values = new(StringComparer.Ordinal)
    {
        ["WeightKg"] = 70,
        ["BsaM2"] = 1.8,
        ["EgfrMlMin"] = 110,
    };

    private readonly TreatmentTimeline _timeline = new();
    private readonly double[] _states, _parameters, _observables;

    /// <summary>A healthy start with the numbers of a disease.</summary>
    public TreatedCourse(string disease = "bcp_all")
    {
        _parameters = Model.DefaultParameters();
        foreach (var row in ModelFiles.Load("models/diseases/bcp_all.ant", disease).Parameters.Rows)
        {
            if (Model.ParameterIndex(row.Id) is >= 0 and var index) _parameters[index] = row.Value;
        }
        _states = new double[Model.States.Count];
        Model.InitialStates(_parameters, _states);
        _observables = new double[Model.Observables.Count];
    }

    public static CompiledModel Model => ModelFiles.Patient("bcp_all");

    public static DrugInputs Drugs { get; } = DrugInputs.Load(Repository.PathOf("models/therapies/inputs.csv"), new DiagnosticBag());

    public double Time { get; private set; }

    public ReadOnlySpan<double> States => _states;

    /// <summary>A state.</summary>
    public double this[string state]
    {
        get => _states[Model.StateIndex(state)];
        set => _states[Model.StateIndex(state)] = value;
    }

    /// <summary>A regimen of the repository, as the population of ELIANA reads it; any diagnostic fails the test.</summary>
    public static Regimen Regimen(string name)
    {
        var bag = new DiagnosticBag();
        var names = new ModelNames(ModelFiles.Load("models/diseases/bcp_all.ant", "bcp_all").Network);
        var regimen = RegimenLoader.Load(Repository.PathOf($"studies/regimens/{name}.yaml"), Drugs, _population.Value, names, bag);
        Assert.Empty(bag.Items);
        return regimen!;
    }

    public double Parameter(string name) => _parameters[Model.ParameterIndex(name)];

    public TreatedCourse Set(string parameter, double value)
    {
        _parameters[Model.ParameterIndex(parameter)] = value;
        return this;
    }

    /// <summary>Leukaemia at this share of a full marrow of a BCP-ALL patient, spread as the disease spreads.</summary>
    public TreatedCourse Overt(double cells = 600)
    {
        (this["Marrow_Sensitive"], this["Niche_Sensitive"], this["Blood_Sensitive"]) = (cells, .003 * cells, .08 * cells);
        (this["Node_Sensitive"], this["Spleen_Sensitive"]) = (.1 * cells, .2 * cells);
        this["MarrowNormal"] = .5 * this["MarrowNormal"];
        return this;
    }

    /// <summary>Plans the doses of a regimen.</summary>
    public TreatedCourse Give(string regimen)
    {
        var read = Regimen(regimen);
        foreach (var setting in read.Settings) Set(setting.Parameter, setting.Multiplies ? setting.Value * Parameter(setting.Parameter) : setting.Value);
        foreach (var planned in read.Doses)
        {
            var drug = planned.Dose.Drug;
            var target = drug.Mode == InputMode.Bolus ? Model.StateIndex(drug.Target) : Model.ParameterIndex(drug.Target);
            var plan = new DosePlan(planned.Dose, target, -1, []);
            var amount = plan.InModel(plan.Prescribed(new PatientRandom(1, 0), _values), _values, _parameters);
            foreach (var factor in planned.Dose.ScaledBy.Where(f => f == "eng")) amount *= Parameter(factor);
            foreach (var day in planned.Days)
            {
                if (drug.Mode == InputMode.Bolus) _timeline.AddBolus(day, target, amount);
                else _timeline.AddInfusion(day, planned.Dose.Duration, target, amount);
            }
        }
        return this;
    }

    /// <summary>Plans one infusion, in the model's unit.</summary>
    public TreatedCourse Infuse(string rate, double day, double hours, double amount)
    {
        _timeline.AddInfusion(day, hours / 24, Model.ParameterIndex(rate), amount);
        return this;
    }

    /// <summary>Goes on to a time; looks at the course at multiples of <paramref name="every"/> days.</summary>
    public TreatedCourse Run(double until, double every = 1, Action<double>? look = null, double start = 0)
    {
        if (Time == 0 && start != 0) Time = start;
        var options = new StepperOptions { RelativeTolerance = 1e-6, AbsoluteTolerance = 1e-9 };
        while (Time < until)
        {
            _timeline.Apply(Time, _states, _parameters);
            var nextLook = (Math.Floor((Time / every) + 1e-9) + 1) * every;
            var next = Math.Min(until, Math.Min(_timeline.Next, nextLook));
            var report = TimeCourse.Solve(Model.System, [.. _states], [.. _parameters], Time, [next], options, (_, states, _) => states.CopyTo(_states));
            Assert.Equal(Outcome.Done, report.Outcome);
            Time = next;
            if (next == nextLook || next == until) look?.Invoke(next);
        }
        return this;
    }

    /// <summary>An observable now.</summary>
    public double Read(string observable)
    {
        Model.Evaluate(Time, _states, _parameters, _observables);
        return _observables[Model.ObservableIndex(observable)];
    }

    /// <summary>Slope of a state now.</summary>
    public double Slope(string state)
    {
        var slopes = new double[_states.Length];
        Model.RightHandSide(Time, _states, _parameters, slopes);
        return slopes[Model.StateIndex(state)];
    }
}
