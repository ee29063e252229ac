using System.Text;
using System.Xml.Linq;
using Microsoft.Playwright;

namespace Marrow.Tests.Reports;

/// <summary>The page as a reader meets it, in the system's Chromium; skipped, with the reason, where there is none.</summary>
public sealed class BrowserTests(ReportBrowser browser) : IClassFixture<ReportBrowser>
{
    [Theory(Timeout = ReportBrowser.LimitMs)]
    [InlineData(360)]
    [InlineData(768)]
    [InlineData(1440)]
    public async Task The_page_fits_its_window_and_no_label_of_a_chart_is_cut(int width)
    {
        var page = await browser.OpenAsync(width);
        Assert.Equal(width, await page.EvaluateAsync<int>("Math.max(innerWidth, document.documentElement.scrollWidth)"));
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('.plot[role=img]')].flatMap((plot) => {
              const { left, right } = plot.getBoundingClientRect();
              return [...plot.querySelectorAll('svg text')]
                .filter((t) => { const r = t.getBoundingClientRect(); return r.width > 0 && (r.left < left - 1.5 || r.right > right + 1.5); })
                .map((t) => `${plot.id}: ${t.textContent}`);
            })
            """));
    }

    [Theory(Timeout = ReportBrowser.LimitMs)]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_chart_is_drawn_without_a_word_in_the_console(ColorScheme scheme)
    {
        List<string> errors = [];
        var page = await browser.OpenAsync(scheme: scheme, errors: errors);
        var drawn = await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('.plot[role=img]')].map((plot) => {
              const marks = [...plot.querySelectorAll('svg path, svg rect, svg polygon, svg polyline, svg circle')].filter((m) => { const r = m.getBoundingClientRect(); return r.width + r.height > 0; });
              return `${plot.id} ${marks.length >= 3 && plot.querySelectorAll('svg text').length >= 2 && plot.clientHeight > 60 ? 'drawn' : 'empty'}`;
            })
            """);
        Assert.NotEmpty(drawn);
        Assert.All(drawn, chart => Assert.EndsWith(" drawn", chart, StringComparison.Ordinal));
        Assert.Empty(errors);
    }

    [Theory(Timeout = ReportBrowser.LimitMs)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    public async Task Contrast_names_and_structure_pass_the_rules_of_accessibility(ColorScheme scheme, int width)
    {
        var page = await browser.OpenAsync(width, scheme);
        // Open lists are judged too.
        await page.EvaluateAsync("document.querySelectorAll('[aria-expanded=false]').forEach((b) => b.click())");
        Assert.Empty(await ReportBrowser.ViolationsAsync(page));
    }

    [Theory(Timeout = ReportBrowser.LimitMs)]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_label_of_a_chart_can_be_read_on_what_lies_behind_it(ColorScheme scheme)
    {
        // axe-core does not look into pictures. 4.5 to 1 is what WCAG 2.2 asks of text of this size.
        var page = await browser.OpenAsync(scheme: scheme);
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            () => {
              const rgb = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
              const light = ([r, g, b]) => { const f = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4); return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
              const ground = rgb(getComputedStyle(document.body).backgroundColor);
              return [...document.querySelectorAll('.plot[role=img]')].flatMap((plot) => {
                plot.scrollIntoView({ block: 'center' });
                return [...plot.querySelectorAll('svg text')].filter((t) => t.textContent).flatMap((t) => {
                  const box = t.getBoundingClientRect(), style = getComputedStyle(t);
                  const behind = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2).map((e) => [e, getComputedStyle(e)])
                    .find(([e, s]) => e.tagName === 'path' && plot.contains(e) && s.fill !== 'none' && s.fill !== 'transparent' && Number(s.fillOpacity) > 0.75);
                  const haloed = style.stroke !== 'none' && parseFloat(style.strokeWidth) > 2;
                  const [a, b] = [light(rgb(style.fill)), light(behind && !haloed ? rgb(behind[1].fill) : ground)].sort((x, y) => y - x), contrast = (a + 0.05) / (b + 0.05);
                  return contrast >= 4.5 ? [] : [`${plot.id}: "${t.textContent}" ${contrast.toFixed(1)}`];
                });
              });
            }
            """));
    }

    [Fact(Timeout = ReportBrowser.LimitMs)]
    public async Task Every_figure_gives_its_table_its_numbers_and_its_picture()
    {
        var page = await browser.OpenAsync();
        var figures = page.Locator("figure:has(button[data-act=csv])");
        var count = await figures.CountAsync();
        Assert.True(count > 8, $"only {count} figures");
        for (var i = 0; i < count; i++)
        {
            var figure = figures.Nth(i);
            var id = await figure.GetAttributeAsync("id");
            await figure.Locator("button[data-act=table]").ClickAsync();
            var rows = await figure.Locator(".data tbody tr").CountAsync();
            var csv = await DownloadAsync(page, figure.Locator("button[data-act=csv]"));
            var lines = Encoding.UTF8.GetString(csv).TrimEnd('\n').Split('\n');
            Assert.True(rows > 0 && lines.Length > rows, $"{id}: {rows} rows in the table, {lines.Length} lines in the file");
            Assert.Equal(await figure.Locator(".data thead th").CountAsync(), lines[0].Split(',').Length);
            var svg = XDocument.Parse(Encoding.UTF8.GetString(await DownloadAsync(page, figure.Locator("button[data-act=svg]"))));
            Assert.Contains(await figure.Locator("h3").InnerTextAsync(), string.Join(' ', svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)), StringComparison.Ordinal);
        }
        var png = await DownloadAsync(page, figures.First.Locator("button[data-act=png]"));
        Assert.Equal("\u0089PNG", Encoding.Latin1.GetString(png, 0, 4));
    }

    [Fact(Timeout = ReportBrowser.LimitMs)]
    public async Task A_patient_is_chosen_by_number_by_a_click_and_with_the_keyboard()
    {
        var page = await browser.OpenAsync();
        var patient = page.Locator("figure:has(.story)");
        var (heading, story) = (patient.Locator("h3"), patient.Locator(".story"));
        await patient.Locator("input").FillAsync("41");
        await patient.Locator("input").PressAsync("Enter");
        // The example's patients are 0, 3, 6, ...: 42 is the nearest.
        Assert.Equal("Patient 42, site by site", await heading.InnerTextAsync());
        var told = await story.InnerTextAsync();
        await patient.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        Assert.Equal("Patient 45, site by site", await heading.InnerTextAsync());
        Assert.NotEqual(told, await story.InnerTextAsync());
        var waterfall = page.Locator("figure[id$=waterfall] .plot");
        var box = (await waterfall.BoundingBoxAsync())!;
        await waterfall.ClickAsync(new() { Position = new() { X = box.Width * 0.6f, Y = box.Height * 0.6f } });
        var clicked = await heading.InnerTextAsync();
        Assert.NotEqual("Patient 45, site by site", clicked);
        await waterfall.PressAsync("End");
        await waterfall.PressAsync("Enter");
        var chosen = (await heading.InnerTextAsync()).Split(',')[0];
        Assert.False(clicked.StartsWith($"{chosen},", StringComparison.Ordinal), $"Enter at the end of the line left {clicked}");
        Assert.Contains($". {chosen}: ", await patient.Locator(".plot").First.GetAttributeAsync("aria-label"), StringComparison.Ordinal);
    }

    [Fact(Timeout = ReportBrowser.LimitMs)]
    public async Task Everything_can_be_reached_and_used_with_the_keyboard()
    {
        var page = await browser.OpenAsync();
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the report", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.querySelectorAll('button, a[href], input, select, .plot[role=img]')].filter((e) => e.tabIndex < 0).length"));
        Assert.Empty(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.plot[role=img]')].filter((p) => (p.getAttribute('aria-label') ?? '').length < 12).map((p) => p.id)"));
        await page.Locator(".plot[role=img]").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Contains("months", await page.Locator(".plot:focus div:has(> table)").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("Dark", await page.Locator("#theme").InnerTextAsync());
        await page.Locator("#theme").PressAsync("Enter");
        Assert.Equal("dark", await page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
    }

    [Fact(Timeout = ReportBrowser.LimitMs)]
    public async Task On_paper_the_page_is_light_narrow_and_without_buttons()
    {
        var page = await browser.OpenAsync(scheme: ColorScheme.Dark);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.querySelectorAll('button, input')].filter((b) => b.offsetParent !== null).length"));
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.plot[role=img] svg')].every((s) => s.getBoundingClientRect().right <= 681)"), "a chart is wider than the paper");
    }

    private static async Task<byte[]> DownloadAsync(IPage page, ILocator button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => button.ClickAsync());
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }
}
