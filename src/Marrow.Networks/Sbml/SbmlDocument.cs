using System.Globalization;
using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Sbml;

/// <summary>The model of a document of a level and version that can be read, and its attributes.</summary>
internal sealed class SbmlDocument
{
    private static readonly string[] Refused = ["comp", "fbc", "qual", "spatial", "multi", "distrib", "arrays", "dyn"];

    private readonly Reporter _reporter;

    private SbmlDocument(int level, int version, XmlNode model, Reporter reporter) =>
        (Level, Version, Model, _reporter) = (level, version, model, reporter);

    /// <summary>Level; 2 for a document of Level 1, whose model is said in the elements of Level 2.</summary>
    public int Level { get; }

    public int Version { get; }

    public XmlNode Model { get; }

    /// <summary>The document of a root element; null, with the reason reported, if it is none that can be read.</summary>
    public static SbmlDocument? Of(XmlNode root, Reporter reporter)
    {
        if (root.Name != "sbml" || root["level"] is not { } levelText || !int.TryParse(levelText, NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            || !int.TryParse(root["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            reporter.Error(ErrorCodes.BadSbml, root.Where, $"the root element '{root.Name}' is no SBML document", "it must be 'sbml' with level and version");
            return null;
        }
        if ((level, version) is not ((1, 1 or 2) or (2, >= 1 and <= 5) or (3, 1 or 2)))
        {
            reporter.Error(ErrorCodes.SbmlLevel, root.Where, $"SBML Level {level} Version {version}");
            return null;
        }
        foreach (var (space, isRequired) in root.Packages) Package(space, isRequired, root, reporter);
        if (root.Child("model") is not { } model)
        {
            reporter.Error(ErrorCodes.NoModel, root.Where, "the document holds no model", "", "a 'model' inside 'sbml'");
            return null;
        }
        if (reporter.Bag.HasErrors) return null;
        return level == 1 ? new SbmlDocument(2, 1, LevelOne.Raise(model), reporter) : new SbmlDocument(level, version, model, reporter);
    }

    /// <summary>Reports that a package is not supported, unless it changes nothing that is simulated.</summary>
    private static void Package(string space, bool isRequired, XmlNode root, Reporter reporter)
    {
        const string home = "http://www.sbml.org/sbml/level3/";
        if (!space.StartsWith(home, StringComparison.Ordinal) || space.EndsWith("/core", StringComparison.Ordinal)) return;
        // .../version1/NAME/version1
        var parts = space[home.Length..].Split('/');
        var name = parts.Length > 1 ? parts[1] : space;
        if (name == "l3v2extendedmath" || (!isRequired && !Refused.Contains(name))) return;
        reporter.Error(ErrorCodes.SbmlPackage, root.Where, $"the model uses the package '{name}'");
    }

    /// <summary>The name of an element, reported if it is missing.</summary>
    public string Id(XmlNode node, string attribute = "id")
    {
        if (node[attribute] is { Length: > 0 } id)
        {
            if (IsName(id)) return id;
            _reporter.Error(ErrorCodes.BadSbml, node.Where, $"'{id}' is no name", "names are letters, digits and '_', and do not begin with a digit");
            return id;
        }
        _reporter.Error(ErrorCodes.BadSbml, node.Where, $"'{node.Name}' without '{attribute}'");
        return "?";
    }

    /// <summary>A number; null if the attribute is absent or wrong.</summary>
    public double? Number(XmlNode node, string attribute)
    {
        if (node[attribute] is not { } text) return null;
        if (TryNumber(text, out var value)) return value;
        _reporter.Error(ErrorCodes.BadSbml, node.Where, $"'{attribute}' of '{node.Name}' is '{text}', which is no number");
        return null;
    }

    public bool Flag(XmlNode node, string attribute, bool otherwise)
    {
        switch (node[attribute])
        {
            case null: return otherwise;
            case "true" or "1": return true;
            case "false" or "0": return false;
        }
        _reporter.Error(ErrorCodes.BadSbml, node.Where, $"'{attribute}' of '{node.Name}' is '{node[attribute]}'", "it must be true or false");
        return otherwise;
    }

    public static bool TryNumber(string text, out double value)
    {
        value = text switch { "INF" => double.PositiveInfinity, "-INF" => double.NegativeInfinity, "NaN" => double.NaN, _ => 0 };
        return value != 0 || double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsName(string id) => !char.IsAsciiDigit(id[0]) && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
