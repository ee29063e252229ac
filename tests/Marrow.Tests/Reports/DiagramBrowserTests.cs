using System.Xml.Linq;
using Marrow.Cli;
using Marrow.Tests.Cli;
using Marrow.Tests.House;
using Microsoft.Playwright;

namespace Marrow.Tests.Reports;

/// <summary>Diagrams and curves as a reader meets them, in the system's Chromium; skipped, with the reason, where there is none.</summary>
public sealed class DiagramBrowserTests(ReportBrowser browser) : IClassFixture<ReportBrowser>
{
    private const string Small = "models/examples/leon_triana_2021.ant", Trial = "models/diseases/bcp_all.ant";

    private async Task<IPage> OpenAsync(string model, string query = "", int width = 1280, ColorScheme scheme = ColorScheme.Light, List<string>? errors = null)
    {
        var address = browser.AddressOf($"{Path.GetFileNameWithoutExtension(model)}.html", path => Assert.Equal(ExitCode.Done, CommandLine.Run("diagram", Repository.PathOf(model), "--out", path).Code));
        return await browser.OpenAsync(width, scheme, errors, address + query);
    }

    private async Task<IPage> OpenCurvesAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light, List<string>? errors = null)
    {
        var address = browser.AddressOf("curves.html", path => Assert.Equal(ExitCode.Done, CommandLine.Run("simulate", Repository.PathOf(Small), "--plot", path).Code));
        return await browser.OpenAsync(width, scheme, errors, address);
    }

    private static Task<int> WidthAsync(IPage page) => page.EvaluateAsync<int>("Math.max(innerWidth, document.documentElement.scrollWidth)");

    [Theory(Timeout = ReportBrowser.LimitMs)]
    [InlineData(360)]
    [InlineData(768)]
    [InlineData(1440)]
    public async Task The_pages_fit_their_window_without_a_word_in_the_console(int width)
    {
        List<string> errors = [];
        foreach (var (model, least) in new[] { (Small, 9), (Trial, 12) })
        {
            var page = await OpenAsync(model, width: width, errors: errors);
            Assert.Equal(width, await WidthAsync(page));
            Assert.True(await page.Locator(".stage .pick").CountAsync() >= least, model);
        }
        var curves = await OpenCurvesAsync(width, errors: errors);
        Assert.Equal(width, await WidthAsync(curves));
        Assert.Empty(errors);
    }

    [Fact(Timeout = ReportBrowser.LimitMs)]
    public async Task A_click_or_a_key_on_a_reaction_shows_its_equation_and_sources()
    {
        var page = await OpenAsync(Small);
        var panel = page.Locator("#behind");
        await page.Locator("[data-id='p:Kill_Leukaemia']").ClickAsync();
        var text = await panel.InnerTextAsync();
        foreach (var part in new[] { "Kill_Leukaemia", "alpha*Leukaemia*CarT", "4.5E-11 1/item/d", "killing rate per CAR-T cell", "leon_triana_2021.ant:" }) Assert.Contains(part, text, StringComparison.Ordinal);
        await page.Locator("[data-id='e:CarT']").PressAsync("Enter");
        Assert.Equal("CAR-T cells", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await panel.GetByRole(AriaRole.Button, new() { Name = "Divide_CarT" }).First.ClickAsync();
        Assert.Contains("rho_C*(Leukaemia + BCells)*CarT", await panel.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact(Timeout = ReportBrowser.LimitMs)]
    public async Task Modules_of_the_trial_model_open_and_what_is_around_a_species_stands_alone()
    {
        var page = await OpenAsync(Trial);
        Assert.Equal(0, await page.Locator(".stage .process").CountAsync());
        await page.Locator("[data-id='m:t_cells']").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open it in the diagram" }).ClickAsync();
        await page.WaitForSelectorAsync("[data-id='p:Prime']");
        await page.Locator("[data-id='p:Prime']").PressAsync("Enter");
        Assert.Contains("PrimingRate*CtlNaive", await page.Locator("#behind").InnerTextAsync(), StringComparison.Ordinal);
        // Its numbers stand behind the rule that it follows, each with where it comes from.
        await page.Locator("#behind summary", new() { HasText = "PrimingRate" }).ClickAsync();
        Assert.Contains("kact", await page.Locator("#behind details .numbers").First.InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("#find").FillAsync("Treg");
        await page.Locator("#find").PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-id='p:Prime']", new() { State = WaitForSelectorState.Detached });
        Assert.Contains("Around Treg", await page.Locator("#told").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact(Timeout = ReportBrowser.LimitMs)]
    public async Task The_picture_can_be_taken_away_with_its_colours()
    {
        var page = await OpenAsync(Small, scheme: ColorScheme.Dark);
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#svg").ClickAsync());
        var text = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.Equal("svg", XDocument.Parse(text).Root!.Name.LocalName);
        Assert.DoesNotContain("var(--", text, StringComparison.Ordinal);
        Assert.Contains("rgb(255, 255, 255)", text, StringComparison.Ordinal);
    }

    [Fact(Timeout = ReportBrowser.LimitMs)]
    public async Task Curves_are_read_with_the_keyboard()
    {
        var page = await OpenCurvesAsync();
        await page.Locator(".plot.wide").PressAsync("Home");
        Assert.Contains("At 0 d: CarT 1.0 × 10⁷ item", await page.Locator(".reading").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Theory(Timeout = ReportBrowser.LimitMs)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    public async Task Contrast_names_and_structure_pass_the_rules_of_accessibility(ColorScheme scheme, int width)
    {
        Assert.Empty(await ReportBrowser.ViolationsAsync(await OpenAsync(Small, "?pick=Kill_Leukaemia", width, scheme)));
        Assert.Empty(await ReportBrowser.ViolationsAsync(await OpenAsync(Trial, "?around=CtlEff", width, scheme)));
        Assert.Empty(await ReportBrowser.ViolationsAsync(await OpenCurvesAsync(width, scheme)));
    }
}
