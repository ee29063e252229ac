using System.Globalization;
using System.Text.Json.Nodes;
using Marrow.Tests.House;

namespace Marrow.Tests.Schemas;

/// <summary>A JSON schema of the folder <c>schemas</c>: the keywords of draft 2020-12 that these schemas use, and no other, so that none
/// is passed over.</summary>
internal sealed class Schema
{
    private static readonly Dictionary<string, JsonObject> Documents = Repository.Files("schemas", "*.schema.json")
        .ToDictionary(file => Path.GetFileName(file), file => JsonNode.Parse(File.ReadAllText(file))!.AsObject(), StringComparer.Ordinal);

    private static readonly HashSet<string> Annotations = ["$schema", "$id", "$defs", "title", "description"];

    private Schema(string home, JsonNode node) => (Home, Node) = (home, node);

    /// <summary>Name of its file.</summary>
    public string Home { get; }

    public JsonNode Node { get; }

    public static IEnumerable<string> Names => Documents.Keys.Where(f => f != "parts.schema.json").Select(f => f[..f.IndexOf('.', StringComparison.Ordinal)]).Order(StringComparer.Ordinal);

    public static Schema Of(string name) => new($"{name}.schema.json", Documents[$"{name}.schema.json"]);

    public string Description => Node["description"]?.GetValue<string>() ?? "";

    /// <summary>The schema that a <c>$ref</c> names, or this one.</summary>
    public Schema Target
    {
        get
        {
            if (Node is not JsonObject given || given["$ref"]?.GetValue<string>() is not { } reference) return this;
            var parts = reference.Split('#');
            var file = parts[0].Length == 0 ? Home : parts[0];
            JsonNode node = Documents[file];
            foreach (var step in parts[1].Split('/', StringSplitOptions.RemoveEmptyEntries)) node = node[step]!;
            return new Schema(file, node).Target;
        }
    }

    public Schema Child(string keyword) => new(Home, Node[keyword]!);

    public bool Has(string keyword) => Node is JsonObject o && o[keyword] is not null;

    public IEnumerable<Schema> List(string keyword) => Node[keyword] is JsonArray list ? list.Select(n => new Schema(Home, n!)) : [];

    public IEnumerable<(string Key, Schema Schema)> Properties => Node["properties"] is JsonObject map ? map.Select(p => (p.Key, new Schema(Home, p.Value!))) : [];

    /// <summary>Every place of a mapping where the schema knows a key, such as <c>/covariates/*/law</c>; * stands for a name of the user's.</summary>
    public IEnumerable<(string Path, Schema Schema)> Places(string path = "")
    {
        var schema = Target;
        foreach (var (key, property) in schema.Properties)
        {
            yield return ($"{path}/{key}", property);
            foreach (var place in property.Places($"{path}/{key}")) yield return place;
        }
        if (schema.Has("additionalProperties") && schema.Node["additionalProperties"] is JsonObject)
        {
            var names = schema.Child("additionalProperties");
            yield return ($"{path}/*", names);
            foreach (var place in names.Places($"{path}/*")) yield return place;
        }
        if (schema.Has("items"))
        {
            foreach (var place in schema.Child("items").Places($"{path}/[]")) yield return place;
        }
        foreach (var place in schema.List("anyOf").SelectMany(branch => branch.Places(path))) yield return place;
    }

    /// <summary>What is wrong with a value, with its path.</summary>
    public IEnumerable<string> Problems(JsonNode? value, string path = "")
    {
        var schema = Target;
        if (schema.Node is JsonValue all) return all.GetValue<bool>() ? [] : [$"{path}: unknown key"];
        return schema.Node.AsObject().Where(k => !Annotations.Contains(k.Key)).SelectMany(k => schema.Judge(k.Key, k.Value!, value, path)).ToList();
    }

    private IEnumerable<string> Judge(string keyword, JsonNode limit, JsonNode? value, string path)
    {
        switch (keyword)
        {
            case "type": return Types(limit).Any(t => IsOf(t, value)) ? [] : [$"{path}: not {limit}"];
            case "enum": return limit.AsArray().Any(w => JsonNode.DeepEquals(w, value)) ? [] : [$"{path}: none of {limit.ToJsonString()}"];
            case "const": return JsonNode.DeepEquals(limit, value) ? [] : [$"{path}: not {limit}"];
            case "minimum": return Number(value) is { } n && n < Number(limit) ? [$"{path}: below {limit}"] : [];
            case "exclusiveMinimum": return Number(value) is { } m && m <= Number(limit) ? [$"{path}: not above {limit}"] : [];
            case "maximum": return Number(value) is { } x && x > Number(limit) ? [$"{path}: above {limit}"] : [];
            case "required": return value is JsonObject o ? limit.AsArray().Where(k => !o.ContainsKey(k!.GetValue<string>())).Select(k => $"{path}: '{k}' is missing") : [];
            case "propertyNames": return value is JsonObject names ? names.SelectMany(p => new Schema(Home, limit).Problems(JsonValue.Create(p.Key), $"{path}/{p.Key}")) : [];
            case "properties": return value is JsonObject map ? Properties.Where(p => map.ContainsKey(p.Key)).SelectMany(p => p.Schema.Problems(map[p.Key], $"{path}/{p.Key}")) : [];
            case "additionalProperties": return value is JsonObject more ? more.Where(p => Properties.All(k => k.Key != p.Key)).SelectMany(p => new Schema(Home, limit).Problems(p.Value, $"{path}/{p.Key}")) : [];
            case "items": return value is JsonArray list ? list.SelectMany((item, i) => new Schema(Home, limit).Problems(item, $"{path}/{i}")) : [];
            case "allOf": return List("allOf").SelectMany(part => part.Problems(value, path));
            case "anyOf": return List("anyOf").Select(part => part.Problems(value, path).ToList()).OrderBy(p => p.Count).First();
            case "if": return Child("if").Problems(value, path).Any() ? [] : Child("then").Problems(value, path);
            case "then": return [];
            default: throw new InvalidDataException($"{Home}: the keyword '{keyword}' is not known here");
        }
    }

    private static IEnumerable<string> Types(JsonNode limit) => limit is JsonArray list ? list.Select(t => t!.GetValue<string>()) : [limit.GetValue<string>()];

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value is JsonValue v && v.TryGetValue<string>(out _),
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } n && n == Math.Floor(n),
        _ => throw new InvalidDataException($"type '{type}' is not known here"),
    };

    private static double? Number(JsonNode? value) => value is JsonValue v && v.TryGetValue<double>(out var number) ? number : null;

    /// <summary>A YAML value as editors see it: numbers are numbers, quoted or not is kept.</summary>
    public static JsonNode? Read(YamlDotNet.RepresentationModel.YamlNode node) => node switch
    {
        YamlDotNet.RepresentationModel.YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(((YamlDotNet.RepresentationModel.YamlScalarNode)c.Key).Value!, Read(c.Value)))),
        YamlDotNet.RepresentationModel.YamlSequenceNode list => new JsonArray([.. list.Children.Select(Read)]),
        YamlDotNet.RepresentationModel.YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } plain when double.TryParse(plain.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        YamlDotNet.RepresentationModel.YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };
}
