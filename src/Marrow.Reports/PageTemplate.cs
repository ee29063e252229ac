using System.Text;

namespace Marrow.Reports;

/// <summary>Pages that the build bundled, each with one place for what it shows.</summary>
internal static class PageTemplate
{
    /// <summary>The place of the results; each page of web/ has it once.</summary>
    private const string Mark = "@@REPORT_JSON@@";

    /// <summary>A page with its results.</summary>
    /// <param name="name">Name of the page, such as <c>report.html</c>.</param>
    /// <param name="json">What it shows; with nothing in it that could end a script element.</param>
    public static string Fill(string name, string json)
    {
        using var stream = typeof(PageTemplate).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The page {name} is missing from this build.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var page = reader.ReadToEnd();
        var place = page.IndexOf(Mark, StringComparison.Ordinal);
        return string.Concat(page.AsSpan(0, place), json, page.AsSpan(place + Mark.Length));
    }
}
