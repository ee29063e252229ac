using System.Globalization;
using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Antimony;

/// <content>What is said about a model beside its equations: annotations, uncertainty, constraints; and parts of Antimony that are
/// refused or passed over by name.</content>
internal sealed partial class Parser
{
    private static readonly HashSet<string> Qualifiers =
    [
        "identity", "biological_entity_is", "hasPart", "part", "isPartOf", "parthood", "isVersionOf", "hypernym", "hasVersion", "version",
        "isHomologTo", "homolog", "isDescribedBy", "description", "isEncodedBy", "encoder", "encodes", "encodement", "occursIn", "container",
        "hasProperty", "property", "isPropertyOf", "propertyBearer", "hasTaxon", "taxon", "model_entity_is", "biological_system", "origin",
        "isDerivedFrom", "hasInstance", "isInstanceOf", "instance", "class", "created", "modified", "creator", "notes",
    ];

    private static readonly HashSet<string> Statistics =
    [
        "mean", "stdev", "standardDeviation", "coefficientOfVariation", "kurtosis", "median", "mode", "sampleSize", "skewness", "standardError",
        "variance", "confidenceInterval", "credibleInterval", "interquartileRange", "range", "distribution", "externalParameter",
    ];

    private static readonly HashSet<string> DrawingSettings =
    [
        "pos", "position", "x", "y", "size", "width", "height", "color", "fillcolor", "linecolor", "strokecolor", "linewidth", "strokewidth",
        "fontcolor", "font", "fontsize", "fontstyle", "fontweight", "shape", "species_end", "rxn_end", "b1", "b2",
    ];

    private static readonly HashSet<string> FluxSettings = ["charge", "chemicalFormula", "formula", "gpa", "geneProductAssociation"];

    /// <summary>Kinds of settings that are passed over; which they are shows only when it is known what their owner is.</summary>
    internal const string LayoutKind = "layout and drawing", FluxKind = "settings of flux balance models";

    private static bool Refused(Token token, Token next) => token.Kind == TokenKind.Identifier && next.Kind is TokenKind.Identifier or TokenKind.Text
        && token.Text is "maximize" or "minimize" or "gene" or "DNA" or "operator" or "import";

    private StatementErrorException Refusal(Token token) => token.Text switch
    {
        "maximize" or "minimize" => _reader.Fail(ErrorCodes.Unsupported, token.Where, $"'{token.Text}' (an objective of flux balance analysis) is not supported", "flux balance is outside Marrow's scope", "leaving it out, if the model has rate laws"),
        "import" => _reader.Fail(ErrorCodes.Unsupported, token.Where, "'import' inside a model is not supported", "files are imported as a whole", "moving it before the model"),
        _ => _reader.Fail(ErrorCodes.Unsupported, token.Where, $"'{token.Text}' (DNA strands) is not supported", "rates that follow from a strand are not derived", "a reaction with its own rate law"),
    };

    private StatementErrorException Strand(Token token) => _reader.Fail(
        ErrorCodes.Unsupported, token.Where, "DNA strands ('--') are not supported", "rates that follow from a strand are not derived", "reactions with their own rate laws; a - -b for a difference");

    /// <summary>Reads a statement and warns that it has no effect.</summary>
    private void Ignore(string what)
    {
        _reader.Reporter.Warn(ErrorCodes.Ignored, _reader.Current.Where, $"{what} are passed over", "they do not change what is simulated");
        _reader.Recover();
    }

    /// <summary>Whether an annotation's qualifier and text stand so many words ahead.</summary>
    private bool IsRemarkAfter(int ahead)
    {
        var qualifier = _reader.Ahead(ahead);
        if (qualifier.Kind != TokenKind.Identifier) return false;
        while (_reader.Ahead(ahead + 1).Is(".") && _reader.Ahead(ahead + 2).Kind == TokenKind.Identifier) ahead += 2;
        return _reader.Ahead(ahead + 1).Kind == TokenKind.Text && !qualifier.IsWord("is");
    }

    /// <summary>What may follow a name: annotation, SBO term, uncertainty, setting. Without a name the statement begins with "model".
    /// False, and nothing read, if it is none of these.</summary>
    private bool Remark(NameSyntax? name, List<StatementSyntax> into)
    {
        var where = _reader.Current.Where;
        if (name is null)
        {
            where = _reader.Take().Where;
            if (_reader.Current.Is("."))
            {
                _reader.Take();
                name = _expressions.ParseName("model.sboTerm = SBO:0000062");
                if (name.Path == "sboTerm") into.Add(SboTerm(null, where));
                else Ignore("layout and drawing");
                return true;
            }
        }
        if (IsRemarkAfter(0))
        {
            into.Add(Annotation(name, where));
            return true;
        }
        if (name is null) throw _reader.Fail(ErrorCodes.UnexpectedText, _reader.Current.Where, $"{_reader.Current.Describe()} does not continue a statement that begins with 'model'", "", "model notes \"...\"");
        var dot = name.Path.LastIndexOf('.');
        return dot > 0 && Setting(name, name.Path[(dot + 1)..], name with { Path = name.Path[..dot] }, into);
    }

