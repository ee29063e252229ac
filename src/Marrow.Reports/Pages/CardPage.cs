using System.Text;
using Marrow.Networks.Provenance;
using Marrow.Networks.Structure;

namespace Marrow.Reports.Pages;

/// <summary>A card: what a part of the models answers, its equations, states, numbers, tests and failures.</summary>
internal static class CardPage
{
    /// <summary>The card as Markdown.</summary>
    /// <param name="card">What a person wrote.</param>
    /// <param name="model">The model whose numbers are shown.</param>
    /// <param name="models">Folder of models.</param>
    /// <param name="sources">Facts, effects and their results.</param>
    /// <param name="cardOf">Name of the card that shows a model file, or null.</param>
    public static string Write(CardText card, LoadedModel model, string models, PageSources sources, Func<string, string?> cardOf)
    {
        var view = new ModuleView(model, card.Files.Select(f => Path.Combine(models, f)));
        var parameters = card.Kind == "disease" ? OwnRows(card, model) : view.Parameters();
        var page = new StringBuilder($"# {card.Title}\n");
        page.Paragraph($"**Question.** {card.Question.Trim()}").Paragraph($"**Not for.** {card.NotFor.Trim()}")
            .Paragraph($"**Files.** {string.Join(", ", card.Files.Select(f => $"[{f}](../../models/{f})"))}. Numbers of {card.Model}. {Markdown.Generated}");
        if (card.Kind == "disease") Modules(page, model, models, cardOf);
        else Equations(page, view);
        Numbers(page, card, parameters);
        page.Heading(2, "Assumptions that decide").Bullets(card.Assumptions.DefaultIfEmpty("none named"))
            .Heading(2, "Identifiability").Append(card.Identifiability.Trim()).Append('\n');
        Tests(page, card, sources);
        page.Heading(2, "Known failures").Bullets(card.KnownFailures.DefaultIfEmpty("none known"))
            .Heading(2, "Citation").Bullets(card.Citation.DefaultIfEmpty("Marrow's own; see the sources of the parameters"));
        return page.ToString();
    }

    /// <summary>The list of cards.</summary>
    public static string Index(IEnumerable<CardText> cards)
    {
        var page = new StringBuilder("# Cards\n");
        page.Paragraph($"One card for each disease, core module and therapy. {Markdown.Generated}");
        foreach (var (kind, title) in new[] { ("disease", "Diseases"), ("module", "Core modules"), ("therapy", "Therapies") })
        {
            page.Heading(2, title).Head("Card", "Question");
            foreach (var card in cards.Where(c => c.Kind == kind)) page.Row($"[{card.Title}]({card.Name}.md)", card.Question.Trim());
        }
        return page.ToString();
    }

    private static IReadOnlyList<ParameterRecord> OwnRows(CardText card, LoadedModel model) =>
        [.. model.Parameters.Rows.Where(r => Path.GetFileNameWithoutExtension(r.Where.File) == card.Model)];

    private static void Modules(StringBuilder page, LoadedModel model, string models, Func<string, string?> cardOf)
    {
        var network = model.Network;
        page.Heading(2, "Parts").Append($"{network.Species.Length} states, {network.Reactions.Length} reactions, {network.AssignmentRules.Length} rules, {network.Events.Length} events, from these files:\n\n");
        var files = network.Reactions.Select(r => r.Where.File).Concat(network.Species.Select(s => s.Where.File)).Concat(network.AssignmentRules.Select(r => r.Where.File))
            .Where(f => f.Length > 0).Select(f => Path.GetRelativePath(models, Path.GetFullPath(f)).Replace('\\', '/')).Distinct().Order(StringComparer.Ordinal);
        page.Bullets(files.Select(f => cardOf(f) is { } name ? $"[{f}]({name}.md)" : $"[{f}](../../models/{f})"));
    }

