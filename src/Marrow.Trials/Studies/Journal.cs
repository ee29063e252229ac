using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marrow.Trials.Studies;

/// <summary>The file in which finished patients are kept while a run goes on. The first line names the inputs; every line carries a
/// checksum, and what a crash has left half-written at the end is cut off when the run is taken up again.</summary>
internal sealed class Journal : IDisposable
{
    /// <summary>Name in the run folder.</summary>
    public const string FileName = "journal.jsonl";

    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly FileStream _file;
    private readonly Lock _lock = new();

    private Journal(FileStream file, List<PatientRecord> records)
    {
        _file = file;
        Records = records;
    }

    /// <summary>Patients that were finished before.</summary>
    public IReadOnlyList<PatientRecord> Records { get; }

    /// <summary>Starts a journal, in place of that of a finished run.</summary>
    /// <exception cref="StudyException">The folder holds patients of a run that was not finished: they are not thrown away.</exception>
    public static Journal Create(string folder, string key)
    {
        var path = Path.Combine(folder, FileName);
        var manifest = Path.Combine(folder, Manifest.FileName);
        if (!File.Exists(manifest) && File.Exists(path) && File.ReadLines(path).Skip(1).Any())
            throw new StudyException($"'{folder}' holds a run that was not finished; take it up with --resume, choose another folder with --out, or delete it");
        // The manifest is what a finished run leaves last: a new run is unfinished until it has written its own.
        File.Delete(manifest);
        var file = Open(folder, FileMode.Create);
        var journal = new Journal(file, []);
        journal.Write(JsonSerializer.Serialize(key, Json));
        return journal;
    }

    /// <summary>Takes up the journal of a folder.</summary>
    /// <exception cref="StudyException">There is none, or it belongs to other inputs.</exception>
    public static Journal Resume(string folder, string key)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new StudyException($"there is nothing to resume: '{path}' does not exist; run without --resume");
        var file = Open(folder, FileMode.Open);
        var records = new List<PatientRecord>();
        var good = 0L;
        var first = true;
        foreach (var (text, end) in Lines(file))
        {
            if (Checked(text) is not { } body) break;
            if (first)
            {
                if (JsonSerializer.Deserialize<string>(body, Json) != key)
                {
                    file.Dispose();
                    throw new StudyException($"'{path}' belongs to other inputs: a study, model, table, seed or program has changed since; run without --resume, or into another folder");
                }
                first = false;
            }
            else if (JsonSerializer.Deserialize<PatientRecord>(body, Json) is { } record) records.Add(record);
            good = end;
        }
        file.SetLength(good);
        file.Seek(good, SeekOrigin.Begin);
        var journal = new Journal(file, records);
        // A crash within the first line leaves nothing to take up, but nothing to refuse either.
        if (first) journal.Write(JsonSerializer.Serialize(key, Json));
        return journal;
    }

    /// <summary>Adds a finished patient; safe to call from any thread.</summary>
    public void Add(PatientRecord record)
    {
        var text = TextOf(record);
        lock (_lock) Write(text);
    }

    /// <summary>A record as the journal keeps it; numbers read back exactly.</summary>
    public static string TextOf(PatientRecord record) => JsonSerializer.Serialize(record, Json);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static FileStream Open(string folder, FileMode mode)
    {
        try
        {
            return new FileStream(Path.Combine(folder, FileName), mode, FileAccess.ReadWrite, FileShare.Read);
        }
        catch (IOException e)
        {
            throw new StudyException($"cannot write the journal in '{folder}': {e.Message}; is another run using the folder?", e);
        }
    }

    /// <summary>One call writes the whole line, so that a killed process leaves whole lines and at most one torn one.</summary>
    private void Write(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        _file.Write(Encoding.UTF8.GetBytes($"{Checksum(bytes)} {body}\n"));
        _file.Flush();
    }

    private static string Checksum(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));

    private static string? Checked(string line)
    {
        if (line.Length < 18 || line[16] != ' ') return null;
        var body = line[17..];
        return line.StartsWith(Checksum(Encoding.UTF8.GetBytes(body)), StringComparison.Ordinal) ? body : null;
    }

    /// <summary>Complete lines, each with the position behind it.</summary>
    private static IEnumerable<(string Text, long End)> Lines(FileStream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var from = 0;
        while (Array.IndexOf(bytes, (byte)'\n', from) is >= 0 and var at)
        {
            yield return (Encoding.UTF8.GetString(bytes, from, at - from), at + 1);
            from = at + 1;
        }
    }
}
