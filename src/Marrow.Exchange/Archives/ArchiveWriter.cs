using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Marrow.Exchange.Sedml;

namespace Marrow.Exchange.Archives;

/// <summary>Writes a model and a question to it as a COMBINE archive. The same question gives the same bytes: entries have no time of their own
/// and are not compressed, which differs between versions of the library that does it.</summary>
public static class ArchiveWriter
{
    private const string Specifications = "http://identifiers.org/combine.specifications/";

    /// <summary>Permissions of entries, rw-r--r--, as a zip file of Unix has them; they would else differ between systems.</summary>
    private const int Permissions = 0x81A4 << 16;

    /// <summary>The earliest time that a zip file can hold.</summary>
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly XNamespace Manifest = Specifications + "omex-manifest";

    /// <summary>The bytes of an archive with the model <c>NAME.xml</c>, the document <c>NAME.sedml</c> and a manifest.</summary>
    /// <param name="name">Name of both: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>; others become <c>_</c>. A name that
    /// the archive needs itself becomes <c>model</c>.</param>
    /// <param name="course">The model and what is asked of it.</param>
    public static byte[] Write(string name, CourseDocument course)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(course);
        name = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_'));
        // The list of entries is manifest.xml, and no entry may be there twice.
        if (name.Length == 0 || name.Equals("manifest", StringComparison.OrdinalIgnoreCase)) name = "model";
        string model = $"{name}.xml", document = $"{name}.sedml";
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "manifest.xml", Text(Contents(model, document)));
            Add(zip, model, course.Sbml);
            Add(zip, document, Text(course.Write(model)));
        }
        return bytes.ToArray();
    }

    private static XDocument Contents(string model, string document) => new(new XElement(
        Manifest + "omexManifest", Content(".", "omex"), Content("./manifest.xml", "omex-manifest"), Content($"./{model}", "sbml"),
        Content($"./{document}", "sed-ml.level-1.version-3", new XAttribute("master", true))));

    private static XElement Content(string place, string format, XAttribute? more = null) =>
        new(Manifest + "content", new XAttribute("location", place), new XAttribute("format", Specifications + format), more);

    private static void Add(ZipArchive zip, string name, string text)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        (entry.LastWriteTime, entry.ExternalAttributes) = (Epoch, Permissions);
        using var stream = entry.Open();
        stream.Write(new UTF8Encoding(false).GetBytes(text));
    }

    /// <summary>With line feeds on every system.</summary>
    private static string Text(XDocument document)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false), CloseOutput = false })) document.Save(xml);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
