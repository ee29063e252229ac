using Marrow.Networks.Diagnostics;
using YamlDotNet.Core;

namespace Marrow.Reports.Pages;

/// <summary>Reads the card of a model for its problems.</summary>
public static class CardCheck
{
    /// <summary>Kinds of cards.</summary>
    internal static readonly string[] Kinds = ["module", "therapy", "disease"];

    /// <summary>Reads a card (<c>models/cards/NAME.yaml</c>).</summary>
    /// <param name="path">The file.</param>
    /// <param name="bag">Receives every problem.</param>
    public static void Check(string path, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(bag);
        var top = new SourceSpan(path, 1, 1, 1);
        CardText card;
        try
        {
            card = CardText.Read(path);
        }
        catch (InvalidDataException e)
        {
            var at = (e.InnerException as YamlException)?.Start;
            bag.Error(PageCodes.UnreadableCard, (e.InnerException?.InnerException ?? e.InnerException ?? e).Message, at is { } start ? top with { Line = (int)Math.Max(1, start.Line), Column = (int)Math.Max(1, start.Column) } : top, "", PageCodes.UnreadableCard.Cure);
            return;
        }
        if (!Kinds.Contains(card.Kind)) bag.Error(PageCodes.BadCard, $"kind '{card.Kind}' is not module, therapy or disease", top, "", Spelling.Hint(card.Kind, Kinds, string.Join(", ", Kinds)));
        foreach (var (key, text) in new[] { ("title", card.Title), ("question", card.Question), ("not_for", card.NotFor) })
        {
            if (string.IsNullOrWhiteSpace(text)) bag.Error(PageCodes.BadCard, $"'{key}' is missing", top, "", $"{key}: ...");
        }
        var models = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(path))!)!;
        foreach (var file in card.Files.Where(f => !File.Exists(Path.Combine(models, f))))
            bag.Error(PageCodes.BadCard, $"the model file '{file}' does not exist", top, $"paths are relative to {Path.GetFileName(models)}", "correcting the path");
    }
}

/// <summary>Every problem that reading the texts of pages can report. Range: 73xx.</summary>
internal static class PageCodes
{
    public static readonly ErrorCode UnreadableCard = new("MRW7301", "Card that cannot be read",
        "The file is not YAML, or has a key that cards do not have.", "Compare it with a card of models/cards, or with schemas/card.schema.json.");
    public static readonly ErrorCode BadCard = new("MRW7302", "Card without what it needs",
        "A card has a title, a kind, a question, what it is not for, and files that exist.", "Fill in what the message names.");
}
