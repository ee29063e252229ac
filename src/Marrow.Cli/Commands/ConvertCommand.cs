using System.CommandLine;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Networks.Sbml.Writing;
using Marrow.Networks.Structure;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow convert</c>: lays out an Antimony file, or writes a model flat, with the numbers of its tables in it, as Antimony or SBML.</summary>
internal static class ConvertCommand
{
    private static readonly Argument<string> In = new("IN") { Description = "A model (.ant, or .xml: SBML)." };
    private static readonly Argument<string> To = new("OUT") { Description = "The file to write (.ant, or .xml: SBML Level 3); may be IN." };
    private static readonly Option<bool> Flat = new("--flat") { Description = "Write out submodules, imports and tables: one model that stands alone." };
    private static readonly Option<string[]> Tables = new("--tables")
    {
        Description = "Parameter tables laid over the model, for --flat [those beside it].",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    internal static Command Create()
    {
        var command = new Command("convert", "Format an Antimony file, comments kept, write a model flat (--flat), or from and to SBML.") { In, To, Flat, Tables };
        command.SetAction((result, _) => Run(result));
        return command;
    }

    private static ExitCode Run(ParseResult result)
    {
        var (from, to, error) = (result.GetRequiredValue(In), result.GetRequiredValue(To), result.InvocationConfiguration.Error);
        var bag = new DiagnosticBag();
        var isFlat = result.GetValue(Flat) || SbmlReader.Reads(from) || SbmlReader.Reads(to);
        CheckKind(from, bag);
        CheckKind(to, bag);
        from = InputFile.Find(from, bag) ?? from;
        var text = bag.HasErrors ? null : isFlat ? WriteFlat(from, to, result.GetValue(Tables) ?? [], bag) : AntimonyFormatter.Format(File.ReadAllText(from), from, bag);
        DiagnosticPrinter.Print(bag.Items, error);
        if (bag.HasErrors || text is null) return Refusal.Of(bag.Items);
        WholeFile.Write(to, writer => writer.Write(text));
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

    private static void CheckKind(string path, DiagnosticBag bag)
    {
        var kind = Path.GetExtension(path).ToLowerInvariant();
        if (kind is ".omex") bag.Add(CommandErrors.ConversionUnsupported.At(new SourceSpan(path, 0, 0, 1), $"'{kind}' cannot be read or written yet"));
        else if (kind != ".ant" && !SbmlReader.Reads(path)) bag.Add(CommandErrors.UnknownKindOfFile.At(new SourceSpan(path, 0, 0, 1), $"'{kind}' is no kind of file that can be converted", "a file ending in .ant or .xml"));
    }
}
