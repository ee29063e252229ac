using Marrow.Reports;
using Marrow.Reports.Model;
using Marrow.Tests.House;
using Microsoft.Playwright;

namespace Marrow.Tests.Reports;

/// <summary>The system's Chromium, without a window, and the report of the page's invented results. No browser is ever downloaded.</summary>
public sealed class ReportBrowser : IAsyncLifetime
{
    private const string PathVariable = "MARROW_CHROMIUM";

    /// <summary>A test that waits for this long waits for a browser that is gone.</summary>
    internal const int LimitMs = 4 * 60_000;

    /// <summary>Only what hangs takes as long as this, on a machine however busy.</summary>
    private const float PatienceMs = 600_000;
    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe"];
    private static readonly string[] _places =
        ["/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe"];

    private readonly string _folder = Directory.CreateTempSubdirectory("marrow-browser-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IPage? _page;

    /// <summary>Says what is missing; empty where nothing is.</summary>
    public string Missing { get; } = Executable() is null
        ? $"The page of the report is tested in Chromium, and none was found: install it (Debian, Ubuntu: apt-get install chromium), or set {PathVariable} to a Chromium or Chrome."
        : "";

    /// <summary>Address of the report.</summary>
    private string Address => new Uri(Path.Combine(_folder, "report.html")).AbsoluteUri;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Executable() is not { } executable) return;
        var results = ReportJson.Read(NodeProcess.Run(Repository.PathOf("web"), Path.Combine("example", "make-example.mjs")));
        await File.WriteAllTextAsync(Path.Combine(_folder, "report.html"), ReportWriter.Page(results));
        _playwright = await Playwright.CreateAsync().WaitAsync(TimeSpan.FromMilliseconds(PatienceMs));
        // A sandbox needs rights that containers often lack; the page is our own.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = ["--no-sandbox"], Timeout = PatienceMs });
    }

    /// <summary>The report in a window of its own, in place of the last; skips the test where there is no browser. Messages of the console that tell of an error go into the list.</summary>
    internal async Task<IPage> OpenAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light, List<string>? errors = null, string? address = null)
    {
        Assert.SkipWhen(_browser is null, Missing);
        if (_page is not null) await _page.CloseAsync();
        var page = _page = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, AcceptDownloads = true });
        if (errors is not null)
        {
            page.Console += (_, message) => { if (message.Type is "error" or "warning") errors.Add(message.Text); };
            page.PageError += (_, error) => errors.Add(error);
            page.RequestFailed += (_, request) => errors.Add($"asked for {request.Url}");
        }
        page.SetDefaultTimeout(PatienceMs);
        await page.GotoAsync(address ?? Address);
        // The page draws its charts in slices, and says when the last one stands.
        await page.WaitForSelectorAsync("html[data-drawn]", new() { State = WaitForSelectorState.Attached });
        return page;
    }

    /// <summary>Makes a page beside the report, once, and says where it lies.</summary>
    internal string AddressOf(string name, Action<string> make)
    {
        Assert.SkipWhen(_browser is null, Missing);
        var path = Path.Combine(_folder, name);
        if (!File.Exists(path)) make(path);
        return new Uri(path).AbsoluteUri;
    }

    /// <summary>What axe-core finds wrong with a page: contrast, names, structure.</summary>
    internal static async Task<string[]> ViolationsAsync(IPage page)
    {
        await page.AddScriptTagAsync(new() { Content = Repository.ReadText("web/node_modules/axe-core/axe.min.js") });
        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
              .violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target} ${n.html.slice(0, 120)} ${n.any[0]?.message ?? v.help}`))
            """);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is { IsConnected: true }) await _browser.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMilliseconds(PatienceMs));
        _playwright?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Executable()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } chosen) return chosen;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => _names.Select(name => Path.Combine(folder, name))).Concat(_places).FirstOrDefault(File.Exists);
    }
}
