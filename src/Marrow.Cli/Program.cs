using Marrow.Cli;

return (int)await MarrowCommand.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
