using Colloquy.Sessions;

namespace Colloquy.Doubles;

/// <summary>The session index without a disk: same answers as the real ones. Starts no thread and reads no clock.</summary>
public sealed class MemorySessionIndex : ISessionIndex
{
    private const string Title = "";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Tenant> _tenants = new(StringComparer.Ordinal);

    public Task Put(SessionEntry entry, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var tenant = FindOrAdd(entry.Tenant);
            tenant.Entries[entry.Session] = entry with
            {
                CreatedAt = ToMilliseconds(entry.CreatedAt),
                UpdatedAt = ToMilliseconds(entry.UpdatedAt),
            };
            tenant.Words[(entry.Session, Title)] = SessionWords.Of(entry.Title);
            return Task.CompletedTask;
        }
    }

    public Task AddText(string tenant, string session, string messageId, string text, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(messageId);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            FindOrAdd(tenant).Words[(session, messageId)] = SessionWords.Of(text);
            return Task.CompletedTask;
        }
    }

    public Task<IReadOnlyList<SessionEntry>> List(
        string tenant, string? words, SessionPosition? after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        cancellation.ThrowIfCancellationRequested();
        var searched = words is null ? null : SessionWords.OfSearch(words);
        lock (_gate)
        {
            if (!_tenants.TryGetValue(tenant, out var found) || searched is { Count: 0 })
                return Task.FromResult<IReadOnlyList<SessionEntry>>([]);
            return Task.FromResult<IReadOnlyList<SessionEntry>>(found.Entries.Values // sorted by id
                .OrderByDescending(entry => entry.UpdatedAt)
                .Where(entry => after is not { } place || IsAfter(entry, place))
                .Where(entry => searched is null || found.Has(entry.Session, searched))
                .Take(limit)
                .ToList());
        }
    }

    public Task Remove(string tenant, string session, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var found = FindOrAdd(tenant);
            found.Entries.Remove(session);
            foreach (var key in found.Words.Keys.Where(key => key.Session == session).ToList())
                found.Words.Remove(key);
            return Task.CompletedTask;
        }
    }

    private static bool IsAfter(SessionEntry entry, SessionPosition place) =>
        entry.UpdatedAt < ToMilliseconds(place.UpdatedAt)
        || (entry.UpdatedAt == ToMilliseconds(place.UpdatedAt) && string.CompareOrdinal(entry.Session, place.Session) > 0);

    // The real indexes keep milliseconds.
    private static DateTimeOffset ToMilliseconds(DateTimeOffset at) =>
        DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private Tenant FindOrAdd(string name)
    {
        if (!_tenants.TryGetValue(name, out var tenant))
            _tenants[name] = tenant = new Tenant();
        return tenant;
    }

    private sealed class Tenant
    {
        public SortedDictionary<string, SessionEntry> Entries { get; } = new(StringComparer.Ordinal);
        public Dictionary<(string Session, string Message), IReadOnlyList<string>> Words { get; } = [];

        public bool Has(string session, IReadOnlyList<string> searched)
        {
            var words = Words.Where(text => text.Key.Session == session)
                .SelectMany(text => text.Value)
                .ToHashSet(StringComparer.Ordinal);
            return searched.SkipLast(1).All(words.Contains)
                && words.Any(word => word.StartsWith(searched[^1], StringComparison.Ordinal));
        }
    }
}
