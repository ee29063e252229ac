using System.CommandLine;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Networks.Diagnostics;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow new</c>: commented files to start from, that check and run as they are.</summary>
internal static class NewCommand
{
    // Several files that belong together and would crowd the user's folder.
    private const string WithOwnFolder = "drug";

    private static readonly Argument<string> Kind = new("KIND") { Description = "study, model, drug, regimen or population.", HelpName = "study|model|drug|regimen|population" };
    private static readonly Argument<string> Name = new("NAME") { Description = "Its name: letters, digits and _; a folder may stand before it." };

    internal static Command Create()
    {
        var command = new Command("new", "A study, model, drug, regimen or population to start from: commented, and runs as it is. Nothing is overwritten.") { Kind, Name };
        command.SetAction((result, _) => Run(result));
        return command;
    }

    private static ExitCode Run(ParseResult result)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var (kind, path) = (result.GetRequiredValue(Kind), result.GetRequiredValue(Name));
        var name = Path.GetFileName(path);
        if (Usage.Refuse(Problems(kind, name), error)) return ExitCode.Usage;
        var folder = Path.Combine(Path.GetDirectoryName(path) ?? "", kind == WithOwnFolder ? name : "");
        var files = Template.Of(kind)!.Write(name);
        var bag = new DiagnosticBag();
        foreach (var target in files.Select(f => Path.Combine(folder, f.File)).Where(Path.Exists))
            bag.Add(CommandErrors.FileExists.At(new SourceSpan(target, 0, 0, 1), "it is there already, and nothing was written"));
        if (!bag.HasErrors) Try(files, bag);
        DiagnosticPrinter.Print(bag.Items, error);
        if (bag.HasErrors) return ExitCode.WrongInput;
        foreach (var (file, text) in files)
        {
            var target = Path.Combine(folder, file);
            WholeFile.Write(target, writer => writer.Write(text));
            output.WriteLine(target);
        }
        if (folder.Length > 0) output.WriteLine($"cd {folder}");
        output.WriteLine(Template.Next(files[0].Text));
        return ExitCode.Done;
    }

    private static IEnumerable<string> Problems(string kind, string name)
    {
        if (Template.Of(kind) is null)
        {
            yield return Template.Kinds.Count == 0 ? "The templates of this installation are missing."
                : $"'{kind}' is nothing to start from; try: {Spelling.Hint(kind, Template.Kinds, string.Join(", ", Template.Kinds))}";
        }
        if (!Template.IsName(name)) yield return $"'{name}' is no name; try: letters, digits and _, a letter first, such as first_try.";
    }

    // A name may clash with one of Marrow's own, which only the files themselves can tell.
    private static void Try(IReadOnlyList<(string File, string Text)> files, DiagnosticBag bag)
    {
        var folder = Directory.CreateTempSubdirectory("marrow-new-").FullName;
        try
        {
            foreach (var (file, text) in files) File.WriteAllText(Path.Combine(folder, file), text);
            foreach (var (file, _) in files.Where(f => !f.File.EndsWith(".csv", StringComparison.Ordinal)))
            {
                var problems = new DiagnosticBag();
                new FileChecker().Check(Path.Combine(folder, file), problems);
                bag.AddRange(problems.Items.Where(p => p.Severity == Severity.Error).Select(p => p with { Where = p.Where with { File = Path.GetFileName(p.Where.File) } }));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
