using System.CommandLine;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Cli.Simulation;
using Marrow.Exchange.Archives;
using Marrow.Exchange.Sedml;
using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Networks.Sbml.Writing;
using Marrow.Networks.Structure;
using Marrow.Networks.Units;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow convert</c>: lays out an Antimony file, or writes a model flat, with the numbers of its tables in it, as Antimony, as SBML or, with a question to it,
/// as a COMBINE archive.</summary>
internal static class ConvertCommand
{
    private static readonly Argument<string> In = new("IN") { Description = "A model (.ant, or .xml: SBML)." };
    private static readonly Argument<string> To = new("OUT") { Description = "The file to write (.ant, .xml: SBML Level 3, or .omex: a COMBINE archive with the course of the model as SED-ML); may be IN." };
    private static readonly Option<bool> Flat = new("--flat") { Description = "Write out submodules, imports and tables: one model that stands alone." };
    private static readonly Option<string[]> Tables = new("--tables")
    {
        Description = "Parameter tables laid over the model, for --flat [those beside it].",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };
    private static readonly Option<double?> Start = new("--start") { Description = "Time at which the course of an archive starts [0].", HelpName = "TIME" };
    private static readonly Option<double?> End = new("--end") { Description = "Last time of the course [100].", HelpName = "TIME" };
    private static readonly Option<int?> Points = new("--points") { Description = "Times of the course, first and last included [101].", HelpName = "N" };
    private static readonly Option<string?> Species = new("--species") { Description = "What the course shows: species, rule variables, parameters or reactions [all that vary].", HelpName = "A,B,..." };

    internal static Command Create()
    {
        var command = new Command("convert", "Format an Antimony file, comments kept, write a model flat (--flat), from and to SBML, or as a COMBINE archive.") { In, To, Flat, Tables, Start, End, Points, Species };
        command.SetAction((result, _) => Run(result));
        return command;
    }

    private static ExitCode Run(ParseResult result)
    {
        var (from, to, error) = (result.GetRequiredValue(In), result.GetRequiredValue(To), result.InvocationConfiguration.Error);
        if (Usage.Refuse(UsageProblems(result), error)) return ExitCode.Usage;
        var bag = new DiagnosticBag();
        var isFlat = result.GetValue(Flat) || SbmlReader.Reads(from) || SbmlReader.Reads(to);
        CheckKind(from, "marrow simulate, which runs it", bag);
        if (!CombineArchive.Writes(to)) CheckKind(to, "an OUT that ends in .omex", bag);
        from = InputFile.Find(from, bag) ?? from;
        if (CombineArchive.Writes(to)) return WriteArchive(result, from, to, bag);
        var text = bag.HasErrors ? null : isFlat ? WriteFlat(from, to, result.GetValue(Tables) ?? [], bag) : AntimonyFormatter.Format(File.ReadAllText(from), from, bag);
        DiagnosticPrinter.Print(bag.Items, error);
        if (bag.HasErrors || text is null) return Refusal.Of(bag.Items);
        WholeFile.Write(to, writer => writer.Write(text));
        return ExitCode.Done;
    }

    private static IEnumerable<string> UsageProblems(ParseResult result)
    {
        if (CombineArchive.Writes(result.GetRequiredValue(To)))
        {
            if (GridOf(result).Problem() is { } problem) yield return problem;
            if (result.GetValue(Points) is { } points && points - 1 > CourseDocument.MostSteps) yield return $"--points {points} is too many: an archive asks for at most {CourseDocument.MostSteps + 1} times.";
            if (result.GetValue(Flat)) yield return "--flat belongs to a model (.ant or .xml): that of an archive is always flat.";
        }
        else if (new Option[] { Start, End, Points, Species }.Any(option => result.GetResult(option) is not null)) yield return "--start, --end, --points and --species belong to an archive: OUT.omex.";
    }

    private static TimeGrid GridOf(ParseResult result) => new(result.GetValue(Start), result.GetValue(End), result.GetValue(Points), null, null, null);