    private AnnotationSyntax Annotation(NameSyntax? name, SourceSpan where)
    {
        const string form = "x identity \"http://identifiers.org/...\"";
        var qualifier = _expressions.ParseName(form);
        var root = qualifier.Path.Split('.')[0].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        if (!Qualifiers.Contains(root)) throw _reader.Fail(ErrorCodes.UnexpectedText, qualifier.Where, $"'{root}' is no kind of annotation", "", Spelling.Hint(root, Qualifiers, form));
        var values = new List<string>();
        do
        {
            while (_reader.Current.Kind == TokenKind.Newline) _reader.Position++;
            if (_reader.Current.Kind != TokenKind.Text) throw _reader.Fail(ErrorCodes.UnexpectedText, _reader.Current.Where, $"a text in quotes expected, {_reader.Current.Describe()} found", "", form);
            values.Add(_reader.Take().Text);
        }
        while (_reader.Accept(","));
        return new AnnotationSyntax(name, qualifier.Path, values, where);
    }

    /// <summary><c>x.sboTerm</c>, <c>x.stdev</c>, <c>x.pos</c>, <c>x.charge</c> ...</summary>
    private bool Setting(NameSyntax name, string key, NameSyntax owner, List<StatementSyntax> into)
    {
        var isValue = _reader.Current.Is("=");
        var isText = _reader.Current.IsWord("is") && _reader.Ahead(1).Kind == TokenKind.Text;
        if (!isValue && !isText) return false;
        if (key == "sboTerm" && isValue) into.Add(SboTerm(owner, name.Where));
        else if (Statistics.Contains(key)) into.Add(Uncertainty(name, owner, key));
        else if (DrawingSettings.Contains(key)) into.Add(Uncertainty(name, owner, LayoutKind));
        else if (FluxSettings.Contains(key)) into.Add(Uncertainty(name, owner, FluxKind));
        else return false;
        return true;
    }

    private AnnotationSyntax SboTerm(NameSyntax? owner, SourceSpan where)
    {
        const string form = "x.sboTerm = SBO:0000236";
        _reader.Expect("=", form);
        if (_reader.AcceptWord("SBO")) _reader.Expect(":", form);
        var number = _reader.Current;
        if (number.Kind != TokenKind.Number || number.Value != Math.Floor(number.Value) || number.Value is < 0 or > 9999999) throw _reader.Fail(ErrorCodes.UnexpectedText, number.Where, $"the number of an SBO term expected, {number.Describe()} found", "", form);
        _reader.Take();
        return new AnnotationSyntax(owner, "sboTerm", [$"SBO:{((int)number.Value).ToString("D7", CultureInfo.InvariantCulture)}"], where);
    }

    private UncertaintySyntax Uncertainty(NameSyntax name, NameSyntax owner, string kind)
    {
        if (_reader.AcceptWord("is")) return new UncertaintySyntax(owner, kind, $"\"{_reader.Take().Text}\"", null, name.Where);
        var start = _reader.Position + 1;
        _reader.Take();
        DefinitionSyntax? member = null;
        // What it says is kept as text: distributions and intervals are no formulas here.
        if (_reader.Current.Is("{") || _reader.Current.Kind == TokenKind.Text || kind is "distribution" or "externalParameter") while (!_reader.AtStatementEnd) _reader.Position++;
        else member = new DefinitionSyntax(DefinitionKind.Initial, name, _expressions.Parse(), name.Where);
        var text = _reader.Text(start);
        return text.Length > 0 ? new UncertaintySyntax(owner, kind, text, member, name.Where) : throw _reader.Fail(ErrorCodes.UnexpectedText, _reader.Current.Where, $"a value expected after '{name.Path} ='", "", $"{name.Path} = 0.1");
    }

    private ConstraintSyntax Constraint()
    {
        const string form = "constraint c: x > 0";
        var where = _reader.Take().Where;
        var name = _reader.Current.Is(":") ? null : _expressions.ParseName(form);
        _reader.Expect(":", form);
        return new ConstraintSyntax(name, _expressions.ParseChain(), where);
    }

    /// <summary>A statement such as <c>0 &lt;= J0</c> or <c>J0 &lt; 5</c>.</summary>
    private bool IsInequality()
    {
        var ahead = _reader.Current.Is("-") ? 1 : 0;
        if (_reader.Ahead(ahead).Kind is not (TokenKind.Number or TokenKind.Identifier)) return false;
        ahead++;
        while (_reader.Ahead(ahead).Is(".") && _reader.Ahead(ahead + 1).Kind == TokenKind.Identifier) ahead += 2;
        return _reader.Ahead(ahead) is { Kind: TokenKind.Symbol, Text: "<" or "<=" or ">" or ">=" or "==" or "!=" };
    }
}
