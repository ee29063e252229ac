using Marrow.Networks.Provenance;

namespace Marrow.Reports.Pages;

/// <summary>The cards of a folder of models.</summary>
public sealed class ModelCards
{
    private readonly string _models;
    private readonly Func<string, LoadedModel> _load;
    private readonly SortedDictionary<string, CardText> _cards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoadedModel> _loaded = new(StringComparer.Ordinal);
    private readonly PageSources _sources;

    /// <summary>Reads what people wrote of the cards.</summary>
    /// <param name="models">Folder <c>models</c>.</param>
    /// <param name="load">Loads the model of a path.</param>
    /// <exception cref="InvalidDataException">A card or table cannot be read; the message names file and line.</exception>
    public ModelCards(string models, Func<string, LoadedModel> load)
    {
        _models = models;
        _load = load;
        _sources = new PageSources(models);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(models, "cards"), "*.yaml"))
        {
            var card = CardText.Read(file);
            _cards.Add(card.Name, card);
        }
    }

    /// <summary>Names, in alphabetical order.</summary>
    public IReadOnlyCollection<string> Names => _cards.Keys;

    /// <summary>Kind and title of a card.</summary>
    public (string Kind, string Title) About(string name) => (_cards[name].Kind, _cards[name].Title);

    /// <summary>A card as Markdown.</summary>
    public string Write(string name)
    {
        var card = _cards[name];
        if (!_loaded.TryGetValue(card.Model, out var model)) _loaded[card.Model] = model = _load(Path.Combine(_models, "diseases", card.Model + ".ant"));
        return CardPage.Write(card, model, _models, _sources, CardOf);
    }

    /// <summary>The list of cards as Markdown.</summary>
    public string Index() => CardPage.Index(_cards.Values);

    /// <summary>Name of the card that shows a model file (relative to the folder of models), or null.</summary>
    public string? CardOf(string file) => _cards.Values.FirstOrDefault(c => c.Files.Contains(file))?.Name;
}
