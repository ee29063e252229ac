using System.Globalization;
using Marrow.Networks.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Marrow.Trials.Studies;

/// <summary>A mapping of a YAML file, read strictly: every key that nobody asked for is an error when <see cref="Close"/> is called,
/// and a missing or malformed value is reported and replaced by a harmless one, so that reading goes on and finds all problems.</summary>
internal sealed class YamlMap(YamlSource source, YamlMappingNode node, string name, string path = "")
{
    private readonly HashSet<string> _asked = [];

    /// <summary>The file.</summary>
    public YamlSource Source { get; } = source;

    /// <summary>What this mapping is, for messages.</summary>
    public string Name { get; } = name;

    /// <summary>Keys in the order of the file.</summary>
    public IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value ?? "");

    /// <summary>Place of the mapping.</summary>
    public SourceSpan Where => Source.Span(node);

    /// <summary>Place of a key's value, or of the mapping if the key is absent.</summary>
    public SourceSpan WhereOf(string key) => Source.Span(Find(key) ?? node);

    /// <summary>Whether the key is there.</summary>
    public bool Has(string key)
    {
        Source.KeyLog?.Add($"{path}/{key}");
        return Find(key) is not null;
    }

    /// <summary>Whether the key's value is a mapping.</summary>
    public bool HasMap(string key) => Find(key) is YamlMappingNode;

    /// <summary>Reports an error at a key's value.</summary>
    public void Error(string key, ErrorCode code, string what, string why = "", string @try = "") =>
        Source.Error(Find(key) ?? node, code, what, why, @try);

    /// <summary>A text that must be there.</summary>
    public string Text(string key) => Scalar(key, required: true) ?? "";

    /// <summary>A text, or null.</summary>
    public string? TextOrNull(string key) => Scalar(key, required: false);

    /// <summary>One of a few words that must be there.</summary>
    public T Choice<T>(string key, T fallback, bool required = true) where T : struct, Enum
    {
        var text = Scalar(key, required);
        if (text is null) return fallback;
        if (Enum.TryParse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value) && !char.IsDigit(text[0])) return value;
        var words = Enum.GetNames<T>().Select(Words).ToArray();
        Error(key, StudyCodes.UnknownChoice, $"'{text}' is not a value of '{key}'", "", Suggestion.For(text, words));
        return fallback;
    }

    /// <summary>A number that must be there and lie within the limits.</summary>
    public double Number(string key, double lower = double.NegativeInfinity, double upper = double.PositiveInfinity) =>
        NumberOrNull(key, lower, upper, required: true) ?? double.NaN;

    /// <summary>A number within the limits, or null if the key is absent.</summary>
    public double? NumberOrNull(string key, double lower = double.NegativeInfinity, double upper = double.PositiveInfinity, bool required = false)
    {
        var text = Scalar(key, required);
        if (text is null) return null;
        return ParseNumber(Find(key)!, key, text, lower, upper);
    }

    /// <summary>A whole number that must be there.</summary>
    public int Whole(string key, int lower, int upper)
    {
        var value = Number(key, lower, upper);
        if (double.IsNaN(value)) return lower;
        if (value == Math.Floor(value)) return (int)value;
        Error(key, StudyCodes.WrongType, $"'{key}' must be a whole number");
        return lower;
    }

    /// <summary>A whole number, or a default.</summary>
    public int WholeOr(string key, int fallback, int lower, int upper) => Has(key) ? Whole(key, lower, upper) : fallback;

    /// <summary>A list of numbers; empty if the key is absent and not required.</summary>
    public IReadOnlyList<double> Numbers(string key, bool required = true) =>
        [.. Items(key, required).Select(item => item is YamlScalarNode s
            ? ParseNumber(item, key, s.Value ?? "", double.NegativeInfinity, double.PositiveInfinity)
            : Wrong(item, key, "a list of numbers"))];

    /// <summary>A list of names; a single name counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string key, bool required = true) =>
        [.. Items(key, required).OfType<YamlScalarNode>().Select(s => s.Value ?? "")];

    /// <summary>A mapping that must be there; null, with the problem reported, if it is not.</summary>
    public YamlMap? Map(string key, bool required = true)
    {
        Ask(key);
        var child = Find(key);
        if (child is null)
        {
            if (required) Missing(key);
            return null;
        }
        if (child is YamlMappingNode map) return new YamlMap(Source, map, $"'{key}'", $"{path}/{key}");
        Error(key, StudyCodes.WrongType, $"'{key}' must be a mapping of keys to values");
        return null;
    }

    /// <summary>A list of mappings; empty if the key is absent and not required.</summary>
    public IReadOnlyList<YamlMap> Maps(string key, bool required = true)
    {
        var maps = new List<YamlMap>();
        foreach (var item in Items(key, required))
        {
            if (item is YamlMappingNode map) maps.Add(new YamlMap(Source, map, $"an entry of '{key}'", $"{path}/{key}/[]"));
            else Source.Error(item, StudyCodes.WrongType, $"an entry of '{key}' must be a mapping of keys to values");
        }
        return maps;
    }

    /// <summary>Reports every key that nobody asked for.</summary>
    public void Close()
    {
        foreach (var key in node.Children.Keys)
        {
            var text = (key as YamlScalarNode)?.Value ?? "";
            if (!_asked.Contains(text))
                Source.Error(key, StudyCodes.UnknownKey, $"unknown key '{text}' in {Name}", "", Suggestion.For(text, _asked));
        }
    }

    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private void Ask(string key)
    {
        _asked.Add(key);
        Source.KeyLog?.Add($"{path}/{key}");
    }

    private YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    private List<YamlNode> Items(string key, bool required)
    {
        Ask(key);
        switch (Find(key))
        {
            case YamlSequenceNode list: return [.. list.Children];
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: "" }:
            case null:
                if (required) Missing(key);
                return [];
            case { } single: return [single];
        }
    }

    private string? Scalar(string key, bool required)
    {
        Ask(key);
        switch (Find(key))
        {
            case YamlScalarNode { Value.Length: > 0 } scalar when scalar.Value.Contains('\0', StringComparison.Ordinal):
                Error(key, StudyCodes.WrongType, $"'{key}' holds a character that no text can hold", "code 0", "removing it");
                return null;
            case YamlScalarNode { Value.Length: > 0 } scalar: return scalar.Value;
            case null or YamlScalarNode:
                if (required) Missing(key);
                return null;
            default:
                Error(key, StudyCodes.WrongType, $"'{key}' must be a single value");
                return null;
        }
    }

    private void Missing(string key)
    {
        var near = Keys.Where(k => !_asked.Contains(k));
        Source.Bag.Error(StudyCodes.MissingKey, $"'{key}' is missing in {Name}", Source.Span(node).Line > 0 ? Source.Span(node) with { Length = 1 } : Source.Span(node),
            "", Spelling.Nearest(key, near) is { } found ? $"rename '{found}' to '{key}'" : $"add '{key}: ...'");
    }

    private double ParseNumber(YamlNode at, string key, string text, double lower, double upper)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            return Wrong(at, key, "a number");
        if (value < lower || value > upper)
        {
            Source.Error(at, StudyCodes.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"'{key}' is {text}, outside {lower}..{upper}"));
            return double.NaN;
        }
        return value;
    }

    private double Wrong(YamlNode at, string key, string expected)
    {
        Source.Error(at, StudyCodes.WrongType, $"'{(at as YamlScalarNode)?.Value}' of '{key}' is not {expected}", "", "write it as 1.5 or 2e-7, without unit");
        return double.NaN;
    }
}
