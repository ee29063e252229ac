using System.IO.Compression;
using System.Text;
using Marrow.Exchange.Sedml;
using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Archives;

/// <summary>A COMBINE archive (Bergmann et al. 2014, doi:10.1186/s12859-014-0369-z): a zip file with models, documents and a manifest that says
/// what each is. Nothing is unpacked to disk; entries are read when they are asked for, within limits on number, size and compression.</summary>
public sealed class CombineArchive : IDocumentFiles, IDisposable
{
    private const int MostEntries = 10_000;
    private const long LargestEntry = 64L << 20, LargestInAll = 512L << 20;
    /// <summary>Compression beyond this is a bomb; XML that repeats itself reaches about 100.</summary>
    private const int MostCompression = 250;
    private const long SmallEntry = 1 << 20;
    private const string ManifestName = "manifest.xml";

    private static readonly string[] Endings = [".omex", ".sedx", ".sbex", ".cmex"];

    private readonly string _path;
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;
    private long _read;

    private CombineArchive(string path, ZipArchive zip, Dictionary<string, ZipArchiveEntry> entries) => (_path, _zip, _entries) = (path, zip, entries);

    /// <summary>Whether a file is an archive by its ending: <c>.omex</c>, <c>.sedx</c>, <c>.sbex</c> or <c>.cmex</c>.</summary>
    public static bool Reads(string path) => Endings.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>Whether <see cref="ArchiveWriter"/> writes files of that ending: <c>.omex</c>.</summary>
    public static bool Writes(string path) => Path.GetExtension(path).Equals(Endings[0], StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens an archive; null, with the reasons reported, if it is none or not safe.</summary>
    public static CombineArchive? Open(string path, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(bag);
        var where = new SourceSpan(path, 0, 0, 1);
        ZipArchive? zip = null;
        try
        {
            zip = ZipFile.OpenRead(path);
            if (Entries(zip, where, bag) is { } entries) return new CombineArchive(path, zip, entries);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            bag.Error(SedmlCodes.BadArchive, "the file is no zip archive that can be read", where, e.Message);
        }
        zip?.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    /// <inheritdoc/>
    public string NameOf(string path) => $"{_path}/{path}";

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The entry is damaged or larger than allowed.</exception>
    public string? Read(string path)
    {
        if (!_entries.TryGetValue(Clean(path), out var entry)) return null;
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        // What an entry says of its length need not be true.
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            bytes.Write(buffer, 0, count);
            _read += count;
            if (bytes.Length > LargestEntry || _read > LargestInAll) throw new InvalidDataException($"{NameOf(path)} unpacks to more than is allowed.");
        }
        bytes.Position = 0;
        using var reader = new StreamReader(bytes, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The SED-ML documents to run: the master ones, or all if none is marked.</summary>
    public IReadOnlyList<string> Documents(DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(bag);
        if (Read(ManifestName) is not { } text)
        {
            bag.Error(SedmlCodes.BadArchive, "the archive has no manifest.xml", new SourceSpan(_path, 0, 0, 1));
            return [];
        }
        if (SafeXml.Parse(text, NameOf(ManifestName), bag)?.Root is not { } root) return [];
        var contents = root.Elements().Where(e => e.Name.LocalName == "content")
            .Select(e => (Place: Clean((string?)e.Attribute("location") ?? ""), Format: (string?)e.Attribute("format") ?? "", IsMaster: Xml.Flag(e, "master"), Element: e)).ToList();
        var documents = contents.Where(c => IsDocument(c.Place, c.Format)).ToList();
        foreach (var missing in documents.Where(c => !_entries.ContainsKey(c.Place)))
            bag.Error(SedmlCodes.BadArchive, $"the manifest names '{missing.Place}', which is not in the archive", SafeXml.Where(missing.Element, NameOf(ManifestName)));
        string[] chosen = [.. (documents.Any(c => c.IsMaster) ? documents.Where(c => c.IsMaster) : documents).Select(c => c.Place).Distinct(StringComparer.Ordinal)];
        if (chosen.Length == 0) bag.Error(SedmlCodes.NothingToRun, "the archive holds no SED-ML document", new SourceSpan(_path, 0, 0, 1));
        return chosen;
    }

    private static bool IsDocument(string place, string format) =>
        format.Contains("sed-ml", StringComparison.OrdinalIgnoreCase) || format.Contains("sedml", StringComparison.OrdinalIgnoreCase)
        || (!format.Contains("combine.specifications", StringComparison.OrdinalIgnoreCase) && SedmlRun.Reads(place));

    private static Dictionary<string, ZipArchiveEntry>? Entries(ZipArchive zip, SourceSpan where, DiagnosticBag bag)
    {
        if (zip.Entries.Count > MostEntries)
        {
            bag.Error(SedmlCodes.UnsafeArchive, $"the archive has {zip.Entries.Count} entries", where, $"at most {MostEntries} are read");
            return null;
        }
        var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            if (entry.FullName.EndsWith('/')) continue;
            if (Problem(entry) is { } problem) bag.Error(SedmlCodes.UnsafeArchive, $"the entry '{Shown(entry.FullName)}' {problem}", where);
            else if (!entries.TryAdd(Clean(entry.FullName), entry)) bag.Error(SedmlCodes.UnsafeArchive, $"the entry '{Shown(entry.FullName)}' is there twice", where);
        }
        return bag.HasErrors ? null : entries;
    }

    private static string? Problem(ZipArchiveEntry entry)
    {
        var name = entry.FullName;
        if (name.StartsWith('/') || name.Contains('\\', StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal) || name.Any(char.IsControl) || name.Split('/').Contains(".."))
            return "has a name that leads out of the archive";
        if (entry.Length > LargestEntry) return $"unpacks to {entry.Length >> 20} MiB; at most {LargestEntry >> 20} are read";
        return entry.Length > SmallEntry && entry.Length > MostCompression * Math.Max(1, entry.CompressedLength) ? $"is compressed {entry.Length / Math.Max(1, entry.CompressedLength)} to 1" : null;
    }

    private static string Shown(string name) => new([.. name.Take(80).Select(c => char.IsControl(c) ? '?' : c)]);

    private static string Clean(string path)
    {
        while (path.StartsWith("./", StringComparison.Ordinal)) path = path[2..];
        return path;
    }
}
