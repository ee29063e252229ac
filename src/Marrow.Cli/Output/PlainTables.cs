using Marrow.Reports;
using Spectre.Console;

namespace Marrow.Cli.Output;

/// <summary>Tables on the terminal, and as plain text in files.</summary>
internal static class PlainTables
{
    private const int WidthOfFiles = 140;

    /// <summary>A console that writes to an output: colours and the terminal's width where it is one.</summary>
    internal static IAnsiConsole Console(TextWriter output)
    {
        var terminal = ReferenceEquals(output, System.Console.Out) && !System.Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No });
        if (!terminal) console.Profile.Width = WidthOfFiles;
        return console;
    }

    internal static void Write(IEnumerable<ComparisonTable> tables, TextWriter output)
    {
        var console = Console(output);
        foreach (var table in tables)
        {
            var drawn = new Table { Title = new TableTitle(Markup.Escape(table.Title)), Border = TableBorder.Simple };
            foreach (var column in table.Columns) drawn.AddColumn(Markup.Escape(column));
            foreach (var row in table.Rows) drawn.AddRow([.. row.Select(Markup.Escape)]);
            console.Write(drawn);
        }
    }
}
