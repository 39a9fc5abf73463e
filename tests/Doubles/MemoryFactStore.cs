using Colloquy.Memory;

namespace Colloquy.Doubles;

/// <summary>Facts without a disk: same answers as the real stores. Starts no thread and reads no clock.</summary>
public sealed class MemoryFactStore : IFactStore
{
    private const long Start = 1L << 30;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Tenant, string Scope), Rows> _scopes = [];
    private long _starts;
    private int _failures;

    /// <summary>Changes that were made.</summary>
    public int Changes { get; private set; }

    /// <summary>How many scopes hold anything.</summary>
    public int Scopes
    {
        get
        {
            lock (_gate)
                return _scopes.Count;
        }
    }

    /// <summary>The next change is made, and its caller told that it failed: nobody can know then.</summary>
    public void FailNextChange() => _failures = 1;

    public Task<FactRows> Load(string tenant, string scope, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(_scopes.TryGetValue((tenant, scope), out var rows)
                ? new FactRows(rows.Version, [.. rows.Facts.Values]) : new FactRows(0, []));
        }
    }

    public Task<bool> Change(FactChange change, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var found = _scopes.GetValueOrDefault((change.Tenant, change.Scope));
            if ((found?.Version ?? 0) != change.Expected)
                return Task.FromResult(false);
            var rows = _scopes[(change.Tenant, change.Scope)] = found ?? new Rows { Version = (++_starts * Start) - 1 };
            rows.Version++;
            foreach (var id in change.Removes)
                rows.Facts.Remove(id);
            foreach (var row in change.Puts) // copies, as a disk makes them
                rows.Facts[row.Id] = row with { Json = row.Json.ToArray(), Vector = row.Vector.ToArray() };
            Changes++;
            if (_failures > 0)
            {
                _failures--;
                throw new IOException("The connection broke after the change.");
            }
            return Task.FromResult(true);
        }
    }

    public Task Erase(string tenant, string scope, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
            _scopes.Remove((tenant, scope));
        return Task.CompletedTask;
    }

    private sealed class Rows
    {
        public long Version { get; set; }
        public SortedDictionary<string, FactRow> Facts { get; } = new(StringComparer.Ordinal);
    }
}
