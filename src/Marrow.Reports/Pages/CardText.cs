using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Marrow.Reports.Pages;

/// <summary>What a person writes of a card (<c>models/cards/NAME.yaml</c>); the rest comes from the model itself.</summary>
internal sealed class CardText
{
    /// <summary>Name of the card: that of its file.</summary>
    [YamlIgnore]
    public string Name { get; private set; } = "";

    /// <summary>Title.</summary>
    public string Title { get; set; } = "";

    /// <summary>module, therapy or disease.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Question that it answers.</summary>
    public string Question { get; set; } = "";

    /// <summary>What it must not be used for.</summary>
    public string NotFor { get; set; } = "";

    /// <summary>Model files, relative to the folder of models.</summary>
    public List<string> Files { get; set; } = [];

    /// <summary>Model whose numbers are shown, a file of diseases.</summary>
    public string Model { get; set; } = "bcp_all";

    /// <summary>Assumptions that decide what comes out.</summary>
    public List<string> Assumptions { get; set; } = [];

    /// <summary>What data can tell apart, and what not.</summary>
    public string Identifiability { get; set; } = "";

    /// <summary>Facts that test it.</summary>
    public List<string> Facts { get; set; } = [];

    /// <summary>Expected effects that test it.</summary>
    public List<string> Effects { get; set; } = [];

    /// <summary>Where it is known to be wrong.</summary>
    public List<string> KnownFailures { get; set; } = [];

    /// <summary>Work that it builds on.</summary>
    public List<string> Citation { get; set; } = [];

    /// <summary>Reads a card.</summary>
    /// <exception cref="InvalidDataException">The file is not a card.</exception>
    public static CardText Read(string path)
    {
        var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
        try
        {
            var card = reader.Deserialize<CardText>(File.ReadAllText(path));
            if (card is null) throw new InvalidDataException($"{Path.GetFileName(path)}: the file is empty");
            if (Array.Find(typeof(CardText).GetProperties(), p => p.GetValue(card) is null) is { } empty)
                throw new InvalidDataException($"{Path.GetFileName(path)}: '{UnderscoredNamingConvention.Instance.Apply(empty.Name)}' is empty");
            card.Name = Path.GetFileNameWithoutExtension(path);
            return card;
        }
        catch (YamlException e)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)}:{e.Start.Line}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }
}
