using Marrow.Exchange.Sedml;
using static Marrow.Tests.Exchange.Sedml.SedmlText;

namespace Marrow.Tests.Exchange.Sedml;

public class SedmlRunTests
{
    /// <summary>The documents ask for a local error of 1e-9; over some hundred steps the global one stays within a thousandfold.</summary>
    private const double Near = 1e-6;

    private static IReadOnlyList<IReadOnlyList<double>> Column(SedmlResults results, string label)
    {
        var report = Assert.Single(results.Reports);
        return report.Values[report.Columns.ToList().IndexOf(label)];
    }

    private static IReadOnlyList<double> Only(SedmlResults results, string label) => Assert.Single(Column(results, label));

    private static void Equal(IEnumerable<double> expected, IReadOnlyList<double> values) =>
        Assert.Equal(expected, values, (a, b) => Math.Abs(a - b) <= Near * Math.Max(1, Math.Abs(a)));

    [Fact]
    public void A_time_course_starts_early_and_keeps_one_point_more_than_it_has_steps()
    {
        var results = Run(Document(Course(start: -2, output: 1, end: 5, points: 8), OneTask, Time() + Generator("S", Variable("S", Species), "<ci>S</ci>"), Report("time", "S")));
        Assert.Equal([1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5], Only(results, "time"));
        Equal(Only(results, "time").Select(t => At(t + 2)), Only(results, "S"));
    }

    [Fact]
    public void Steps_and_log_axes_are_read_as_version_4_writes_them()
    {
        var course = Course(end: 4, points: 4).Replace("numberOfPoints", "numberOfSteps", StringComparison.Ordinal);
        const string plot = """<plot2D id="p" name="Loss"><xAxis id="x" type="linear"/><yAxis id="y" type="log10"/><listOfCurves><curve id="c" type="points" xDataReference="time" yDataReference="S"/></listOfCurves></plot2D>""";
        var time = Generator("time", """<variable id="x" taskReference="t" symbol="KISAO:0000832"/>""", "<ci>x</ci>");
        var results = Run(Document(course, OneTask, time + Generator("S", Variable("S", Species), "<ci>S</ci>"), plot, version: 4));
        var figure = Assert.Single(results.Plots);
        Assert.True(figure is { IsLogY: true, IsLogX: false, Across: "time", Name: "Loss" });
        Assert.Equal("S", figure.Curves[0].Name);
        Equal(Enumerable.Range(0, 5).Select(t => At(t)), figure.Curves[0].Y);
    }

    [Fact]
    public void A_steady_state_is_one_row()
    {
        var results = Run(Document(Rest, OneTask, Generator("S", Variable("S", Species), "<ci>S</ci>"), Report("S"), $"""<model id="m" source="turnover.xml"><listOfChanges><changeAttribute target="{Parameter("a")}/@value" newValue="3"/></listOfChanges></model>"""));
        Assert.Equal(3 / (K * V), Only(results, "S").Single(), 1e-9);
    }

    [Fact]
    public void A_repeated_task_sets_a_value_and_starts_anew()
    {
        var results = Run(Repeated(Rest, """range="x" resetModel="true" """, """<uniformRange id="x" start="1" end="3" numberOfPoints="4" type="linear"/>""", SetValue(Parameter("a"), "x", "<ci>x</ci>")));
        Equal([1, 1.5, 2, 2.5, 3], Only(results, "a"));
        Equal([1, 1.5, 2, 2.5, 3], Only(results, "S"));
    }

    [Fact]
    public void A_logarithmic_range_has_equal_ratios()
    {
        var results = Run(Repeated(Rest, """range="x" resetModel="true" """, """<uniformRange id="x" start="0.01" end="100" numberOfPoints="4" type="log"/>""", SetValue(Parameter("a"), "x", "<ci>x</ci>")));
        Equal([.01, .1, 1, 10, 100], Only(results, "a"));
    }

