using System.CommandLine;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow convert</c>: lays out an Antimony file, or writes a model flat, with the numbers of its tables in it.</summary>
internal static class ConvertCommand
{
    private static readonly Argument<string> In = new("IN") { Description = "A model (.ant)." };
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
        var command = new Command("convert", "Format an Antimony file, comments kept, or write a model flat (--flat).") { In, To, Flat, Tables };
        command.SetAction((result, _) => Run(result));
        return command;
    }

    private static ExitCode Run(ParseResult result)
    {
        var (from, to, error) = (result.GetRequiredValue(In), result.GetRequiredValue(To), result.InvocationConfiguration.Error);
        var bag = new DiagnosticBag();
        foreach (var path in new[] { from, to }) CheckKind(path, bag);
        from = InputFile.Find(from, bag) ?? from;
        var text = bag.HasErrors ? null : result.GetValue(Flat) ? WriteFlat(from, result.GetValue(Tables) ?? [], bag) : AntimonyFormatter.Format(File.ReadAllText(from), from, bag);
        DiagnosticPrinter.Print(bag.Items, error);
        if (bag.HasErrors || text is null) return Refusal.Of(bag.Items);
        WholeFile.Write(to, writer => writer.Write(text));
        return ExitCode.Done;
    }

    private static string? WriteFlat(string path, string[] tables, DiagnosticBag bag) =>
        ModelSource.Load(path, tables, bag) is { } model ? AntimonyWriter.Write(model.Network) : null;

    private static void CheckKind(string path, DiagnosticBag bag)
    {
        var kind = Path.GetExtension(path).ToLowerInvariant();
        if (kind is ".xml" or ".sbml" or ".omex") bag.Add(CommandErrors.ConversionUnsupported.At(new SourceSpan(path, 0, 0, 1), $"'{kind}' cannot be read or written yet"));
        else if (kind != ".ant") bag.Add(CommandErrors.UnknownKindOfFile.At(new SourceSpan(path, 0, 0, 1), $"'{kind}' is no kind of file that can be converted", "a file ending in .ant"));
    }
}
