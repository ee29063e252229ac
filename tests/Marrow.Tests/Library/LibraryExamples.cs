using Marrow.Networks.Diagnostics;
using Marrow.Networks.Simulation;
using Marrow.Reports;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Library;

/// <summary>The programs of docs/library.md: what stands between the marks is the text of the page, and the compiler reads it here.</summary>
internal static class LibraryExamples
{
    public static double LoadCompileSimulate()
    {
        // <model>
        var model = Model.Load("marrow:examples/leon_triana_2021.ant");
        var compiled = model.Compile();
        var course = compiled.Simulate(end: 60, points: 61);
        Console.WriteLine($"Leukaemic cells on day 30: {course["Leukaemia"][30]:E1}");
        // </model>
        return course["Leukaemia"][30];
    }

    public static List<double> Values()
    {
        var compiled = Model.Load("marrow:examples/leon_triana_2021.ant").Compile();
        var most = new List<double>();
        // <values>
        foreach (var dose in new[] { 1e6, 1e7, 1e8 })
        {
            var course = compiled.Simulate(60, values: new Dictionary<string, double> { ["CarT"] = dose });
            Console.WriteLine($"{dose:E0} cells: at most {course["Leukaemia"].Max():E1} leukaemic cells");
            most.Add(course["Leukaemia"].Max());
        }
        // </values>
        return most;
    }

    public static List<string> Sources()
    {
        var lines = new List<string>();
        // <sources>
        var patient = Model.Load("marrow:diseases/bcp_all.ant");
        foreach (var row in patient.Numbers.Rows.Where(row => row.Id.StartsWith("Ven", StringComparison.Ordinal)))
            lines.Add($"{row.Id} = {row.Value} {row.Unit}, {row.Kind}: {row.Source}{row.Note}");
        // </sources>
        return lines;
    }

    public static string Mistakes()
    {
        var said = "";
        // <mistakes>
        try
        {
            Model.Parse("A -> B; k*A\nA = 1; k = 0.1; B = 2*kk");
        }
        catch (InputException problem)
        {
            foreach (var diagnostic in problem.Diagnostics) said += $"{diagnostic.Code} on line {diagnostic.Where.Line}: {diagnostic.What}\n";
        }
        // </mistakes>
        return said;
    }

    public static StudyResult RunStudy(string folder)
    {
        // <study>
        var study = Study.Load("marrow:studies/eliana.yaml");
        var result = study.Run(folder, patients: 4);
        foreach (var endpoint in result.Arms[0].Summary.Endpoints.Take(3))
            Console.WriteLine($"{endpoint.Label}: {endpoint.Simulated:P0}");
        ReportWriter.Write(result, Path.Combine(folder, "report.html"));
        // </study>
        return result;
    }
}
