using System.Text;
using Marrow.Reports.Building;
using Marrow.Reports.Model;
using Marrow.Trials.Studies;

namespace Marrow.Reports;

/// <summary>Writes one self-contained page that opens offline: results, charts and tables in one file.</summary>
public static class ReportWriter
{
    /// <summary>Writes the report of a study. The file appears whole or not at all.</summary>
    /// <param name="result">The results.</param>
    /// <param name="path">The file, usually <c>report.html</c> in the run's folder; replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(StudyResult result, string path)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var part = path + ".part";
        File.WriteAllText(part, Page(ReportBuilder.Build(result)), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(part, path, overwrite: true);
    }

    /// <summary>The page with these results.</summary>
    internal static string Page(ReportData data) => PageTemplate.Fill("report.html", ReportJson.Write(data));
}
