using System.Text;
using System.Xml;
using Marrow.Cli;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Networks.Sbml.Writing;
using Marrow.Tests.Antimony;
using Marrow.Tests.Cli;

namespace Marrow.Tests.Malformed;

/// <summary>Documents made to do harm: they are refused with a place, soon, and nothing else is read or written.</summary>
public sealed class HostileSbmlTests(Desk desk) : IClassFixture<Desk>
{
    private const string Head = "<sbml xmlns='http://www.sbml.org/sbml/level3/version2/core' level='3' version='2'><model id='m'>";

    public static TheoryData<string, string> Documents => new()
    {
        { "<!DOCTYPE sbml [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" + Head + "<listOfParameters><parameter id='&x;' constant='true'/></listOfParameters></model></sbml>", "MRW1101" },
        { "<!DOCTYPE sbml SYSTEM 'http://127.0.0.1:9/evil.dtd'>" + Head + "</model></sbml>", "MRW1101" },
        { Head + "<listOfParameters><parameter id='&lol;' constant='true'/></listOfParameters></model></sbml>", "MRW1101" },
        { Head + Rule(Nested("<apply><minus/>", "</apply>", 10_000)) + "</model></sbml>", "MRW1009" },
        { Head + Rule(Nested("<piecewise><otherwise>", "</otherwise></piecewise>", 10_000)) + "</model></sbml>", "MRW1009" },
        { Head + Nested("<listOfSpecies>", "</listOfSpecies>", 10_000) + "</model></sbml>", "MRW1009" },
        { Head + Rule("<cn>1e400000</cn><cn/>") + "</model></sbml>", "" },
        { Head + Rule("<cn type='e-notation'>1<sep/>99999999999</cn>") + "</model></sbml>", "MRW1102" },
        { Head + Rule("<apply><factorial/><cn>1e300</cn></apply>") + "</model></sbml>", "" },
        { Head + Rule("<apply><divide/><cn>0</cn><cn>0</cn></apply>") + "</model></sbml>", "" },
        { Head + "<listOfUnitDefinitions><unitDefinition id='u'><listOfUnits><unit kind='mole' exponent='NaN' scale='2147483648' multiplier='INF'/></listOfUnits></unitDefinition></listOfUnitDefinitions></model></sbml>", "" },
        { Head + "<listOfCompartments><compartment id='C' size='-INF' spatialDimensions='NaN' constant='true'/></listOfCompartments></model></sbml>", "" },
        { Head + Functions("f", "g", "g", "h", "h", "f") + "</model></sbml>", "MRW2009" },
        { Head + Chain(20_000, "<apply><ci>{0}</ci><ci>x</ci></apply>") + Rule("<apply><ci>f20000</ci><cn>1</cn></apply>") + "</model></sbml>", "MRW1009" },
        { Head + Chain(60, "<apply><plus/><apply><ci>{0}</ci><ci>x</ci></apply><apply><ci>{0}</ci><ci>x</ci></apply></apply>") + Rule("<apply><ci>f60</ci><cn>1</cn></apply>") + "</model></sbml>", "MRW1009" },
        { Head + Chain(60, "<apply><plus/><apply><ci>{0}</ci><ci>x</ci></apply><apply><ci>{0}</ci><ci>x</ci></apply></apply>") + Rule("<apply><ci>f60</ci><ci>p</ci></apply>").Replace("assignmentRule variable='p'", "algebraicRule", StringComparison.Ordinal).Replace("assignmentRule", "algebraicRule", StringComparison.Ordinal) + "</model></sbml>", "MRW1009" },
        { Head + Rule("<apply><divide/><cn>1</cn></apply>") + "</model></sbml>", "MRW1102" },
        { Head + Rule("<apply><power/></apply>") + "</model></sbml>", "MRW1102" },
    };

    private static string Math(string formula) => $"<math xmlns='http://www.w3.org/1998/Math/MathML'>{formula}</math>";

    private static string Rule(string formula) => $"<listOfParameters><parameter id='p' constant='false'/></listOfParameters><listOfRules><assignmentRule variable='p'>{Math(formula)}</assignmentRule></listOfRules>";

    private static string Nested(string open, string close, int depth) => new StringBuilder().Insert(0, open, depth).Append("<cn>1</cn>").Insert(0, "").ToString() + new StringBuilder().Insert(0, close, depth);

    /// <summary>Functions f0, f1 and so on, each of which calls the one before.</summary>
    private static string Chain(int count, string body) => "<listOfFunctionDefinitions>" + string.Concat(Enumerable.Range(0, count + 1).Select(i =>
        $"<functionDefinition id='f{i}'>{Math($"<lambda><bvar><ci>x</ci></bvar>{(i == 0 ? "<ci>x</ci>" : body.Replace("{0}", $"f{i - 1}", StringComparison.Ordinal))}</lambda>")}</functionDefinition>")) + "</listOfFunctionDefinitions>";

