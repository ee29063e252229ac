using System.Globalization;
using System.Xml.Linq;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Exchange.Sedml;

/// <summary>Reads SED-ML Level 1, Versions 1 to 4 (Waltemath et al. 2011, doi:10.1186/1752-0509-5-198; Smith et al. 2021,
/// doi:10.1515/jib-2021-0021). What cannot be run is refused by name.</summary>
internal sealed class SedmlReader
{
    /// <summary>Values of a range, and points of a time course.</summary>
    internal const int MostValues = 1_000_000;

    private readonly string _file;
    private readonly DiagnosticBag _bag;
    private readonly FormulaXml _formulas;

    private SedmlReader(string file, DiagnosticBag bag) => (_file, _bag, _formulas) = (file, bag, new FormulaXml(file, bag));

    /// <summary>The document of a text; null if there were errors.</summary>
    /// <param name="text">The document.</param>
    /// <param name="file">How messages name it.</param>
    /// <param name="bag">Receives every problem.</param>
    public static SedmlDocument? Read(string text, string file, DiagnosticBag bag)
    {
        if (SafeXml.Parse(text, file, bag)?.Root is not { } root) return null;
        var where = SafeXml.Where(root, file);
        if (root.Name.LocalName != "sedML")
        {
            bag.Error(SedmlCodes.BadSedml, $"the root element '{root.Name.LocalName}' is no SED-ML document", where);
            return null;
        }
        if ((string?)root.Attribute("level") != "1" || (string?)root.Attribute("version") is not ("1" or "2" or "3" or "4"))
        {
            bag.Error(SedmlCodes.Version, $"SED-ML Level {(string?)root.Attribute("level") ?? "?"} Version {(string?)root.Attribute("version") ?? "?"}", where);
            return null;
        }
        DuplicateIds.Report(root, file, bag);
        var document = new SedmlReader(file, bag).Document(root);
        return bag.HasErrors ? null : document;
    }

    private SedmlDocument Document(XElement root)
    {
        var plots = new List<SedPlot>();
        var reports = new List<SedReport>();
        foreach (var output in Xml.List(root, "listOfOutputs"))
        {
            switch (output.Name.LocalName)
            {
                case "report": reports.Add(Report(output)); break;
                case "plot2D": plots.Add(Plot(output)); break;
                // Arranges plots that stand in the document anyway.
                case "figure": break;
                default: Refuse($"'{output.Name.LocalName}'", output); break;
            }
        }
        return new SedmlDocument(
            _file, [.. Xml.List(root, "listOfDataDescriptions").Select(Data)], [.. Xml.List(root, "listOfModels").Select(Model)], [.. Xml.List(root, "listOfSimulations").Select(Simulation).OfType<SedSimulation>()],
            [.. Xml.List(root, "listOfTasks").Select(Task).OfType<SedTask>()], [.. Xml.List(root, "listOfDataGenerators").Select(Generator).OfType<SedGenerator>()], reports, plots);
    }

    private SedDataDescription Data(XElement element) => new(
        Id(element), Id(element, "source"), (string?)element.Attribute("format") ?? "", SedDataDescription.DimensionsOf(Xml.Child(element, "dimensionDescription")),
        [.. Xml.List(element, "listOfDataSources").Select(s => new SedDataSource(Id(s), (string?)s.Attribute("indexSet") ?? "", [.. Xml.List(s, "listOfSlices").Select(Slice)], Where(s)))], Where(element));

    private SedSlice Slice(XElement element)
    {
        int? place(string attribute) => Number(element, attribute) is { } value ? (int)Math.Clamp(value, -1, int.MaxValue) : null;
        return new SedSlice(Id(element, "reference"), (string?)element.Attribute("value"), place("index") ?? place("startIndex"), place("index") ?? place("endIndex"), Where(element));
    }

    private SedModel Model(XElement element)
    {
        var language = (string?)element.Attribute("language") ?? "";
        if (language.Length > 0 && !language.Contains("sbml", StringComparison.OrdinalIgnoreCase) && language is not ("urn:sedml:language:xml" or "urn:sedml:language"))
            _bag.Error(SedmlCodes.Language, $"the language '{language}' of a model", Where(element));
        return new SedModel(Id(element), Xml.Name(element), Id(element, "source"), [.. Xml.List(element, "listOfChanges")], Where(element));
    }

