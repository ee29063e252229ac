using System.CommandLine;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Experiments;

namespace Marrow.Cli.Commands;

/// <summary>Options that several commands have, with the same words and limits.</summary>
internal static class CommonOptions
{
    internal static Option<string?> Out(string what) => new("--out") { Description = what, HelpName = "DIR" };

    internal static Option<bool> Resume(string kept) => new("--resume") { Description = $"Go on with the run in the folder; {kept} not simulated again." };

    internal static Option<int?> Threads() =>
        new Option<int?>("--threads") { Description = "Threads [one a processor]; results do not depend on it.", HelpName = "T" }.AtLeast(1);

    internal static Option<ulong?> Seed(string otherwise) =>
        new("--seed") { Description = $"Seed of every random number{otherwise}.", HelpName = "S" };

    internal static Option<int?> Patients(string what, int least = 1) => new Option<int?>("--patients") { Description = what, HelpName = "N" }.AtLeast(least);

    /// <summary>Rows of a table, by name and separated by commas.</summary>
    internal static Option<string?> Rows(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    /// <summary>The names that were asked for; one that the table lacks is a problem.</summary>
    internal static string[] Names(this ParseResult arguments, Option<string?> option, IEnumerable<string> known, DiagnosticBag bag)
    {
        var names = arguments.GetValue(option)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        string[] all = [.. known.Distinct()];
        foreach (var name in names.Except(all))
            bag.Add(CommandErrors.UnknownName.Misspelt(option.Name, name, $"the table has no '{name}'", all));
        return names;
    }

    /// <summary>How experiments are run; what was not asked for is as usual.</summary>
    internal static EffectsOptions Experiment(
        this ParseResult arguments, string models, string folder, Option<int?> patients, Option<ulong?> seed, Option<int?> threads)
    {
        var usual = new EffectsOptions { Root = Path.GetDirectoryName(models)!, Journal = Path.Combine(folder, "journal") };
        return usual with
        {
            Pairs = arguments.GetValue(patients) ?? usual.Pairs,
            Seed = arguments.GetValue(seed) ?? usual.Seed,
            Threads = arguments.GetValue(threads) ?? usual.Threads,
        };
    }

    private static Option<int?> AtLeast(this Option<int?> option, int least)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var value) && value < least) result.AddError($"{option.Name} must be at least {least}.");
        });
        return option;
    }
}
