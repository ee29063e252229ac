namespace Marrow.Reports.Pages;

/// <summary>Why checks of one kind are missed or wait, in plain words, by the id of the check.</summary>
/// <param name="kind">What the checks are called, such as claim.</param>
/// <param name="texts">Rows with the verdict that is explained and the explanation.</param>
internal sealed class Explanations(string kind, IReadOnlyDictionary<string, PageRow> texts)
{
    /// <summary>Verdict that asks for an explanation.</summary>
    public const string Missed = "missed";

    /// <summary>Reads a table; none where the file is absent.</summary>
    public static Explanations Read(string kind, string path) => new(kind, PageTable.ById(path, "verdict", "explanation"));

    /// <summary>The explanation of a check; null if there is none.</summary>
    public string? Of(string id) => texts.TryGetValue(id, out var row) ? row["explanation"] : null;

    /// <summary>Missed checks that nobody has explained, and explanations that are empty or of what did not come out so: both must be none.</summary>
    /// <param name="known">Ids of all checks.</param>
    /// <param name="results">What came out.</param>
    public IReadOnlyList<string> Problems(IEnumerable<string> known, IReadOnlyDictionary<string, CheckResult> results) =>
    [
        .. results.Where(r => r.Value.Verdict == Missed && !texts.ContainsKey(r.Key)).Select(r => $"{r.Key} is missed and has no explanation"),
        .. texts.Keys.Except(known, StringComparer.Ordinal).Select(id => $"{id} is explained and is no {kind}"),
        .. texts.Values.Where(e => e["explanation"].Length == 0).Select(e => $"{e["id"]} has an empty explanation"),
        .. texts.Values.Where(e => results.TryGetValue(e["id"], out var r) && r.Verdict != e["verdict"])
            .Select(e => $"{e["id"]} is explained as {e["verdict"]} and is {results[e["id"]].Verdict}"),
    ];
}
