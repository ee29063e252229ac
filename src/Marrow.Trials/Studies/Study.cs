using Marrow.Networks.Provenance;
using Marrow.Trials.Clinical;
using Marrow.Trials.Endpoints;
using Marrow.Trials.Observations;
using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;

namespace Marrow.Trials.Studies;

/// <summary>An arm: a name and a regimen, given to the same virtual patients as the other arms.</summary>
public sealed record StudyArm
{
    internal StudyArm(string name, Regimen regimen, Crossover? crossover)
    {
        Name = name;
        Regimen = regimen;
        Crossover = crossover;
    }

    /// <summary>Name in tables and reports.</summary>
    public string Name { get; }

    /// <summary>Title of the regimen.</summary>
    public string Treatment => Regimen.Title;

    /// <summary>Whether time passes between enrolment and treatment, as where cells are made.</summary>
    public bool HasPreparation => Regimen.Preparation is not null;

    /// <summary>The treatment plan.</summary>
    internal Regimen Regimen { get; }

    /// <summary>What patients go over to; null if they do not.</summary>
    internal Crossover? Crossover { get; }

    /// <summary>Every regimen of the arm.</summary>
    internal IEnumerable<Regimen> Regimens => Crossover is null ? [Regimen] : [Regimen, Crossover.Regimen];
}

/// <summary>The contents of a study's files.</summary>
internal sealed record StudyParts(LoadedModel Model, Population Population, ClinicalProtocol Clinical, SizeScaling Scaling, PublishedTable? Published, PublishedCurves? Curves);

/// <summary>Tolerances and limits of the solver.</summary>
/// <param name="Relative">Relative tolerance.</param>
/// <param name="Absolute">Absolute tolerance, in units of the states.</param>
/// <param name="MaxSteps">Steps of one trajectory before it counts as failed.</param>
public sealed record SolverSettings(double Relative, double Absolute, int MaxSteps);

/// <summary>A study: a question, a model, a population and arms. Read by <see cref="StudyLoader"/>, run by <c>StudyRunner</c>.</summary>
public sealed partial record Study
{
    internal Study(StudyParts parts) => Parts = parts;

    /// <summary>Days of a month in all endpoints (365.25/12).</summary>
    public const double DaysPerMonth = 30.4375;

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>The question it answers.</summary>
    public required string Question { get; init; }

    /// <summary>The study file.</summary>
    public required string File { get; init; }

    /// <summary>The model (Antimony).</summary>
    public required string ModelFile { get; init; }

    /// <summary>Parameter tables, later rows win.</summary>
    public required IReadOnlyList<string> TableFiles { get; init; }

    /// <summary>Which parameters scale with size and age.</summary>
    public required string ScalingFile { get; init; }

    /// <summary>How drugs enter the model.</summary>
    public required string DrugFile { get; init; }

    /// <summary>How drugs of the user's own enter the model; null if there are none.</summary>
    public string? OwnDrugFile { get; init; }

    /// <summary>Folder of the clinical tables.</summary>
    public required string ClinicalFolder { get; init; }

    /// <summary>Visit and response protocol of the clinical tables.</summary>
    public required string Protocol { get; init; }

    /// <summary>Published figures beside which the results are shown; null if there are none.</summary>
    public required string? PublishedFile { get; init; }

    /// <summary>Published survival curves that stand beside the simulated ones; null if there are none.</summary>
    public string? PublishedCurvesFile { get; init; }

    /// <summary>Population file.</summary>
    public required string PopulationFile { get; init; }

    /// <summary>Arms, in the order of the file.</summary>
    public required IReadOnlyList<StudyArm> Arms { get; init; }

    /// <summary>Patients enrolled.</summary>
    public required int Patients { get; init; }

    /// <summary>Seed of every random number.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Follow-up after infusion (or enrolment), months of <see cref="DaysPerMonth"/> days.</summary>
    public required double FollowUpMonths { get; init; }

    /// <summary>Share of patients that may fail before the run counts as failed.</summary>
    public required double AllowedFailures { get; init; }

    /// <summary>Solver settings.</summary>
    public required SolverSettings Solver { get; init; }

    /// <summary>Endpoints to report; empty means all that the protocol knows.</summary>
    public required IReadOnlyList<string> Endpoints { get; init; }

    /// <summary>How well typical values are known; null if they are taken as known.</summary>
    internal Uncertainty? Uncertainty { get; init; }

    /// <summary>Readouts that are observed with error.</summary>
    internal IReadOnlyList<ObservationRule> Observations { get; init; } = [];

    /// <summary>What a reader of the results must know of how values change with time and how uncertainty was drawn, a sentence each.</summary>
    public IReadOnlyList<string> Stated =>
    [
        .. Parts.Population.TimeVarying.Select(t => t.Statement),
        .. Arms.Where(a => a.Regimen.Table is not null).Select(a => $"arm {a.Name}: {a.Regimen.Table!.Statement}"),
        .. Uncertainty is { } u ? [$"{u.Values.Count} typical values are uncertain: patient i belongs to replicate i mod {u.Replicates}, and each replicate has its own draw of them"] : Array.Empty<string>(),
    ];

    /// <summary>Numbers of the study's own file and of the tables that only it names.</summary>
    internal IReadOnlyList<SourcedNumber> Numbers { get; init; } = [];

    /// <summary>What the files hold.</summary>
    internal StudyParts Parts { get; }

    /// <summary>Every input file.</summary>
    public IEnumerable<string> InputFiles =>
        new[] { File, ModelFile, ScalingFile, DrugFile, PopulationFile }
            .Concat(TableFiles).Concat(Arms.SelectMany(a => a.Regimens).SelectMany(r => new[] { r.File, r.Table?.Table.File }).OfType<string>())
            .Concat(new[] { PublishedFile, PublishedCurvesFile, OwnDrugFile }.OfType<string>())
            .Concat(Parts.Model.CountedFile is { } counted ? [counted] : [])
            .Concat(Parts.Population.MoreFiles).Concat(new[] { Uncertainty?.TableFile, Uncertainty?.CorrelationFile }.OfType<string>())
            .Distinct(StringComparer.Ordinal);
}