    private SedSimulation? Simulation(XElement element)
    {
        SimulationKind? kind = element.Name.LocalName switch
        {
            "uniformTimeCourse" => SimulationKind.TimeCourse,
            "oneStep" => SimulationKind.OneStep,
            "steadyState" => SimulationKind.SteadyState,
            _ => null,
        };
        if (kind is null)
        {
            Refuse($"'{element.Name.LocalName}'", element);
            return null;
        }
        if (Algorithms.Of(Xml.Child(element, "algorithm"), kind.Value, _file, _bag) is not { } solver) return null;
        if (kind == SimulationKind.SteadyState) return new SedSimulation(Id(element), kind.Value, 0, 0, 0, 0, solver);
        if (kind == SimulationKind.OneStep) return new SedSimulation(Id(element), kind.Value, 0, 0, Positive(element, "step"), 1, solver);
        var start = Number(element, "initialTime") ?? 0;
        var output = Number(element, "outputStartTime") ?? start;
        var end = Number(element, "outputEndTime") ?? output;
        if (output < start || end < output) _bag.Error(SedmlCodes.BadSedml, $"the times {Text(start)}, {Text(output)}, {Text(end)} of a time course do not increase", Where(element), "they are its start, the first and the last time that is kept");
        return new SedSimulation(Id(element), kind.Value, start, output, end, Steps(element), solver);
    }

    private SedTask? Task(XElement element)
    {
        if (element.Name.LocalName == "task") return new SedPlainTask(Id(element), Xml.Name(element), Id(element, "modelReference"), Id(element, "simulationReference"), Where(element));
        if (element.Name.LocalName != "repeatedTask")
        {
            Refuse($"'{element.Name.LocalName}'", element);
            return null;
        }
        SedRange[] ranges = [.. Xml.List(element, "listOfRanges").Select(Range).OfType<SedRange>()];
        var subTasks = Xml.List(element, "listOfSubTasks").OrderBy(s => Number(s, "order") ?? 0).Select(s => new SedSubTask(Id(s, "task"), Sets(s))).ToList();
        var master = (string?)element.Attribute("range") ?? (ranges.Length > 0 ? ranges[0].Id : "");
        return new SedRepeatedTask(Id(element), Xml.Name(element), master, Xml.Flag(element, "resetModel"), ranges, Sets(element), subTasks, Where(element));
    }

    private List<SedSetValue> Sets(XElement element)
    {
        var sets = new List<SedSetValue>();
        foreach (var set in Xml.List(element, "listOfChanges"))
        {
            if (set.Name.LocalName != "setValue")
            {
                Refuse($"'{set.Name.LocalName}' in a repeated task", set);
                continue;
            }
            if (set.Attribute("symbol") is { } symbol) Refuse($"the symbol '{symbol.Value}' in 'setValue'", set);
            if (_formulas.Read(set) is { } formula)
                sets.Add(new SedSetValue(Id(set, "modelReference"), new SedTarget(Id(set, "target"), set, Where(set)), (string?)set.Attribute("range"), formula));
        }
        return sets;
    }