    private static void Equations(StringBuilder page, ModuleView view)
    {
        if (view.Instances.Count > 0) page.Paragraph($"Used {view.Instances.Count} times ({string.Join(", ", view.Instances)}); shown is {view.Instances[0]}.");
        if (view.Species.Count > 0)
        {
            page.Heading(2, "States").Head("State", "Meaning", "Unit", "Start");
            foreach (var s in view.Species) page.Row(Markdown.Code(view.Short(s.Id)), s.DisplayName ?? "", s.Unit ?? "", s.Initial is null ? "0" : Markdown.Code(view.Text(s.Initial)));
        }
        page.Heading(2, "Equations");
        if (view.Reactions.Count + view.RateRules.Count > 0)
        {
            page.Head("Process", "Change", "Rate, /d");
            foreach (var r in view.Reactions) page.Row(view.Short(r.Id), Markdown.Code($"{Side(r.Reactants, view)} → {Side(r.Products, view)}"), Markdown.Code(view.Text(r.KineticLaw)));
            foreach (var r in view.RateRules) page.Row("", Markdown.Code($"d({view.Short(r.Variable)})/dt"), Markdown.Code(view.Text(r.Rate)));
            page.Append('\n');
        }
        if (view.Rules.Count > 0) page.Head("Quantity", "Is");
        foreach (var r in view.Rules) page.Row(Markdown.Code(view.Short(r.Variable)), Markdown.Code(view.Text(r.Value)));
        if (view.Events.Count == 0) return;
        page.Append('\n').Head("Event", "When", "Then");
        foreach (var e in view.Events) page.Row(view.Short(e.Id), Markdown.Code(view.Text(e.Trigger)), Markdown.Code(string.Join(", ", e.Assignments.Select(a => $"{view.Short(a.Variable)} = {view.Text(a.Value)}"))));
    }

    private static string Side(IEnumerable<SpeciesReference> side, ModuleView view)
    {
        var text = string.Join(" + ", side.Select(s => s.Stoichiometry == 1 ? view.Short(s.Species) : $"{ExpressionText.Of(s.Stoichiometry)} {view.Short(s.Species)}"));
        return text.Length == 0 ? "∅" : text;
    }

    private static void Numbers(StringBuilder page, CardText card, IReadOnlyList<ParameterRecord> parameters)
    {
        page.Heading(2, "Parameters");
        if (parameters.Count == 0)
        {
            page.Append("None.\n");
            return;
        }
        var kinds = parameters.GroupBy(p => p.Kind).OrderBy(g => g.Key).Select(g => $"{g.Count()} {Word(g.Key)}");
        page.Append($"{parameters.Count}{(card.Kind == "disease" ? " of its own table" : "")}: {string.Join(", ", kinds)}; {parameters.Count(p => p.LogSd is not null)} differ between patients.\n\n")
            .Head("Parameter", "Value", "Unit", "Between patients", "Kind", "Source or reason");
        foreach (var p in parameters)
            page.Row(Markdown.Code(p.Id), ExpressionText.Of(p.Value), p.Unit, p.LogSd is { } sd ? $"lognormal({ExpressionText.Of(sd)})" : "", Word(p.Kind), string.Join("; ", new[] { p.Source, p.Locator, p.Note }.Where(t => t.Length > 0)));
    }

    private static string Word(ParameterKind kind) => kind.ToString().ToLowerInvariant();

    private static void Tests(StringBuilder page, CardText card, PageSources sources)
    {
        page.Heading(2, "Facts and effects");
        if (card.Facts.Count + card.Effects.Count == 0)
        {
            page.Append("None of its own.\n");
            return;
        }
        page.Head("Check", "Expected", "Simulated", "Error");
        foreach (var id in card.Facts)
        {
            var fact = sources.Facts.FirstOrDefault(f => f["id"] == id) ?? throw new InvalidDataException($"card {card.Name}: there is no fact '{id}'.");
            var simulated = sources.FactResults.TryGetValue(id, out var result) ? result.Value is null ? result.Verdict : result.Measured(fact["unit"]) : "not yet run";
            page.Row($"{id} {fact["fact"]}", $"{Words.Numbers.Amount(fact.Number("published"))} {fact["unit"]}", simulated, FactsPage.Distance(fact, sources) is { } d ? $"{Words.Numbers.Amount(d)} spreads" : "");
        }
        foreach (var id in card.Effects)
        {
            if (!sources.Effects.TryGetValue(id, out var effect)) throw new InvalidDataException($"card {card.Name}: there is no effect '{id}'.");
            var expected = $"{effect["op"]} {effect["value"]}{(effect["value2"].Length > 0 ? $" to {effect["value2"]}" : "")} {effect["unit"]}";
            page.Row($"{id} {effect["switch"]}: {effect["observable"]}, {effect["context"]}", expected, sources.EffectResults.TryGetValue(id, out var result) ? result.Measured(effect["unit"]) : "not yet run", result?.Verdict ?? "");
        }
    }
}