    private static string Functions(params string[] calls) => "<listOfFunctionDefinitions>" + string.Concat(calls.Chunk(2).Select(c =>
        $"<functionDefinition id='{c[0]}'>{Math($"<lambda><bvar><ci>x</ci></bvar><apply><ci>{c[1]}</ci><ci>x</ci></apply></lambda>")}</functionDefinition>")) + "</listOfFunctionDefinitions>";

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_made_to_do_harm_is_read_or_refused_with_a_place(string text, string code)
    {
        var path = desk.Write("hostile.xml", text);
        var before = desk.Contents();
        var bag = new DiagnosticBag();
        var network = SbmlReader.ReadFile(path, bag);
        if (code.Length > 0) Assert.Contains(bag.Items, d => d.Code == code && d.Where.Line > 0 && d.Where.File == path);
        Assert.Equal(network is null, bag.HasErrors);
        foreach (string[] command in new[] { new[] { "check", path }, ["simulate", path, "--duration", "1", "--steps", "1", "--out", desk.PathOf("hostile.csv")], ["convert", path, desk.PathOf("hostile.ant")] })
            Assert.True(CommandLine.Run(command).Code is ExitCode.Done or ExitCode.WrongInput or ExitCode.NotSupported or ExitCode.Unfinished, string.Join(' ', command));
        Assert.DoesNotContain(desk.Contents().Except(before), e => !e.Contains("hostile.", StringComparison.Ordinal));
        File.Delete(desk.PathOf("hostile.csv"));
        File.Delete(desk.PathOf("hostile.ant"));
    }

    [Fact]
    public void A_hundred_million_characters_are_refused_and_not_kept()
    {
        var bag = new DiagnosticBag();
        var root = XmlLoader.Load(settings => XmlReader.Create(new Long("<sbml><notes>", " ", 100_000_000), settings), "long.xml", new Reporter(bag));
        Assert.Null(root);
        Assert.Contains(bag.Items, d => d.Code == "MRW1101" && d.Where.Line > 0);
    }

    [Fact]
    public void More_elements_than_fit_into_memory_are_refused()
    {
        var bag = new DiagnosticBag();
        var root = XmlLoader.Load(settings => XmlReader.Create(new Long("<sbml>", "<a/>", 60_000_000), settings), "many.xml", new Reporter(bag));
        Assert.Null(root);
        Assert.Equal("MRW1009", Assert.Single(bag.Items).Code);
    }

    [Fact]
    public void A_problem_at_each_of_many_places_is_listed_a_bounded_number_of_times()
    {
        const int count = 3 * DiagnosticBag.MostOfAKind;
        string Parameters(string attributes) => $"{Head}<listOfParameters>{string.Concat(Enumerable.Range(0, count).Select(i => $"<parameter id='p{i}' {attributes}/>\n"))}</listOfParameters></model></sbml>";
        var warnings = new DiagnosticBag();
        Assert.NotNull(SbmlReader.ReadText(Parameters("constant='true'"), "many.xml", warnings));
        Assert.Equal(DiagnosticBag.MostOfAKind, warnings.Items.Count);
        var errors = new DiagnosticBag();
        Assert.Null(SbmlReader.ReadText(Parameters("constant='perhaps' value='x'"), "many.xml", errors));
        Assert.Equal(DiagnosticBag.MostOfAKind, errors.Items.Count(d => d.Severity == Severity.Error));
    }

    [Fact]
    public void Ten_models_cut_off_at_any_byte_are_explained()
    {
        string[] texts = [desk.Text("own.xml"), desk.Text("composed.xml"), .. Enumerable.Range(0, 8).Select(seed => SbmlWriter.Write(GeneratedModel.Tame((uint)seed)))];
        foreach (var text in texts)
        {
            Assert.NotNull(SbmlReader.ReadText(text, "whole.xml", new DiagnosticBag()));
            var end = text.LastIndexOf('>');
            Parallel.For(0, end, length =>
            {
                var bag = new DiagnosticBag();
                Assert.Null(SbmlReader.ReadText(text[..length], "cut.xml", bag));
                Assert.True(bag.Items.Any(d => d.Code == "MRW1101" && d.Try.Length > 0), $"{length}");
            });
        }
    }

    /// <summary>A text too long to be kept.</summary>
    private sealed class Long(string head, string piece, long length) : TextReader
    {
        private long _at;

        public override int Peek() => _at < length ? CharAt(_at) : -1;

        public override int Read() => _at < length ? CharAt(_at++) : -1;

        public override int Read(char[] buffer, int index, int count)
        {
            var n = 0;
            for (; n < count && _at < length; n++) buffer[index + n] = CharAt(_at++);
            return n;
        }

        private char CharAt(long at) => at < head.Length ? head[(int)at] : piece[(int)((at - head.Length) % piece.Length)];
    }
}
