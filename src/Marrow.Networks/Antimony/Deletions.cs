using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Antimony;

/// <summary>Takes away what <c>delete A.x</c> names: the member, and inside the submodule every statement that mentions it.</summary>
internal sealed class Deletions(Instantiator instances, Reporter reporter)
{
    private readonly Dictionary<string, (string Owner, SourceSpan Where)> _deleted = new(StringComparer.Ordinal);

    /// <summary>The statements that are left.</summary>
    public List<PlacedStatement> Apply()
    {
        foreach (var placed in instances.Statements)
        {
            if (placed.Statement is DeleteSyntax deletion) Mark(placed.Prefix, deletion);
        }
        if (_deleted.Count == 0) return instances.Statements;
        var groups = instances.Statements.ToLookup(Stays);
        Forget(groups[false], groups[true]);
        return [.. groups[true]];
    }

    /// <summary>What nothing mentions any more is gone too.</summary>
    private void Forget(IEnumerable<PlacedStatement> gone, IEnumerable<PlacedStatement> left)
    {
        var mentioned = left.SelectMany(Paths).ToHashSet(StringComparer.Ordinal);
        foreach (var placed in gone)
        {
            foreach (var path in Paths(placed).Where(p => !mentioned.Contains(p)))
                if (instances.Symbols.TryGetValue(path, out var symbol) && ReferenceEquals(symbol, symbol.Root)) symbol.Deleted ??= placed.Statement.Where;
        }
    }

    private static IEnumerable<string> Paths(PlacedStatement placed) => Instantiator.Names(placed.Statement).Select(name => placed.Prefix + name.Path);

    private void Mark(string prefix, DeleteSyntax deletion)
    {
        var path = prefix + deletion.Name.Path;
        if (!instances.Symbols.TryGetValue(path, out var symbol) || !(symbol.IsMember || symbol.IsInstance)) return;
        _deleted[path] = (path[..(path.LastIndexOf('.') + 1)], deletion.Where);
        foreach (var one in instances.Symbols.Values.Where(s => s.Path == path || s.Path.StartsWith(path + ".", StringComparison.Ordinal))) one.Deleted = deletion.Where;
    }

    private bool Stays(PlacedStatement placed)
    {
        if (placed.Statement is DeleteSyntax) return false;
        foreach (var name in Instantiator.Names(placed.Statement))
        {
            if (Find(placed.Prefix + name.Path) is not { } deleted) continue;
            if (!placed.Prefix.StartsWith(deleted.Owner, StringComparison.Ordinal))
            {
                reporter.Error(ErrorCodes.Deleted, name.Where, $"'{placed.Prefix}{name.Path}' was deleted", $"by the statement on line {deleted.Where.Line}", "removing one of the two");
            }
            return false;
        }
        return !_deleted.Keys.Any(path => placed.Prefix.StartsWith(path + ".", StringComparison.Ordinal));
    }

    /// <summary>The deletion of this name or of an instance around it.</summary>
    private (string Owner, SourceSpan Where)? Find(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
        {
            if (_deleted.TryGetValue(path[..end], out var deleted)) return deleted;
        }
        return null;
    }
}