    private SedRange? Range(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "uniformRange": return UniformRange(element);
            case "vectorRange":
                return new SedValueRange(Id(element), [.. element.Elements().Where(e => e.Name.LocalName == "value").Select(Value)], Where(element));
            case "dataRange": return new SedDataRange(Id(element), Id(element, "sourceReference").TrimStart('#'), Where(element));
            case "functionalRange":
                return _formulas.Read(element) is { } formula ? new SedFunctionRange(Id(element), Id(element, "range"), formula, Where(element)) : null;
        }
        Refuse($"'{element.Name.LocalName}'", element);
        return null;
    }

    /// <summary>As many values as steps, and one more.</summary>
    private SedValueRange UniformRange(XElement element)
    {
        var (start, end, steps) = (Number(element, "start") ?? 0, Number(element, "end") ?? 0, Steps(element));
        var isLog = ((string?)element.Attribute("type") ?? "linear").Equals("log", StringComparison.OrdinalIgnoreCase);
        if (isLog && !(start * end > 0)) _bag.Error(SedmlCodes.BadRange, $"a logarithmic range from {Text(start)} to {Text(end)}", Where(element), "both must be on one side of 0");
        double value(int i) => i == 0 ? start : i == steps ? end : isLog ? start * Math.Pow(end / start, (double)i / steps) : start + ((end - start) * i / steps);
        return new SedValueRange(Id(element), [.. Enumerable.Range(0, steps + 1).Select(value)], Where(element));
    }

    private double Value(XElement element)
    {
        if (double.TryParse(element.Value.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return value;
        _bag.Error(SedmlCodes.BadRange, $"'{element.Value}' is no number", Where(element));
        return 0;
    }

    private SedGenerator? Generator(XElement element)
    {
        if (_formulas.Read(element) is not { } formula) return null;
        foreach (var variable in formula.Variables.Where(v => v.Task is null && v.Symbol != SedSymbol.Data))
            _bag.Error(SedmlCodes.BadSedml, $"the variable '{variable.Id}' of a data generator without 'taskReference'", variable.Where);
        return new SedGenerator(Id(element), NameOf(element, formula), formula, Where(element));
    }

    /// <summary>The name of a generator; one without name that only hands a variable on is called like what it stands for.</summary>
    private static string NameOf(XElement element, SedFormula formula)
    {
        if ((string?)element.Attribute("name") is { Length: > 0 } name) return name;
        if (formula.Math is not NameExpression only || formula.Variables.FirstOrDefault(v => v.Id == only.Name) is not { } variable) return Xml.Name(element);
        if (variable is { Symbol: SedSymbol.Time, Target: null }) return "time";
        var own = (string?)Xml.List(element, "listOfVariables").FirstOrDefault(v => (string?)v.Attribute("id") == variable.Id)?.Attribute("name");
        return own is { Length: > 0 } ? own : variable.Symbol == SedSymbol.Data ? variable.Source : Targets.NameAtEnd(variable.Target!.Path) ?? variable.Id;
    }

    private SedReport Report(XElement element) => new(
        Id(element), Xml.Name(element),
        [.. Xml.List(element, "listOfDataSets").Select(d => new SedDataSet((string?)d.Attribute("label") is { Length: > 0 } label ? label : Xml.Name(d), Id(d, "dataReference")))]);

    private SedPlot Plot(XElement element)
    {
        var curves = Xml.List(element, "listOfCurves").ToList();
        bool axis(string name, string old) => (string?)Xml.Child(element, name)?.Attribute("type") == "log10" || curves.Any(c => Xml.Flag(c, old));
        string label(string name) => (string?)Xml.Child(element, name)?.Attribute("name") ?? "";
        return new SedPlot(Id(element), Xml.Name(element), label("xAxis"), label("yAxis"), axis("xAxis", "logX"), axis("yAxis", "logY"), [.. curves.Select(Curve).OfType<SedCurve>()]);
    }

    private SedCurve? Curve(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "curve" when (string?)element.Attribute("type") is null or "points":
                return new SedCurve((string?)element.Attribute("name") ?? "", Id(element, "xDataReference"), Id(element, "yDataReference"), null);
            case "shadedArea":
                return new SedCurve((string?)element.Attribute("name") ?? "", Id(element, "xDataReference"), Id(element, "yDataReferenceFrom"), Id(element, "yDataReferenceTo"));
        }
        Refuse(element.Name.LocalName == "curve" ? $"a curve of type '{(string?)element.Attribute("type")}'" : $"'{element.Name.LocalName}'", element);
        return null;
    }

    /// <summary>Intervals; what earlier versions call the number of points is one less than that.</summary>
    private int Steps(XElement element)
    {
        var steps = Number(element, "numberOfSteps") ?? Number(element, "numberOfPoints") ?? 0;
        if (steps is >= 1 and <= MostValues && steps == Math.Floor(steps)) return (int)steps;
        if (steps > MostValues) _bag.Error(SedmlCodes.TooMuch, $"{Text(steps)} values", Where(element), $"at most {MostValues} are possible");
        else if (steps != 0 || element.Name.LocalName == "uniformTimeCourse" && Number(element, "outputEndTime") != Number(element, "outputStartTime"))
            _bag.Error(SedmlCodes.BadSedml, $"'{element.Name.LocalName}' with {Text(steps)} steps", Where(element), "their number must be a positive whole number");
        return 1;
    }

    private double Positive(XElement element, string attribute)
    {
        if (Number(element, attribute) is { } value && value > 0) return value;
        _bag.Error(SedmlCodes.BadSedml, $"'{element.Name.LocalName}' needs a positive '{attribute}'", Where(element));
        return 1;
    }

    private double? Number(XElement element, string attribute) => Xml.Number(element, attribute, _file, _bag);

    private string Id(XElement element, string attribute = "id") => Xml.Id(element, _file, _bag, attribute);

    private SourceSpan Where(XElement element) => SafeXml.Where(element, _file);

    private void Refuse(string what, XElement element) => _bag.Error(SedmlCodes.Construct, what, Where(element));

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