    [Fact]
    public void Single_steps_go_on_where_the_last_one_ended()
    {
        var results = Run(Repeated("""<oneStep id="s" step="0.5"><algorithm kisaoID="KISAO:0000019"/></oneStep>""", """range="x" resetModel="false" """, "<vectorRange id=\"x\"><value>1</value><value>1</value><value>1</value></vectorRange>", ""));
        // The usual tolerances: local errors of 1e-6 over some ten steps.
        Assert.Equal([At(.5), At(1), At(1.5)], Only(results, "S"), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Courses_of_a_repeated_task_stand_below_one_another()
    {
        var results = Run(Repeated(Course(end: 2, points: 2), """range="x" resetModel="true" """, "<vectorRange id=\"x\"><value>0.1</value><value>1</value></vectorRange>", SetValue(Parameter("k"), "x", "<ci>x</ci>")));
        var courses = Column(results, "S");
        Equal([S0, At(1, .1), At(2, .1)], courses[0]);
        Equal([S0, At(1, 1), At(2, 1)], courses[1]);
        using var text = new StringWriter();
        results.Reports[0].WriteCsv(text);
        Assert.StartsWith("run,S,k,a\n1,8,0.1,0\n", text.ToString(), StringComparison.Ordinal);
        Assert.Equal(7, text.ToString().TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void Without_a_reset_the_state_is_kept()
    {
        var results = Run(Repeated(Course(end: 2, points: 1), """range="x" resetModel="false" """, "<vectorRange id=\"x\"><value>0.1</value><value>1</value></vectorRange>", SetValue(Parameter("k"), "x", "<ci>x</ci>")));
        var courses = Column(results, "S");
        Equal([At(2, .1), At(2, 1, At(2, .1))], courses[1]);
    }

    [Fact]
    public void A_functional_range_computes_from_another_range_and_from_the_model()
    {
        var range = $"""<vectorRange id="x"><value>1</value><value>2</value></vectorRange><functionalRange id="f" range="x"><listOfVariables><variable id="k" modelReference="m" target="{Parameter("k")}"/></listOfVariables><listOfParameters><parameter id="three" value="3"/></listOfParameters>{MathOf("<apply><times/><ci>x</ci><ci>k</ci><ci>three</ci></apply>")}</functionalRange>""";
        var results = Run(Repeated(Rest, """range="x" resetModel="true" """, range, SetValue(Parameter("a"), "f", "<apply><plus/><ci>f</ci><cn>1</cn></apply>")));
        Equal([2.5, 4], Only(results, "a"));
    }

    [Fact]
    public void Repeated_tasks_repeat_one_another()
    {
        static string repeated(string id, string sub, string range, string values, string target) =>
            $"""<repeatedTask id="{id}" range="{range}" resetModel="false"><listOfRanges><vectorRange id="{range}">{string.Concat(values.Split(' ').Select(v => $"<value>{v}</value>"))}</vectorRange></listOfRanges><listOfChanges>{SetValue(Parameter(target), range, $"<ci>{range}</ci>")}</listOfChanges><listOfSubTasks><subTask task="{sub}" order="1"/></listOfSubTasks></repeatedTask>""";
        var results = Run(Document(Rest, OneTask + repeated("inner", "t", "x", "1 2", "a") + repeated("outer", "inner", "y", "0.5 1 2", "k"), Generator("S", Variable("S", Species, "outer"), "<ci>S</ci>"), Report("S")));
        // a/(k V), the inner range running faster.
        Equal([1, 2, .5, 1, .25, .5], Only(results, "S"));
    }

    [Fact]
    public void A_species_is_set_as_amount_or_as_concentration()
    {
        foreach (var (target, value) in new[] { (Species, 6.0), (Species + "/@initialConcentration", 6), (Species + "/@initialAmount", 3) })
        {
            var results = Run(Repeated(Course(end: 2, points: 1), """range="x" resetModel="true" """, "<vectorRange id=\"x\"><value>6</value></vectorRange>", SetValue(target, "x", "<ci>x</ci>")));
            Equal([value, At(2, start: value)], Only(results, "S"));
        }
    }

    [Fact]
    public void Amounts_concentrations_and_rates_are_told_apart()
    {
        var generators = Generator("amount", Variable("S", Species, more: "symbol=\"KISAO:0000836\""), "<ci>S</ci>") + Generator("concentration", Variable("S", Species, more: "symbol=\"KISAO:0000838\""), "<ci>S</ci>")
            + Generator("rate", Variable("S", Species, more: "symbol=\"KISAO:0000647\""), "<ci>S</ci>") + Generator("flux", Variable("J", "/sbml:sbml/sbml:model/sbml:listOfReactions/sbml:reaction[@id='Loss']"), "<ci>J</ci>");
        var results = Run(Document(Course(end: 1, points: 1), OneTask, generators, Report("amount", "concentration", "rate", "flux")));
        Equal([V * S0, V * At(1)], Only(results, "amount"));
        Equal([S0, At(1)], Only(results, "concentration"));
        Equal([-K * S0, -K * At(1)], Only(results, "rate"));
        Equal([K * V * S0, K * V * At(1)], Only(results, "flux"));
    }

    [Fact]
    public void Data_generators_compute_with_parameters_and_with_reductions()
    {
        static string reduced(string function) => $"""<apply><csymbol encoding="text" definitionURL="urn:sedml:function:{function}">{function}</csymbol><ci>S</ci></apply>""";
        var generators = Generator("share", Variable("S", Species), $"<apply><divide/><apply><times/><ci>p</ci><ci>S</ci></apply>{reduced("max")}</apply>", """<listOfParameters><parameter id="p" value="10"/></listOfParameters>""")
            + Generator("least", Variable("S", Species), reduced("min")) + Generator("sum", Variable("S", Species), reduced("sum")) + Generator("product", Variable("S", Species), reduced("product"))
            + Generator("mean", Variable("S", Species, more: "dimensionTerm=\"KISAO:0000841\""), "<ci>S</ci>");
        var results = Run(Document(Course(end: 2, points: 2), OneTask, generators, Report("share", "least", "sum", "product", "mean")));
        Equal([10, 10 * At(1) / S0, 10 * At(2) / S0], Only(results, "share"));
        Equal([At(2)], Only(results, "least"));
        Equal([S0 + At(1) + At(2)], Only(results, "sum"));
        Equal([S0 * At(1) * At(2)], Only(results, "product"));
        Equal([(S0 + At(1) + At(2)) / 3], Only(results, "mean"));
    }

    [Fact]
    public void Two_tasks_are_compared_value_by_value()
    {
        var models = Turnover + $"""<model id="fast" source="#m"><listOfChanges><changeAttribute target="{Parameter("k")}/@value" newValue="1"/></listOfChanges></model>""";
        var tasks = OneTask + """<task id="u" modelReference="fast" simulationReference="s"/>""";
        var results = Run(Document(Course(end: 2, points: 2), tasks, Generator("d", Variable("S", Species) + Variable("F", Species, "u"), "<apply><minus/><ci>S</ci><ci>F</ci></apply>"), Report("d"), models));
        Equal([0, At(1) - At(1, 1), At(2) - At(2, 1)], Only(results, "d"));
    }

    [Fact]
    public void A_stochastic_course_follows_its_seed()
    {
        static SedmlResults run(string seed) => Run(Document(
            Course(end: 2, points: 4, algorithm: $"""<algorithm kisaoID="KISAO:0000029"><listOfAlgorithmParameters><algorithmParameter kisaoID="KISAO:0000488" value="{seed}"/></listOfAlgorithmParameters></algorithm>"""),
            OneTask, Generator("S", Variable("S", Species, more: "symbol=\"KISAO:0000836\""), "<ci>S</ci>"), Report("S"),
            $"""<model id="m" source="turnover.xml"><listOfChanges><changeAttribute target="{Species}/@initialConcentration" newValue="500"/></listOfChanges></model>"""));
        var first = Only(run("7"), "S");
        Assert.Equal(first, Only(run("7"), "S"));
        Assert.NotEqual(first, Only(run("8"), "S"));
        Assert.All(first, v => Assert.Equal(Math.Round(v), v));
        // Binomial: 1000 individuals survive with probability exp(-1); five standard deviations.
        Assert.Equal(1000 * Math.Exp(-1), first[^1], 5 * Math.Sqrt(1000 * Math.Exp(-1) * (1 - Math.Exp(-1))));
    }
}
