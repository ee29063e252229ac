using Marrow.Networks.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Marrow.Trials.Studies;

/// <summary>A YAML file with its lines, so that every problem can show its place.</summary>
internal sealed class YamlSource
{
    /// <summary>Files of Marrow need a dozen levels.</summary>
    private const int DeepestNesting = 64;

    private readonly string[] _lines;

    private YamlSource(string file, string text, DiagnosticBag bag)
    {
        File = file;
        Bag = bag;
        _lines = text.Split('\n');
    }

    /// <summary>Path as the user gave it.</summary>
    public string File { get; }

    /// <summary>Paths of the keys that readers ask for, such as <c>/arms/[]/name</c>: by them schemas are compared with readers. Null: not
    /// kept.</summary>
    public ISet<string>? KeyLog { get; private init; }

    /// <summary>Where problems go.</summary>
    public DiagnosticBag Bag { get; }

    /// <summary>Folder of the file; paths inside the file are relative to it.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(File)) ?? ".";

    /// <summary>Reads the top mapping of a file; null, with the problem reported, if that is impossible.</summary>
    public static YamlMap? ReadFile(string path, DiagnosticBag bag)
    {
        string text;
        try
        {
            text = System.IO.File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bag.Error(StudyCodes.Unreadable, $"cannot read '{path}'", new SourceSpan(path, 0, 0, 1), e.Message, "check the path");
            return null;
        }
        return ReadText(text, path, bag);
    }

    /// <summary>Reads the top mapping of a text; <paramref name="file"/> is its name in messages.</summary>
    public static YamlMap? ReadText(string text, string file, DiagnosticBag bag, ISet<string>? keyLog = null)
    {
        var source = new YamlSource(file, text.ReplaceLineEndings("\n"), bag) { KeyLog = keyLog };
        Scanner scanner = new(new StringReader(text));
        try
        {
            if (source.NestsTooDeeply(new Parser(scanner))) return null;
            scanner = new Scanner(new StringReader(text));
            var stream = new YamlStream();
            stream.Load(new Parser(scanner));
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root)
                return new YamlMap(source, root, "the file");
            bag.Error(StudyCodes.Syntax, "expected one mapping of keys to values", new SourceSpan(file, 1, 1, 1));
        }
        catch (YamlException e)
        {
            var inner = e.InnerException is YamlException nested ? nested : e;
            source.SyntaxError(inner.Message, inner.Start);
        }
        catch (InvalidOperationException)
        {
            // The scanner gives up without a place on lists that are never closed.
            source.SyntaxError("a list or mapping is not closed", scanner.CurrentPosition);
        }
        return null;
    }

    /// <summary>Whether lists within lists go so deep that reading them would exhaust the stack, or an anchor stands for something that
    /// holds it; reported.</summary>
    private bool NestsTooDeeply(Parser parser)
    {
        var open = new Stack<string>();
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case YamlDotNet.Core.Events.MappingStart or YamlDotNet.Core.Events.SequenceStart:
                    open.Push(((YamlDotNet.Core.Events.NodeEvent)parser.Current).Anchor is { IsEmpty: false } anchor ? anchor.Value : "");
                    if (open.Count <= DeepestNesting) break;
                    Bag.Error(StudyCodes.Syntax, $"more than {DeepestNesting} lists or mappings within one another", Span(parser.Current.Start, parser.Current.Start), "", "fewer levels", Line(parser.Current.Start));
                    return true;
                case YamlDotNet.Core.Events.MappingEnd or YamlDotNet.Core.Events.SequenceEnd:
                    open.Pop();
                    break;
                case YamlDotNet.Core.Events.AnchorAlias alias when open.Contains(alias.Value.Value):
                    Bag.Error(StudyCodes.Syntax, $"'*{alias.Value.Value}' stands inside of what it stands for", Span(alias.Start, alias.Start), "", "writing it out", Line(alias.Start));
                    return true;
            }
        }
        return false;
    }

    private void SyntaxError(string what, Mark at) =>
        Bag.Error(StudyCodes.Syntax, what, Span(at, at), "this is not valid YAML",
            "check indentation, quotes, brackets and repeated keys near this line", Line(at));

    /// <summary>Reports an error at a node.</summary>
    public void Error(YamlNode node, ErrorCode code, string what, string why = "", string @try = "") =>
        Bag.Error(code, what, Span(node.Start, node.End), why, @try, Line(node.Start));

    /// <summary>The place of a node.</summary>
    public SourceSpan Span(YamlNode node) => Span(node.Start, node.End);

    private SourceSpan Span(Mark start, Mark end) =>
        new(File, (int)start.Line, (int)start.Column, start.Line == end.Line ? Math.Max(1, (int)(end.Column - start.Column)) : 1);

    private string? Line(Mark mark) =>
        mark.Line >= 1 && mark.Line <= _lines.Length ? _lines[(int)mark.Line - 1] : null;
}
