using Marrow.Networks.Diagnostics;
using Marrow.Tests.Experiments;
using Marrow.Trials.Studies;

namespace Marrow.Tests.DosingTables;

/// <summary>A study of toy patients who get the doses of a table: a drug with linear kinetics, dA/dt = doses - 0.5 A, in mg and days.</summary>
internal sealed class DosedToy : IDisposable
{
    public const string Compartments = "[{cmt: 1, drug: shot, unit: mg}, {cmt: 2, drug: pill, unit: mg}, {cmt: 3, state: Pill, unit: mg}]";

    private readonly ToyRoot _toy = new();

    public DosedToy(string table, string section = "time_unit: hours", string more = "", string observed = "at: dosing_table")
    {
        _toy.Write("models/therapies/inputs.csv", """
            drug,target,mode,dose_unit,factor,varies,varies_sd,kind,source,note
            pill,RatePill,rate,mg,1,,,assumed,,toy
            shot,Pill,bolus,mg,2,,,assumed,,toy: half of a shot is filler that the model counts twice

            """);
        // Every patient's leukaemia reaches so low a share.
        const string population = "models/experiments/populations/toy.yaml";
        _toy.Write(population, File.ReadAllText(Folder(population)).Replace("location: 0, sd: 0.5", "location: -1, sd: 0.1", StringComparison.Ordinal));
        Table = _toy.Write("studies/regimens/given.csv", table);
        Regimen = _toy.Write("studies/regimens/dosed.yaml", $$"""
            title: As it was given
            dosing_table:
              table: given.csv
              {{section}}
              compartments: {{Compartments}}
              kind: measured
              source: a toy
            {{more}}
            """);
        Study = _toy.Write("studies/dosed.yaml", $$"""
            title: Dosed toys
            question: Do doses arrive?
            model: ../models/diseases/toy.ant
            scaling: ../models/modules/size_scaling.csv
            drugs: ../models/therapies/inputs.csv
            population: ../models/experiments/populations/toy.yaml
            patients: 6
            seed: 3
            follow_up_months: 1
            arms:
              - {name: Given, regimen: regimens/dosed.yaml}
              - {name: Again, regimen: regimens/dosed.yaml}
            clinical: ../models/clinical
            protocol: eliana
            solver: {relative: 1e-9, absolute: 1e-12, max_steps: 200000}
            observations:
              - {readout: Pill, unit: mg, {{observed}}}
            """);
    }

    public string Study { get; }

    public string Regimen { get; }

    public string Table { get; }

    public string Folder(string name) => Path.Combine(_toy.Root, name);

    /// <summary>Adds statements to the model.</summary>
    public void Model(string statements) => File.AppendAllText(Folder("models/diseases/toy.ant"), "\n" + statements + "\n");

    /// <summary>Problems that loading finds.</summary>
    public IReadOnlyList<Diagnostic> Problems()
    {
        var bag = new DiagnosticBag();
        StudyLoader.Load(Study, bag);
        return bag.Items;
    }

    /// <summary>Runs the study and reads a table of it: rows of cells, without the header.</summary>
    public string[][] Run(string table = "observations.csv", string folder = "run", int threads = 1, bool resume = false)
    {
        var bag = new DiagnosticBag();
        var study = StudyLoader.Load(Study, bag) ?? throw new InputException(bag.Items);
        StudyRunner.Run(study, new RunOptions { OutputFolder = Folder(folder), Threads = threads, Resume = resume }, cancel: TestContext.Current.CancellationToken);
        return Rows(table, folder);
    }

    public string[][] Rows(string table, string folder = "run") =>
        [.. File.ReadAllLines(Path.Combine(Folder(folder), table)).Skip(1).Select(l => l.Split(','))];

    public void Dispose() => _toy.Dispose();
}
