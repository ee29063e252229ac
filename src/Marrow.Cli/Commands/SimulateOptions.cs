using System.CommandLine;
using Marrow.Cli.Simulation;
using Marrow.Numerics.Ode;

namespace Marrow.Cli.Commands;

/// <summary>The options of <c>marrow simulate</c>, and what one command line says with them.</summary>
internal sealed class SimulateOptions(ParseResult result)
{
    private static readonly Argument<string?> ModelArgument = new("MODEL") { Description = "Antimony (.ant) or SBML model (.xml), SED-ML document (.sedml) or COMBINE archive (.omex, .sedx); not with --batch.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<double?> StartOption = new("--start") { Description = "Time at which the model starts [0].", HelpName = "TIME" };
    private static readonly Option<double?> EndOption = new("--end") { Description = "Last time [100].", HelpName = "TIME" };
    private static readonly Option<int?> PointsOption = new("--points") { Description = "Rows, first and last time included [101].", HelpName = "N" };
    private static readonly Option<double?> DurationOption = new("--duration") { Description = "Time simulated, with --steps instead of --end and --points.", HelpName = "D" };
    private static readonly Option<int?> StepsOption = new("--steps") { Description = "Intervals within --duration.", HelpName = "N" };
    private static readonly Option<string?> TimesOption = new("--times") { Description = "Times of the rows, such as 0,7,28; the model starts at the first.", HelpName = "T,T,..." };
    private static readonly Option<string[]> SetOption = new("--set") { Description = "Value of a parameter, or initial value of a species; may be repeated.", HelpName = "NAME=VALUE" };
    private static readonly Option<string[]> SpeciesOption = new("--species") { Description = "Columns: species, rule variables, parameters or reactions [all that vary].", HelpName = "A,B,..." };
    private static readonly Option<string[]> AmountOption = new("--amount") { Description = "Species written as amounts.", HelpName = "A,..." };
    private static readonly Option<string[]> ConcentrationOption = new("--concentration") { Description = "Species written as concentrations.", HelpName = "B,..." };
    private static readonly Option<double?> RelativeToleranceOption = new("--rtol") { Description = "Relative tolerance [1e-6].", HelpName = "R" };
    private static readonly Option<double?> AbsoluteToleranceOption = new("--atol") { Description = "Absolute tolerance [1e-9].", HelpName = "A" };
    private static readonly Option<string[]> TablesOption = new("--table") { Description = "Parameter table laid over the model; may be repeated, later rows win.", HelpName = "FILE" };
    private static readonly Option<SimulationMethod> MethodOption = new("--method") { Description = "ode: differential equations; ssa: every reaction by itself, exactly; tau: many reactions at once; hybrid: counted populations random while small [auto].", HelpName = "auto|ode|ssa|tau|hybrid" };
    private static readonly Option<int?> RepeatsOption = new("--repeats") { Description = "Repeats of a random simulation; writes mean and standard deviation of each column.", HelpName = "N" };
    private static readonly Option<ulong?> SeedOption = new("--seed") { Description = "Seed of a random simulation [1].", HelpName = "S" };
    private static readonly Option<double?> UnitOption = new("--unit") { Description = "What one individual is in the unit of the species, for --method ssa and tau [OneCell of the model, or 1].", HelpName = "U" };
    private static readonly Option<double?> EpsilonOption = new("--epsilon") { Description = "Relative change of rates within a leap of --method tau [0.03].", HelpName = "E" };
    private static readonly Option<string?> CountedOption = new("--counted") { Description = "Table of the populations that --method hybrid counts [modules/counted.csv above the model].", HelpName = "FILE" };
    private static readonly Option<string?> PlotOption = new("--plot") { Description = "Curves at once, in the terminal or in a file (.svg, .html); the table then goes only to --out.", HelpName = "terminal|FILE", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> LogOption = new("--log") { Description = "Logarithmic vertical axes, with --plot." };
    private static readonly Option<string?> EnsembleOption = new("--ensemble") { Description = "Table with a row a patient and a column a parameter, species or compartment; writes all patients, by id.", HelpName = "TABLE.csv" };
    private static readonly Option<bool> SteadyStateOption = new("--steady-state") { Description = "Where the model comes to rest, instead of a course: a table of names and values." };
    private static readonly Option<string?> BatchOption = new("--batch") { Description = "Many runs in one process: a JSON object a line; --out is then a folder.", HelpName = "MANIFEST.jsonl" };
    private static readonly Option<string?> DosesOption = new("--doses") { Description = "Clinical dosing table: every ID is simulated, with rows at its observations and at times given here.", HelpName = "TABLE.csv" };
    private static readonly Option<string?> OutOption = new("--out") { Description = "File for the table [standard output]; with --batch, a document or an archive a folder.", HelpName = "FILE|DIR" };

    private static readonly Option[] All =
    [
        StartOption, EndOption, PointsOption, DurationOption, StepsOption, TimesOption, SetOption, SpeciesOption, AmountOption, ConcentrationOption, RelativeToleranceOption, AbsoluteToleranceOption, TablesOption,
        MethodOption, RepeatsOption, SeedOption, UnitOption, EpsilonOption, CountedOption, PlotOption, LogOption, EnsembleOption, SteadyStateOption, BatchOption, DosesOption, OutOption,
    ];

    /// <summary>Gives a command its argument and options.</summary>
    internal static void AddTo(Command command)
    {
        command.Add(ModelArgument);
        foreach (var option in All) command.Add(option);
    }

    internal string? Model => result.GetValue(ModelArgument);

    internal TimeGrid Grid => new(
        result.GetValue(StartOption), result.GetValue(EndOption), result.GetValue(PointsOption), result.GetValue(DurationOption), result.GetValue(StepsOption), result.GetValue(TimesOption));

    internal IReadOnlyList<string> Set => result.GetValue(SetOption) ?? [];

    internal IReadOnlyList<string> Species => List(SpeciesOption);

    internal IReadOnlyList<string> Amount => List(AmountOption);

    internal IReadOnlyList<string> Concentration => List(ConcentrationOption);

    internal StepperOptions Tolerances => new()
    {
        RelativeTolerance = result.GetValue(RelativeToleranceOption) ?? 1e-6,
        AbsoluteTolerance = result.GetValue(AbsoluteToleranceOption) ?? 1e-9,
    };

    internal IReadOnlyList<string> Tables => result.GetValue(TablesOption) ?? [];

    internal SimulationMethod Method => result.GetValue(MethodOption);

    internal bool IsRandom => Method is SimulationMethod.Ssa or SimulationMethod.Tau or SimulationMethod.Hybrid;

    internal RandomSettings Random => new(
        Method, result.GetValue(RepeatsOption), result.GetValue(SeedOption) ?? 1, result.GetValue(UnitOption), result.GetValue(EpsilonOption) ?? 0.03, Tolerances.RelativeTolerance, Tolerances.AbsoluteTolerance);

    internal string? Counted => result.GetValue(CountedOption);

    internal PlotTarget? Plot => result.GetResult(PlotOption) is null ? null : new PlotTarget(result.GetValue(PlotOption) ?? PlotTarget.Terminal, result.GetValue(LogOption));

    internal string? Ensemble => result.GetValue(EnsembleOption);

    internal bool SteadyState => result.GetValue(SteadyStateOption);

    internal string? Batch => result.GetValue(BatchOption);

    internal string? Doses => result.GetValue(DosesOption);

    internal string? Out => result.GetValue(OutOption);

    /// <summary>Whether the model is a SED-ML document or an archive, which says itself what is simulated.</summary>
    internal bool IsDocument => Model is { } model && DocumentRun.Reads(model);

    internal TextWriter Output => result.InvocationConfiguration.Output;

    internal TextWriter Error => result.InvocationConfiguration.Error;

    /// <summary>What is wrong with the options taken together; each alone is checked when it is parsed.</summary>
    internal IEnumerable<string> Problems()
    {
        if (Batch is null == Model is null) yield return "Name a model, or a manifest with --batch.";
        if (Batch is not null && Out is null) yield return "--batch needs a folder: --out DIR.";
        if (IsDocument && Out is null) yield return "A SED-ML document or archive needs a folder for what it writes: --out DIR.";
        if (IsDocument && All.Any(option => option != OutOption && result.GetResult(option) is { Implicit: false }))
            yield return "A SED-ML document or archive says itself what is simulated: only --out stands beside it.";
        if (Grid.Problem() is { } problem) yield return problem;
        foreach (var text in Set.Where(text => Overrides.Parse(text) is null))
            yield return $"--set '{text}' is not of the form NAME=VALUE, such as --set KillRate=0.5.";
        if (!IsRandom && (result.GetValue(RepeatsOption) is not null || result.GetValue(SeedOption) is not null)) yield return "--repeats and --seed belong to --method ssa, tau or hybrid.";
        if (result.GetValue(RepeatsOption) is < 2) yield return "--repeats must be at least 2; leave it out for a single course.";
        if (result.GetValue(UnitOption) is not null && Method is not (SimulationMethod.Ssa or SimulationMethod.Tau)) yield return "--unit belongs to --method ssa or tau.";
        if (result.GetValue(EpsilonOption) is { } epsilon && (Method != SimulationMethod.Tau || !(epsilon > 0 && epsilon < 1))) yield return "--epsilon belongs to --method tau, and lies between 0 and 1.";
        if (Counted is not null && Method != SimulationMethod.Hybrid) yield return "--counted belongs to --method hybrid.";
        if (Ensemble is not null && (IsRandom || Plot is not null || Doses is not null)) yield return "--ensemble follows the differential equations and writes a table: not with --method ssa, tau or hybrid, --doses or --plot.";
        if (Doses is not null && (Method is not (SimulationMethod.Auto or SimulationMethod.Ode) || Batch is not null || Plot is not null))
            yield return "--doses goes with --method ode, and neither with --batch nor with --plot.";
        if (Plot?.Problem() is { } plot) yield return plot;
        if (SteadyState && (IsRandom || new Option[] { EndOption, PointsOption, DurationOption, TimesOption, PlotOption, EnsembleOption, DosesOption, BatchOption }.Any(option => result.GetResult(option) is not null)))
            yield return "--steady-state stands without times, --plot, --ensemble, --doses, --batch and random methods.";
        if (result.GetValue(LogOption) && Plot is null) yield return "--log belongs to --plot.";
        foreach (var option in new[] { RelativeToleranceOption, AbsoluteToleranceOption, UnitOption })
        {
            if (result.GetValue(option) is { } value && !(value > 0 && double.IsFinite(value))) yield return $"{option.Name} must be above 0.";
        }
    }

    // An empty list arrives as one empty word from programs that always write every option.
    private string[] List(Option<string[]> option) =>
        [.. (result.GetValue(option) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()];
}
