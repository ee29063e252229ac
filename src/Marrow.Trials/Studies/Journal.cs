using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marrow.Trials.Studies;

/// <summary>Form and name of journals.</summary>
internal static class Journal
{
    /// <summary>Name in the run folder.</summary>
    public const string FileName = "journal.jsonl";

    internal static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>A record as a journal keeps it; numbers read back exactly.</summary>
    public static string TextOf<TRecord>(TRecord record) => JsonSerializer.Serialize(record, Json);
}

/// <summary>The file in which finished work is kept while a run goes on. The first line names the inputs; every line carries a
/// checksum, and what a crash has left half-written at the end is cut off when the run is taken up again.</summary>
internal sealed class Journal<TRecord> : IDisposable
    where TRecord : class
{
    private readonly FileStream _file;
    private readonly Lock _lock = new();

    private Journal(FileStream file, List<TRecord> records)
    {
        _file = file;
        Records = records;
    }

    /// <summary>What was finished before.</summary>
    public IReadOnlyList<TRecord> Records { get; }

    /// <summary>Starts a journal, in place of that of a finished run.</summary>
    /// <exception cref="StudyException">The folder holds work of a run that was not finished: it is not thrown away.</exception>
    public static Journal<TRecord> Create(string folder, string key)
    {
        var path = Path.Combine(folder, Journal.FileName);
        var manifest = Path.Combine(folder, Manifest.FileName);
        if (!File.Exists(manifest) && File.Exists(path) && File.ReadLines(path).Skip(1).Any())
            throw new StudyException($"'{folder}' holds a run that was not finished; take it up with --resume, choose another folder with --out, or delete it");
        // The manifest is what a finished run leaves last: a new run is unfinished until it has written its own.
        File.Delete(manifest);
        var file = Open(folder, FileMode.Create);
        var journal = new Journal<TRecord>(file, []);
        journal.Write(JsonSerializer.Serialize(key, Journal.Json));
        return journal;
    }

    /// <summary>Takes up the journal of a folder.</summary>
    /// <exception cref="StudyException">There is none, or it belongs to other inputs.</exception>
    public static Journal<TRecord> Resume(string folder, string key)
    {
        var path = Path.Combine(folder, Journal.FileName);
        if (!File.Exists(path))
            throw new StudyException($"there is nothing to resume: '{path}' does not exist; run without --resume");
        var file = Open(folder, FileMode.Open);
        var records = new List<TRecord>();
        var good = 0L;
        var first = true;
        foreach (var (text, end) in Lines(file))
        {
            if (Checked(text) is not { } body) break;
            if (first)
            {
                if (JsonSerializer.Deserialize<string>(body, Journal.Json) != key)
                {
                    file.Dispose();
                    throw new StudyException($"'{path}' belongs to other inputs: a study, model, table, seed or program has changed since; run without --resume, or into another folder");
                }
                first = false;
            }
            else if (JsonSerializer.Deserialize<TRecord>(body, Journal.Json) is { } record) records.Add(record);
            good = end;
        }
        file.SetLength(good);
        file.Seek(good, SeekOrigin.Begin);
        var journal = new Journal<TRecord>(file, records);
        // A crash within the first line leaves nothing to take up, but nothing to refuse either.
        if (first) journal.Write(JsonSerializer.Serialize(key, Journal.Json));
        return journal;
    }

    /// <summary>Adds a finished record; safe to call from any thread.</summary>
    public void Add(TRecord record)
    {
        var text = Journal.TextOf(record);
        lock (_lock) Write(text);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static FileStream Open(string folder, FileMode mode)
    {
        try
        {
            return new FileStream(Path.Combine(folder, Journal.FileName), mode, FileAccess.ReadWrite, FileShare.Read);
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
