using System.CommandLine;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow convert</c>: lays out an Antimony file, or writes a model, SBML too, flat, with the numbers of its tables in it.</summary>
internal static class ConvertCommand
{
    private static readonly Argument<string> In = new("IN") { Description = "A model (.ant, or .xml: SBML)." };
    private static readonly Argument<string> To = new("OUT") { Description = "The file to write (.ant); may be IN." };
    private static readonly Option<bool> Flat = new("--flat") { Description = "Write out submodules, imports and tables: one model that stands alone." };
    private static readonly Option<string[]> Tables = new("--tables")
    {
        Description = "Parameter tables laid over the model, for --flat [those beside it].",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    internal static Command Create()
    {
        var command = new Command("convert", "Format an Antimony file, comments kept, write a model flat (--flat), or write SBML as Antimony.") { In, To, Flat, Tables };
        command.SetAction((result, _) => Run(result));
        return command;
    }

    private static ExitCode Run(ParseResult result)
    {
        var (from, to, error) = (result.GetRequiredValue(In), result.GetRequiredValue(To), result.InvocationConfiguration.Error);
        var bag = new DiagnosticBag();
        var isFlat = result.GetValue(Flat) || SbmlReader.Reads(from);
        if (!SbmlReader.Reads(from)) CheckKind(from, bag);
        CheckKind(to, bag);
        from = InputFile.Find(from, bag) ?? from;
        var text = bag.HasErrors ? null : isFlat ? WriteFlat(from, result.GetValue(Tables) ?? [], bag) : AntimonyFormatter.Format(File.ReadAllText(from), from, bag);
        DiagnosticPrinter.Print(bag.Items, error);
        if (bag.HasErrors || text is null) return Refusal.Of(bag.Items);
        WholeFile.Write(to, writer => writer.Write(text));
        return ExitCode.Done;
    }

    private static string? WriteFlat(string path, string[] tables, DiagnosticBag bag) =>
        ModelSource.Load(path, tables, bag) is { } model ? Reread(AntimonyWriter.Write(model.Network), path, bag) : null;

    /// <summary>Names of SBML may be words of Antimony; a text that could not be read back is not written.</summary>
    private static string? Reread(string text, string path, DiagnosticBag bag)
    {
        if (!SbmlReader.Reads(path)) return text;
        var again = new DiagnosticBag();
        if (AntimonyReader.ReadText(text, path, again) is not null) return text;
        var problem = again.Items.First(d => d.Severity == Severity.Error);
        bag.Add(CommandErrors.ConversionUnsupported.At(new SourceSpan(path, 0, 0, 1), $"the model has no spelling in Antimony: {problem.What}", "renaming what is called like a word of Antimony"));
        return null;
    }

    private static void CheckKind(string path, DiagnosticBag bag)
    {
        var kind = Path.GetExtension(path).ToLowerInvariant();
        if (kind is ".xml" or ".sbml" or ".omex") bag.Add(CommandErrors.ConversionUnsupported.At(new SourceSpan(path, 0, 0, 1), $"'{kind}' cannot be read or written yet"));
        else if (kind != ".ant") bag.Add(CommandErrors.UnknownKindOfFile.At(new SourceSpan(path, 0, 0, 1), $"'{kind}' is no kind of file that can be converted", "a file ending in .ant"));
    }
}
