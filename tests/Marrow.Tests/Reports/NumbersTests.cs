using System.Globalization;
using System.Text.Json;
using Marrow.Reports.Words;
using Marrow.Tests.House;

namespace Marrow.Tests.Reports;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(0.8134, "81%")]
    [InlineData(1, "100%")]
    [InlineData(0.052, "5.2%")]
    [InlineData(0.0996, "10%")]
    [InlineData(0.125, "13%")]
    [InlineData(0.0004, "<0.1%")]
    [InlineData(0, "0%")]
    public void Shares_are_whole_per_cent_and_never_nought_for_something_that_happened(double share, string expected) =>
        Assert.Equal(expected, Numbers.Percent(share));

    [Theory]
    [InlineData(231_456, "231,000")]
    [InlineData(9.94, "9.94")]
    [InlineData(4, "4")]
    [InlineData(0.01, "0.01")]
    [InlineData(-2.1, "\u22122.1")]
    [InlineData(1.64e10, "1.6 × 10¹⁰")]
    [InlineData(9.99e6, "1.0 × 10⁷")]
    [InlineData(999_600, "1.0 × 10⁶")]
    [InlineData(0.00032, "3.2 × 10⁻⁴")]
    [InlineData(0, "0")]
    [InlineData(double.PositiveInfinity, "–")]
    public void Amounts_have_three_digits_and_a_true_minus(double value, string expected) => Assert.Equal(expected, Numbers.Amount(value));

    [Fact]
    public void Ranges_say_per_cent_once_and_use_a_word_beside_a_minus()
    {
        Assert.Equal("72–90%", Numbers.Range(0.72, 0.9, Numbers.Percent));
        Assert.Equal("<0.1%–5.2%", Numbers.Range(0.0001, 0.052, Numbers.Percent));
        Assert.Equal("9.1–12.2", Numbers.Range(9.1, 12.2, Numbers.Amount));
        Assert.Equal("\u22122 to 5", Numbers.Range(-2, 5, Numbers.Amount));
    }

    [Fact]
    public void The_page_prints_numbers_as_the_command_line_does()
    {
        double[] shares = [0, 1e-5, 0.00099, 0.001, 0.0123, 0.0145, 0.05, 0.0994, 0.0995, 0.0996, 0.1, 0.125, 0.145, 0.333, 0.5, 0.8134, 0.994, 0.999, 1];
        double[] amounts = [0, 1e-9, 3.2e-4, 0.000999, 0.001, 0.0123456, 0.5, 1, 1.005, 9.94, 12.25, 12.35, 99.95, 123.4, 1234.5, 1235, 34_700, 123_500, 231_456, 999_499, 999_500, 1e6, 9.96e6, 1.64e10, -0.5, -1234, -3.2e8];
        var expected = shares.Select(Numbers.Percent).Concat(amounts.Select(Numbers.Amount)).Append(Numbers.Range(0.052, 0.9, Numbers.Percent)).Append(Numbers.Range(-2, 5, Numbers.Amount));
        Assert.Equal(expected, InJavaScript(shares, amounts));
    }

    /// <summary>The same numbers through web/src/format.ts, translated and run by the Node.js that also builds the page.</summary>
    private static List<string> InJavaScript(double[] shares, double[] amounts)
    {
        var folder = Directory.CreateTempSubdirectory("marrow-format-");
        try
        {
            var web = Repository.PathOf("web");
            NodeProcess.Run(web, Path.Combine("node_modules", "typescript", "bin", "tsc"), "src/format.ts", "--ignoreConfig", "--target", "es2023", "--module", "esnext", "--outDir", folder.FullName);
            var module = Path.Combine(folder.FullName, "format.mjs");
            File.Move(Path.Combine(folder.FullName, "format.js"), module);
            var list = (double[] values) => string.Join(",", values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
            var script = Path.Combine(folder.FullName, "print.mjs");
            File.WriteAllText(script, $"import * as f from './format.mjs'; console.log(JSON.stringify([...[{list(shares)}].map(f.percent), ...[{list(amounts)}].map(f.amount), f.range(0.052, 0.9, f.percent), f.range(-2, 5, f.amount)]));");
            return JsonSerializer.Deserialize<List<string>>(NodeProcess.Run(web, script))!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
