using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marrow.Cli.Output;
using Marrow.Exchange.Petab;
using Marrow.Networks.Diagnostics;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow fit PROBLEM.yaml --evaluate</c>: a PEtab problem at its nominal parameters.</summary>
/// <param name="Path">The problem.</param>
/// <param name="Evaluate">Whether it is to be evaluated, not estimated.</param>
/// <param name="Table">File for the simulation table.</param>
/// <param name="Json">Whether the figures are wanted as JSON.</param>
/// <param name="Relative">Relative tolerance of the solver.</param>
/// <param name="Absolute">Absolute tolerance of the solver.</param>
internal sealed record PetabFit(string Path, bool Evaluate, string? Table, bool Json, double? Relative, double? Absolute)
{
    private const double UsualRelative = 1e-10, UsualAbsolute = 1e-16;

    internal ExitCode Run(TextWriter output, TextWriter error, CancellationToken cancel)
    {
        var bag = new DiagnosticBag();
        var problem = PetabProblem.Load(Path, bag);
        if (!Evaluate) bag.Add(PetabProblem.NotEstimated(Path));
        DiagnosticPrinter.Print(bag.Items, error);
        if (problem is null || bag.HasErrors) return Refusal.Of(bag.Items);

        error.WriteLine($"{problem.Name}: {problem.Size}. For research use only.");
        var found = PetabEvaluation.Evaluate(problem, Relative ?? UsualRelative, Absolute ?? UsualAbsolute, cancel);
        if (Table is not null) WholeFile.Write(Table, found.WriteTable);
        if (found.Impossible is { } impossible) error.WriteLine($"marrow: the likelihood is not a number: {impossible}");
        if (Json) output.WriteLine(PetabFigures.Of(problem, found));
        else Print(found, output);
        return ExitCode.Done;
    }

    private static void Print(PetabEvaluation found, TextWriter output)
    {
        void Line(string name, double value) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-14}  {value:G10}"));
        Line("log-likelihood", found.LogLikelihood);
        Line("chi2", found.ChiSquared);
        if (found.LogPrior is { } prior)
        {
            Line("log-prior", prior);
            Line("log-posterior", found.LogPosterior);
        }
        Line("measurements", found.Judged);
    }
}

/// <summary>The figures of an evaluation as JSON. Keys are added, never renamed.</summary>
internal sealed record PetabFigures(
    int Format, string Problem, double LogLikelihood, double Chi2, double? LogPrior, double LogPosterior, IReadOnlyDictionary<string, double> LogPriors, int Measurements)
{
    private const int CurrentFormat = 1;

    internal static string Of(PetabProblem problem, PetabEvaluation found) => JsonSerializer.Serialize(
        new PetabFigures(CurrentFormat, problem.Name, found.LogLikelihood, found.ChiSquared, found.LogPrior, found.LogPosterior, found.LogPriors, found.Judged),
        PetabFiguresContext.Default.PetabFigures);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(PetabFigures))]
internal sealed partial class PetabFiguresContext : JsonSerializerContext;
