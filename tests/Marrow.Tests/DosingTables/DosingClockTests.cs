using Marrow.Networks.Diagnostics;
using Marrow.Tests.Antimony;
using Marrow.Trials.DosingTables;

namespace Marrow.Tests.DosingTables;

public sealed class DosingClockTests
{
    private const string Model = "compartment Body = 1; substanceOnly species Blood in Body; ke = 0.3; Clear: Blood => ; ke*Blood";

    // The first, fourth and fifth are the examples of NONMEM's help.
    [Theory]
    [InlineData("TIME", "8:00", "14:45", 6.75)]
    [InlineData("TIME", "8", "14:45", 6.75)]
    [InlineData("TIME", "-1:30", "0:30", 2)]
    [InlineData("DATE,TIME", "10-1-86,9:15", "10-2-86,8:30", 23.25)]
    [InlineData("DATE,TIME", "10-12,8", "10-14,10", 50)]
    [InlineData("date,TIME", "02-28-00,0", "03-01-00,0", 48)]
    [InlineData("DAT1,TIME", "28/2/2025,0", "1/3/2025,0", 24)]
    [InlineData("DAT2,TIME", "1999/12/31,23:00", "00/1/1,1:00", 2)]
    [InlineData("DAT3,TIME", "2026-22-11,0", "2026-23-11,6", 30)]
    [InlineData("DATE,TIME", "-1,12", "1,12", 48)]
    public void Times_of_the_clock_and_dates_are_hours_since_the_first_row(string columns, string first, string second, double hours)
    {
        var bag = new DiagnosticBag();
        var table = DosingTable.ReadText($"ID,{columns},AMT\n1,{first},100\n1,{second},.\n2,{second},100", "doses.csv", bag);
        Assert.Empty(bag.Items);
        Assert.Equal([0, hours, 0], table!.Subjects.SelectMany(s => s.Rows).Select(r => r.Time));
        Assert.True(table.IsInHours);
    }

    [Fact]
    public void Intervals_may_be_hours_and_minutes() =>
        Assert.Equal(7.5, DosingTable.ReadText("ID,TIME,AMT,ADDL,II\n1,0,100,2,7:30", "doses.csv", new DiagnosticBag())!.Subjects[0].Rows[0].Interval);

    [Theory]
    [InlineData("DATE,TIME", "2-28,0", "3-1,0", "29 February")]
    [InlineData("DATE,TIME", "2-28,0", "5,0", "other parts")]
    [InlineData("DATE,TIME", "22-11-2026,0", "23-11-2026,0", "no such date")]
    [InlineData("DAT1,TIME", "29.2.2025,0", "1.3.2025,0", "no such date")]
    [InlineData("DATE,TIME", "1-2-3-4,0", "1-2-3-4,0", "neither")]
    [InlineData("DAT2,TIME", "20261122,0", "20261123,0", "neither")]
    [InlineData("TIME", "8:60", "9:00", "8:60")]
    [InlineData("TIME", "23:00", "1:00", "falls")]
    [InlineData("DATE,DAT1,TIME", "1,1,0", "1,1,0", "both")]
    public void A_date_that_is_none_is_said(string columns, string first, string second, string word)
    {
        var bag = new DiagnosticBag();
        Assert.Null(DosingTable.ReadText($"ID,{columns},AMT\n1,{first},100\n1,{second},.", "doses.csv", bag));
        Assert.Contains(bag.Items, d => d.ToString().Contains(word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("unit time_unit = 86400 second\n", "MRW9305")]
    [InlineData("unit time_unit = 3600 second\n", null)]
    [InlineData("", null)]
    public void Times_of_the_clock_need_a_model_that_does_not_count_something_else(string unit, string? code)
    {
        var bag = new DiagnosticBag();
        var table = DosingTable.ReadText("ID,TIME,AMT,CMT\n1,8:00,100,Blood\n1,9:00,.,.", "doses.csv", bag)!;
        DosedSimulation.Prepare(Reading.Good(unit + Model), ["Blood"], table, bag);
        Assert.Equal(code is null ? [] : [code], bag.Items.Select(d => d.Code));
    }
}
