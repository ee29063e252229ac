namespace Marrow.Reports.Pages;

/// <summary>What checks and claims need, and which of it the models have (<c>models/experiments/needs.csv</c>).</summary>
internal sealed class Needs(IReadOnlyList<PageRow> rows)
{
    private readonly Dictionary<string, PageRow> _rows = rows.ToDictionary(r => r["need"], StringComparer.Ordinal);

    /// <summary>Reads the table.</summary>
    public static Needs Read(string path) => new(PageTable.Read(path, "need", "available", "note"));

    /// <summary>What a list such as <c>core;T7</c> asks for and the models lack.</summary>
    /// <exception cref="InvalidDataException">The list names something that the table does not.</exception>
    public IReadOnlyList<string> Missing(PageRow row) =>
        [.. row.List("needs", ';').Select(need => _rows.TryGetValue(need, out var known) ? known : throw new InvalidDataException($"{row.Where}: need '{need}' is not in needs.csv."))
            .Where(known => known["available"] != "1").Select(known => known["note"])];
}
