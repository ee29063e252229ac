using System.CommandLine;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Networks.Diagnostics;
using Marrow.Reports.Diagrams;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow diagram</c>: the network of a model as a picture with what stands behind each arrow.</summary>
internal static class DiagramCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "Antimony model (.ant)." };
    private static readonly Option<string[]> Tables = new("--table") { Description = "Parameter table laid over the model; may be repeated, later rows win.", HelpName = "FILE" };
    private static readonly Option<string?> Out = new("--out") { Description = "The page [MODEL.html in the current folder]; it opens offline and saves SVG.", HelpName = "FILE.html" };

    internal static Command Create()
    {
        var command = new Command("diagram", "The network of a model as a page: modules, species and reactions, and behind each its equation, numbers and sources.") { Model, Tables, Out };
        command.SetAction((result, _) => Run(result));
        return command;
    }

    private static ExitCode Run(ParseResult result)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var model = result.GetRequiredValue(Model);
        var path = result.GetValue(Out) ?? Path.GetFileNameWithoutExtension(model) + ".html";
        if (Usage.Refuse(path.EndsWith(".html", StringComparison.OrdinalIgnoreCase) ? [] : [$"--out '{path}' does not end in .html; the page saves what it shows as SVG."], error)) return ExitCode.Usage;
        var bag = new DiagnosticBag();
        var loaded = ModelSource.Load(model, result.GetValue(Tables) ?? [], bag);
        DiagnosticPrinter.Print(bag.Items, error);
        if (loaded is null || bag.HasErrors) return Refusal.Of(bag.Items);
        WholeFile.Write(path, writer => DiagramWriter.Write(loaded, ProgramVersion.Text, writer));
        output.WriteLine($"Diagram: {Path.GetFullPath(path)}");
        return ExitCode.Done;
    }
}
