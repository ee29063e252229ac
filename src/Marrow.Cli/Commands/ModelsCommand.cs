using System.CommandLine;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Networks.Diagnostics;
using Marrow.Reports.Pages;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow models</c>: the models at hand, and the card of one.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string?> Name = new("NAME") { Description = "Disease, module or therapy whose card is printed.", Arity = ArgumentArity.ZeroOrOne };

    internal static Command Create()
    {
        var command = new Command("models", "The models at hand; with a name, its card: question, equations, numbers and their sources, known failures.") { Name };
        command.SetAction((result, _) => Run(result));
        return command;
    }

    private static ExitCode Run(ParseResult result)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var bag = new DiagnosticBag();
        if (ModelFolder.Find("cards", bag) is not { } folder)
        {
            DiagnosticPrinter.Print(bag.Items, error);
            return ExitCode.WrongInput;
        }
        var cards = new ModelCards(folder, ModelFolder.Load);
        if (result.GetValue(Name) is not { } name)
        {
            List(cards, output);
            return ExitCode.Done;
        }
        if (cards.Names.Contains(name))
        {
            output.Write(cards.Write(name));
            return ExitCode.Done;
        }
        DiagnosticPrinter.Print([CommandErrors.UnknownName.Misspelt(name, name, "no card has this name", cards.Names)], error);
        return ExitCode.WrongInput;
    }

    private static void List(ModelCards cards, TextWriter output)
    {
        var width = cards.Names.Max(n => n.Length);
        foreach (var kind in cards.Names.GroupBy(n => cards.About(n).Kind))
        {
            output.WriteLine($"{kind.Key}:");
            foreach (var name in kind) output.WriteLine($"  {name.PadRight(width)}  {cards.About(name).Title}");
        }
    }
}