    /// <summary>The model as <c>marrow simulate</c> reads it, with the course that it would give.</summary>
    private static ExitCode WriteArchive(ParseResult result, string from, string to, DiagnosticBag bag)
    {
        var model = bag.HasErrors ? null : ModelSource.Load(from, result.GetValue(Tables) ?? [], bag);
        var sbml = model is null ? null : Reread(SbmlWriter.Write(model.Network), "SBML", from, bag, SbmlReader.ReadText);
        var wanted = (result.GetValue(Species) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var columns = sbml is null ? null : OutputColumns.Choose(model!.Network, [.. wanted.Distinct()], [], [], bag);
        var times = GridOf(result).ToTimes();
        if (columns is not null && times.Length * (columns.Names.Count + 1L) > CourseDocument.MostValues)
            bag.Add(CommandErrors.ConversionUnsupported.At(new SourceSpan(from, 0, 0, 1), $"{times.Length} times of {columns.Names.Count} quantities are more values than the {CourseDocument.MostValues} that an archive may ask for", "fewer --points, or fewer --species"));
        DiagnosticPrinter.Print(bag.Items, result.InvocationConfiguration.Error);
        if (bag.HasErrors || columns is null) return Refusal.Of(bag.Items);
        var units = new UnitNames(columns.Network);
        var course = new CourseDocument(
            sbml!, times[0], times[^1], times.Length - 1, Simulator.RelativeTolerance, Simulator.AbsoluteTolerance, [.. columns.Names.Select(name => (name, units.Of(name)))])
        {
            TimeUnit = columns.Network.Units.Any(u => u.Id == "time_unit") ? units.Time : "",
        };
        WholeFile.WriteBytes(to, ArchiveWriter.Write(Path.GetFileNameWithoutExtension(to), course));
        return ExitCode.Done;
    }

    private static string? WriteFlat(string from, string to, string[] tables, DiagnosticBag bag)
    {
        if (ModelSource.Load(from, tables, bag) is not { } model) return null;
        if (SbmlReader.Reads(to)) return Reread(SbmlWriter.Write(model.Network), "SBML", from, bag, SbmlReader.ReadText);
        if (AntimonyWriter.Unspeakable(model.Network) is var (what, where))
        {
            bag.Add(CommandErrors.ConversionUnsupported.At(where, $"Antimony has no words for {what}", "writing it as SBML (.xml)"));
            return null;
        }
        var text = AntimonyWriter.Write(model.Network);
        return SbmlReader.Reads(from) ? Reread(text, "Antimony", from, bag, (again, name, problems) => AntimonyReader.ReadText(again, name, problems)) : text;
    }

    /// <summary>Names of SBML may be words of Antimony; a text that could not be read back is not written.</summary>
    private static string? Reread(string text, string language, string path, DiagnosticBag bag, Func<string, string, DiagnosticBag, ReactionNetwork?> read)
    {
        var again = new DiagnosticBag();
        if (read(text, path, again) is not null) return text;
        var problem = again.Items.First(d => d.Severity == Severity.Error);
        bag.Add(CommandErrors.ConversionUnsupported.At(new SourceSpan(path, 0, 0, 1), $"the model has no spelling in {language}: {problem.What}", "renaming what is called like a word of it"));
        return null;
    }

    private static void CheckKind(string path, string insteadOfArchive, DiagnosticBag bag)
    {
        var kind = Path.GetExtension(path).ToLowerInvariant();
        if (CombineArchive.Reads(path)) bag.Add(CommandErrors.ConversionUnsupported.At(new SourceSpan(path, 0, 0, 1), $"archives ('{kind}') are not converted, and of them only .omex is written", insteadOfArchive));
        else if (kind != ".ant" && !SbmlReader.Reads(path)) bag.Add(CommandErrors.UnknownKindOfFile.At(new SourceSpan(path, 0, 0, 1), $"'{kind}' is no kind of file that can be converted", "a file ending in .ant, .xml or .omex"));
    }
}
