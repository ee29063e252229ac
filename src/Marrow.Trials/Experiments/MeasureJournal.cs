using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Marrow.Trials.Experiments;

/// <summary>What was measured in the patients of one scenario, kept on disk while a run goes on: a line a patient, each with a checksum.
/// A torn or foreign line ends what is taken up.</summary>
internal sealed class MeasureJournal : IDisposable
{
    private readonly FileStream _file;
    private readonly Lock _lock = new();

    /// <summary>Opens the journal of a scenario.</summary>
    /// <param name="folder">Folder of journals.</param>
    /// <param name="key">What the measured values depend on.</param>
    /// <param name="measures">Values a patient.</param>
    public MeasureJournal(string folder, string key, int measures)
    {
        Directory.CreateDirectory(folder);
        _file = new FileStream(Path.Combine(folder, Hash(key) + ".txt"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        var good = 0;
        for (int from = 0, end; (end = Array.IndexOf(bytes, (byte)'\n', from)) >= 0; from = end + 1)
        {
            if (Parse(Encoding.ASCII.GetString(bytes, from, end - from), measures) is not { } entry) break;
            Kept[entry.Patient] = entry.Values;
            good = end + 1;
        }
        _file.SetLength(good);
        _file.Seek(good, SeekOrigin.Begin);
    }

    /// <summary>Patients that were measured before.</summary>
    public Dictionary<int, Measured[]> Kept { get; } = [];

    /// <summary>Adds a patient; from any thread.</summary>
    public void Add(int patient, IReadOnlyList<Measured> values)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"{patient} {string.Join(' ', values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Value:R} {(v.Occurred ? 1 : 0)}")))}");
        var line = Encoding.ASCII.GetBytes($"{Hash(body)} {body}\n");
        lock (_lock)
        {
            _file.Write(line);
            _file.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static (int Patient, Measured[] Values)? Parse(string line, int measures)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || line[..space] != Hash(line[(space + 1)..])) return null;
        var parts = line[(space + 1)..].Split(' ');
        if (parts.Length != 1 + (2 * measures)) return null;
        double Number(int i) => double.Parse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture);
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), [.. Enumerable.Range(0, measures).Select(i => new Measured(Number(1 + (2 * i)), parts[2 + (2 * i)] == "1"))]);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
