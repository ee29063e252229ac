using Marrow.Trials.Studies;

namespace Marrow.Trials.Fit;

/// <summary>Standard errors and correlations of a fit, as the key <c>uncertainty</c> of a study reads them: one pair of tables for each disease,
/// the parameters that all share included.</summary>
internal static class UncertaintyTables
{
    /// <summary>Writes the tables.</summary>
    public static void Write(FitResult result, string folder)
    {
        var diseases = result.Problem.Parameters.Select(p => p.Disease).Where(d => d.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var disease in diseases.Length == 0 ? [""] : diseases)
        {
            int[] own = [.. Enumerable.Range(0, result.Problem.Parameters.Count).Where(j => result.Problem.Parameters[j].Disease is var of && (of.Length == 0 || of == disease))];
            var name = disease.Length == 0 ? "uncertainty" : $"uncertainty_{disease}";
            WriteErrors(result, folder, name + ".csv", own);
            WriteCorrelations(result, folder, name + "_correlations.csv", own);
        }
    }

    private static void WriteErrors(FitResult result, string folder, string name, int[] own) => CsvTable.Write(folder, name,
        ["name", "se", "log_se", "logit_se", "unit", "kind", "source", "note"],
        own.Select(j =>
        {
            var p = result.Problem.Parameters[j];
            var error = FitTables.Short(p.Sd * result.Posterior!.StandardDeviations[j]);
            object? On(PriorLaw law) => p.Law == law ? error : null;
            return (object?[])
            [
                p.Id, On(PriorLaw.Normal), On(PriorLaw.LogNormal), On(PriorLaw.LogitNormal), p.Law == PriorLaw.Normal ? p.Unit : "1", "fitted",
                Path.GetFileName(result.Problem.File), $"posterior by Laplace's approximation: {result.Posterior.KnownOf(j)}",
            ];
        }));

    private static void WriteCorrelations(FitResult result, string folder, string name, int[] own) => CsvTable.Write(folder, name,
        ["a", "b", "rho", "unit", "kind", "source", "note"],
        own.SelectMany((a, i) => own.Skip(i + 1).Select(b => (object?[])
        [
            result.Problem.Parameters[a].Id, result.Problem.Parameters[b].Id, FitTables.Short(result.Posterior!.Correlation(a, b)), "1", "fitted",
            Path.GetFileName(result.Problem.File), "posterior by Laplace's approximation",
        ])));
}
