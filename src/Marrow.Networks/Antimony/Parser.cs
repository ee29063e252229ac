using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>Reads one Antimony file into its syntax tree. After an error it goes on at the next statement,
/// so that every error of a file is reported at once.</summary>
internal sealed partial class Parser
{
    private const int MostErrors = 100;

    private readonly TokenReader _reader;
    private readonly ExpressionParser _expressions;
    private readonly string _file;
    private int _errors;
    private int _unnamed;

    private Parser(string text, string file, Reporter reporter)
    {
        reporter.AddSource(file, text);
        _file = file;
        _reader = new TokenReader(new Lexer(text, file, reporter).Run(), reporter);
        _expressions = new ExpressionParser(_reader);
    }

    public static FileSyntax Parse(string text, string file, Reporter reporter) => new Parser(text, file, reporter).File();

    private FileSyntax File()
    {
        var result = new FileSyntax(_file, [], [], [], []);
        while (SkipToStatement())
        {
            Guarded(() =>
            {
                var token = _reader.Current;
                if (token.IsWord("import")) result.Imports.Add(Import());
                else if (IsModule()) result.Modules.Add(Module());
                else if (token.IsWord("function")) result.Functions.Add(Function());
                else if (token.IsWord("end"))
                {
                    _reader.Take();
                    throw _reader.Fail(ErrorCodes.MissingEnd, token.Where, "'end' without model, module or function", "", "removing it");
                }
                else Statement(result.Statements);
            });
        }
        return result;
    }

    /// <summary>Skips empty statements; false at the end of the file or after too many errors.</summary>
    private bool SkipToStatement()
    {
        while (_reader.Current.Kind == TokenKind.Newline || _reader.Current.Is(";")) _reader.Position++;
        return _reader.Current.Kind != TokenKind.End;
    }

    private void Guarded(Action statement)
    {
        _expressions.Reset();
        var start = _reader.Position;
        try
        {
            statement();
            if (!_reader.AtStatementEnd && !_reader.Previous.IsWord("end"))
            {
                throw _reader.Fail(ErrorCodes.UnexpectedText, _reader.Current.Where, $"{_reader.Current.Describe()} after the end of the statement",
                    "a statement ends at the end of its line or at ';'", "a ';' or an operator before it");
            }
        }
        catch (StatementErrorException)
        {
            if (_reader.Position == start && _reader.Current.Kind != TokenKind.End) _reader.Position++;
            _reader.Recover();
            if (++_errors < MostErrors) return;
            _reader.Reporter.Error(ErrorCodes.TooComplex, _reader.Current.Where, $"more than {MostErrors} syntax errors; the rest of the file is not read");
            while (_reader.Current.Kind != TokenKind.End) _reader.Position++;
        }
    }

    /// <summary>"model name": not an annotation of the model, "model notes ...", nor a setting, "model.layout".</summary>
    private bool IsModule()
    {
        if (!_reader.Current.IsWord("model") && !_reader.Current.IsWord("module")) return false;
        return !_reader.Ahead(1).Is(".") && !_reader.Ahead(1).Is("=") && !IsRemarkAfter(1);
    }

    private ImportSyntax Import()
    {
        _reader.Take();
        var file = _reader.Current;
        if (file.Kind != TokenKind.Text) throw _reader.Fail(ErrorCodes.UnexpectedText, file.Where, $"a file name in quotes expected, {file.Describe()} found", "", "import \"file.ant\"");
        _reader.Take();
        return new ImportSyntax(file.Text, file.Where);
    }

    private ModuleSyntax Module()
    {
        const string form = "model name(x, y) ... end";
        var keyword = _reader.Take();
        var isMain = _reader.Accept("*");
        var name = _reader.ExpectIdentifier("the name of the model", form);
        var module = new ModuleSyntax(name.Text, isMain, [], [], name.Where);
        if (_reader.Current.Is("("))
        {
            var opening = _reader.Open();
            while (!_reader.Current.Is(")"))
            {
                _reader.Accept("$");
                module.Exports.Add(_expressions.ParseName(form));
                if (!_reader.Accept(",")) break;
            }
            _reader.Close(opening);
        }
        while (SkipToStatement())
        {
            if (_reader.AcceptWord("end")) return module;
            if (IsModule() || _reader.Current.IsWord("function")) break;
            Guarded(() => Statement(module.Statements));
        }
        _reader.Reporter.Error(ErrorCodes.MissingEnd, keyword.Where, $"'{keyword.Text} {name.Text}' has no 'end'", $"{_reader.Current.Describe()} follows on line {_reader.Current.Where.Line}", "'end' after its last statement");
        _errors++;
        return module;
    }

    private FunctionDefinition Function()
    {
        const string form = "function f(x, y) x/(x + y) end";
        _reader.Take();
        var name = _reader.ExpectIdentifier("the name of the function", form);
        if (!_reader.Current.Is("(")) throw _reader.Fail(ErrorCodes.UnexpectedText, _reader.Current.Where, $"'(' expected, {_reader.Current.Describe()} found", "", form);
        var opening = _reader.Open();
        var arguments = new List<string>();
        while (_reader.Current.Kind == TokenKind.Identifier)
        {
            arguments.Add(_reader.Take().Text);
            if (!_reader.Accept(",")) break;
        }
        _reader.Close(opening);
        SkipToStatement();
        var body = _expressions.Parse();
        SkipToStatement();
        if (!_reader.AcceptWord("end")) throw _reader.Fail(ErrorCodes.MissingEnd, name.Where, $"'function {name.Text}' has no 'end' after its formula", $"{_reader.Current.Describe()} found on line {_reader.Current.Where.Line}", form);
        return new FunctionDefinition(name.Text, [.. arguments], body, name.Where);
    }
}
