using System.Xml.Linq;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Networks.Structure;

namespace Marrow.Exchange.Sedml;

/// <summary>The models of a document, as its changes leave them.</summary>
/// <param name="document">The document.</param>
/// <param name="path">Its path among the files.</param>
/// <param name="files">Where models come from.</param>
/// <param name="bag">Receives problems.</param>
internal sealed class ModelLibrary(SedmlDocument document, string path, IDocumentFiles files, DiagnosticBag bag)
{
    private readonly Dictionary<string, XDocument?> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReactionNetwork?> _networks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <summary>The text of a model; null, with the reason reported, if there is none.</summary>
    public XDocument? Text(string id)
    {
        if (_texts.TryGetValue(id, out var known)) return known;
        if (document.Models.FirstOrDefault(m => m.Id == id) is not { } model)
        {
            bag.Error(SedmlCodes.UnknownReference, $"the document has no model '{id}'", new SourceSpan(document.File, 0, 0, 1), "", Spelling.Hint(id, document.Models.Select(m => m.Id), SedmlCodes.UnknownReference.Cure));
            return _texts[id] = null;
        }
        if (!_open.Add(id))
        {
            bag.Error(SedmlCodes.Circular, $"the model '{id}' is made from itself", model.Where);
            return null;
        }
        var text = Source(model);
        if (text is not null) new ModelChanges(document.File, (formula, current) => Compute(formula, id, current), bag).Apply(text, model);
        _open.Remove(id);
        return _texts[id] = text;
    }

    /// <summary>A model as a network; null, with the reason reported, if it cannot be read.</summary>
    public ReactionNetwork? Network(string id)
    {
        if (_networks.TryGetValue(id, out var known)) return known;
        return _networks[id] = Text(id) is { } text ? Read(text, id) : null;
    }

    /// <summary>The text of a model with its changes, for those who want to simulate it otherwise.</summary>
    public string? Sbml(string id) => Text(id)?.ToString(SaveOptions.DisableFormatting);

    private ReactionNetwork? Read(XDocument text, string id) => SbmlReader.ReadText(text.ToString(SaveOptions.None), $"{document.File}#{id}", bag);

    private XDocument? Source(SedModel model)
    {
        var source = model.Source;
        var other = source.StartsWith('#') ? source[1..] : source;
        if (document.Models.Any(m => m.Id == other)) return Text(other) is { } text ? new XDocument(text) : null;
        if (DocumentPath.Resolve(path, source) is not { } place)
        {
            bag.Error(SedmlCodes.Address, $"the model '{source}'", model.Where);
            return null;
        }
        return DocumentPath.Read(files, place, $"the model '{source}'", model.Where, bag) is { } found ? SafeXml.Parse(found, files.NameOf(place), bag) : null;
    }

    /// <summary>The value of a formula of quantities of models at their start.</summary>
    private double? Compute(SedFormula formula, string self, XDocument current)
    {
        var values = new Dictionary<string, double>(formula.Parameters, StringComparer.Ordinal);
        foreach (var variable in formula.Variables)
        {
            var isOwn = variable.Model is null || variable.Model == self;
            if ((isOwn ? current : Text(variable.Model!)) is not { } text || variable.Target is null || Targets.Quantity(text, variable.Target, bag) is not { } name) return null;
            if ((isOwn ? Read(current, self) : Network(variable.Model!)) is not { } network) return null;
            values[variable.Id] = Start(network, name);
        }
        return FormulaValue.Of(formula.Math, name => values.TryGetValue(name, out var value) ? value : null);
    }

    /// <summary>The value of a quantity at the start.</summary>
    public static double Start(ReactionNetwork network, string name)
    {
        var model = CompiledModel.Compile(network, new CompileOptions { Observables = [name] });
        var parameters = model.DefaultParameters();
        var states = new double[model.States.Count];
        model.InitialStates(parameters, states);
        var value = new double[1];
        model.Evaluate(0, states, parameters, value);
        return value[0];
    }
}
