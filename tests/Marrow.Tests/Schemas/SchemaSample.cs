using System.Globalization;
using System.Text;
using Marrow.Numerics.Random;

namespace Marrow.Tests.Schemas;

/// <summary>Files made from a schema: together they use every key, every word and every form that it allows. They are not sound, but a
/// reader asks for all that it knows nevertheless.</summary>
internal sealed class SchemaSample
{
    private const double LeftOut = 0.3;

    private RandomStream _random;

    private SchemaSample(int variant) => _random = new RandomKey(1, Purpose.Of("schema samples"), (ulong)variant).Stream();

    /// <summary>A file as YAML in flow style; each variant makes other choices.</summary>
    public static string Write(Schema schema, int variant)
    {
        var text = new StringBuilder();
        new SchemaSample(variant).Write(schema, text);
        return text.ToString();
    }

    private void Write(Schema given, StringBuilder text)
    {
        var schema = given.Target;
        if (schema.List("enum").ToList() is { Count: > 0 } words) text.Append(words[_random.Below(words.Count)].Node.GetValue<string>());
        else if (!schema.Has("type") && schema.List("anyOf").ToList() is { Count: > 0 } forms) Write(forms[_random.Below(forms.Count)], text);
        else if (TypeOf(schema) == "object") WriteObject(schema, text);
        else if (TypeOf(schema) == "array") Enclosed('[', ']', text, () => Write(schema.Child("items"), text));
        else if (TypeOf(schema) == "string") text.Append("x.yaml");
        else text.Append((schema.Node["maximum"] ?? schema.Node["minimum"])?.GetValue<double>().ToString(CultureInfo.InvariantCulture) ?? "1");
    }

    /// <summary>Most keys: a key may hide another one from the reader, so that each is left out of some files.</summary>
    private void WriteObject(Schema schema, StringBuilder text) => Enclosed('{', '}', text, () =>
    {
        foreach (var (key, property) in schema.Properties)
        {
            if (_random.Uniform() < LeftOut) continue;
            text.Append(key).Append(": ");
            Write(property, text);
            text.Append(", ");
        }
        if (!schema.Has("additionalProperties") || schema.Node["additionalProperties"] is not System.Text.Json.Nodes.JsonObject) return;
        text.Append("some_name: ");
        Write(schema.Child("additionalProperties"), text);
    });

    private static void Enclosed(char open, char close, StringBuilder text, Action inside)
    {
        text.Append(open);
        inside();
        text.Append(close);
    }

    private static string TypeOf(Schema schema) => schema.Node["type"] switch
    {
        System.Text.Json.Nodes.JsonArray several => several[0]!.GetValue<string>(),
        { } one => one.GetValue<string>(),
        null => throw new InvalidDataException($"{schema.Home}: a schema without type"),
    };
}
