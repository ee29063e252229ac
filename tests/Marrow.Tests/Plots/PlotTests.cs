using System.Xml.Linq;
using Marrow.Cli;
using Marrow.Reports.Plots;
using Marrow.Tests.Cli;

namespace Marrow.Tests.Plots;

public sealed class PlotTests : IDisposable
{
    private const string Decay = """
        model decay() // two units, two magnitudes
          compartment C = 1; C has dimensionless
          substanceOnly species A in C, B in C, Few in C, Drug in C
          A has item; B has item; Few has item; Drug has mg
          A = 1000; B = 400; Few = 2; Drug = 5
          LossA: A => ; k*A
          LossDrug: Drug => ; k*Drug
          k = 0.25; k has 1/d
        end
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Quantities_of_another_unit_or_magnitude_get_a_panel_of_their_own()
    {
        var set = new CurveSet("t", "d", [0, 1], [new("A", "item", [1000, 1]), new("Few", "item", [2, 2]), new("Drug", "mg", [5, 1]), new("B", "item", [400, 400])], "");
        Assert.Equal([["A", "B"], ["Few"], ["Drug"]], CurvePanel.Of(set, logarithmic: false).Select(p => p.Curves.Select(c => c.Name).ToArray()));
        Assert.Equal([["A", "Few", "B"], ["Drug"]], CurvePanel.Of(set, logarithmic: true).Select(p => p.Curves.Select(c => c.Name).ToArray()));
    }

    [Theory]
    [InlineData(0, 7.3, new[] { 0.0, 2, 4, 6, 8 })]
    [InlineData(95, 105, new[] { 95.0, 100, 105 })]
    [InlineData(-3, 4, new[] { -4.0, -2, 0, 2, 4 })]
    [InlineData(0, 0, new[] { 0, 0.5, 1 })]
    public void Labels_of_a_linear_axis_are_round_and_enclose_the_values(double low, double high, double[] ticks)
    {
        var axis = PlotAxis.Of([low, high], logarithmic: false);
        Assert.Equal(ticks, axis.Ticks);
        Assert.InRange(axis.Place(low)!.Value, 0, 1);
        Assert.InRange(axis.Place(high)!.Value, 0, 1);
    }

    [Fact]
    public void A_logarithmic_axis_has_whole_decades_and_no_place_for_nothing()
    {
        var axis = PlotAxis.Of([0, 3, 2500, double.NaN], logarithmic: true);
        Assert.Equal([1, 10, 100, 1000, 10000], axis.Ticks);
        Assert.Null(axis.Place(0));
        Assert.Equal(0.75, axis.Place(1000)!.Value, 1e-12);
        Assert.Equal("10⁴", PlotAxis.Label(10000));
    }

    [Fact]
    public void Names_are_pushed_apart_and_stay_beside_the_picture() =>
        Assert.Equal([70, 85, 100], LabelPlaces.Apart([99, 99, 100], 15, 0, 100));

    [Fact]
    public void The_terminal_shows_each_panel_with_names_and_without_escape_codes_in_a_file()
    {
        var result = CommandLine.Run("simulate", _folder.Write("decay.ant", Decay), "--end", "10", "--plot");
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.DoesNotContain("time,A", result.Output, StringComparison.Ordinal);
        foreach (var text in new[] { "item", "mg", " A", " Few", " Drug", "time, d" }) Assert.Contains(text, result.Output, StringComparison.Ordinal);
        Assert.All(result.Output.Split('\n'), line => Assert.True(line.Length <= 140, line));
        Assert.Contains(result.Output, c => c is > '\u2800' and <= '\u28FF');
    }

    [Fact]
    public void A_picture_is_valid_svg_with_a_line_for_each_curve_and_the_table_goes_to_its_file_as_before()
    {
        var model = _folder.Write("decay.ant", Decay);
        string picture = _folder.PathOf("c.svg"), table = _folder.PathOf("c.csv");
        var result = CommandLine.Run("simulate", model, "--end", "10", "--plot", picture, "--log", "--out", table);
        Assert.Equal((ExitCode.Done, ""), (result.Code, result.Output));
        Assert.Equal(CommandLine.Run("simulate", model, "--end", "10").Output, File.ReadAllText(table));
        var svg = XDocument.Load(picture);
        var lines = svg.Descendants().Where(e => e.Name.LocalName == "path" && (string?)e.Attribute("stroke-width") == "2").ToArray();
        Assert.Equal(4, lines.Length);
        Assert.Equal(101, lines[0].Attribute("d")!.Value.Count(c => c is 'M' or 'L'));
    }

    [Fact]
    public void A_page_holds_the_curves_and_asks_for_nothing_else()
    {
        var page = _folder.PathOf("c.html");
        Assert.Equal(ExitCode.Done, CommandLine.Run("simulate", _folder.Write("decay.ant", Decay), "--plot", page).Code);
        var text = File.ReadAllText(page);
        Assert.Contains("default-src 'none'", text, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"Drug\",\"unit\":\"mg\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--plot", "curves.png")]
    [InlineData("--log", "")]
    public void What_cannot_be_drawn_is_refused_before_anything_runs(string option, string value)
    {
        string[] arguments = ["simulate", _folder.Write("decay.ant", Decay), option];
        var result = CommandLine.Run(value.Length > 0 ? [.. arguments, value] : arguments);
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("--plot", result.Error, StringComparison.Ordinal);
    }
}
