using System.Globalization;
using System.Text;
using System.Text.Json;
using Colloquy.Journals;
using Colloquy.Storage;
using StackExchange.Redis;

namespace Colloquy.Sessions;

/// <summary>
/// The session list and its words, in the Redis of a cluster, each tenant within one shard.
/// </summary>
/// <remarks>
/// Bounds: of a text the first <see cref="SessionWords.TextWordsMax"/> words are found; a search looks at
/// <see cref="CandidatesMax"/> occurrences of each word, in the order of words and session ids, so that a very short beginning
/// in a very large tenant may miss sessions. A list without words has no bound.
/// </remarks>
internal sealed class RedisSessionIndex(RedisDatabase redis) : ISessionIndex
{
    /// <summary>Sessions that one word of a search may have.</summary>
    public const int CandidatesMax = 20_000;

    /// <summary>Keys of one command: what Lua can unpack at once is not much more.</summary>
    private const int ChunkMax = 1000;

    private const string Title = "";

    private readonly record struct Place(double Falling, string Session);

    public Task Put(SessionEntry entry, CancellationToken cancellation)
    {
        var kept = entry with { CreatedAt = ToMilliseconds(entry.CreatedAt), UpdatedAt = ToMilliseconds(entry.UpdatedAt) };
        return Write(entry.Tenant, entry.Session, JsonSerializer.SerializeToUtf8Bytes(kept, StateJson.Options),
            Falling(entry.UpdatedAt), Title, entry.Title, cancellation);
    }

    public Task AddText(string tenant, string session, string messageId, string text, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(messageId);
        return Write(tenant, session, RedisValue.EmptyString, RedisValue.EmptyString, messageId, text, cancellation);
    }

    public async Task<IReadOnlyList<SessionEntry>> List(
        string tenant, string? words, SessionPosition? after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        Place? from = after is { } position ? new(Falling(position.UpdatedAt), position.Session) : null;
        var sessions = words is null
            ? await Page(tenant, from, limit, cancellation)
            : await Search(tenant, SessionWords.OfSearch(words), from, limit, cancellation);
        return await ReadEntries(tenant, sessions, cancellation);
    }

    public Task Remove(string tenant, string session, CancellationToken cancellation) => redis.Run(
        SessionScripts.Remove, JournalShard.Of(tenant), Keys(tenant, session), [session], cancellation);

    private Task<RedisResult> Write(string tenant, string session, RedisValue entry, RedisValue falling, string message,
        string text, CancellationToken cancellation) => redis.Run(
            SessionScripts.Put, JournalShard.Of(tenant), Keys(tenant, session),
            [session, entry, falling, message, string.Join(' ', SessionWords.Of(text))], cancellation);

    private async Task<List<string>> Page(string tenant, Place? from, int limit, CancellationToken cancellation)
    {
        var sessions = new List<string>();
        for (var skipped = 0; ; skipped += ChunkMax)
        {
            var chunk = (RedisValue[])(await Query(tenant, "order", cancellation,
                "ZRANGEBYSCORE", from?.Falling ?? double.NegativeInfinity, "+inf", "WITHSCORES", "LIMIT", skipped, ChunkMax))!;
            sessions.AddRange(chunk.Chunk(2).Where(pair => IsAfter(ToPlace(pair), from)).Select(pair => (string)pair[0]!));
            if (sessions.Count >= limit || chunk.Length < 2 * ChunkMax)
                return sessions[..Math.Min(limit, sessions.Count)];
        }
    }

    private async Task<List<string>> Search(
        string tenant, IReadOnlyList<string> words, Place? from, int limit, CancellationToken cancellation)
    {
        if (words.Count == 0)
            return [];
        var found = await Task.WhenAll(words.Select((word, n) => FindSessions(tenant, word, n == words.Count - 1, cancellation)));
        var candidates = found.Aggregate((all, next) =>
        {
            all.IntersectWith(next);
            return all;
        });
        var places = new List<Place>();
        foreach (var chunk in candidates.Chunk(ChunkMax))
        {
            var scores = (RedisValue[])(await Query(
                tenant, "order", cancellation, ["ZMSCORE", .. chunk.Select(session => (RedisValue)session)]))!;
            places.AddRange(chunk.Zip(scores).Where(pair => !pair.Second.IsNull) // text without an entry
                .Select(pair => new Place((double)pair.Second, pair.First)));
        }
        return places
            .Where(place => IsAfter(place, from))
            .OrderBy(place => place.Falling).ThenBy(place => place.Session, StringComparer.Ordinal)
            .Take(limit)
            .Select(place => place.Session)
            .ToList();
    }

    private async Task<HashSet<string>> FindSessions(string tenant, string word, bool isBeginning, CancellationToken cancellation)
    {
        // Members are "word, NUL, session": a whole word is everything up to the next byte, a beginning everything up to the
        // first byte that no UTF-8 text has.
        byte[] start = [(byte)'[', .. Encoding.UTF8.GetBytes(word)];
        byte[] end = [(byte)'(', .. Encoding.UTF8.GetBytes(word), isBeginning ? (byte)0xFF : (byte)0x01];
        var members = (string[])(await Query(
            tenant, "words", cancellation, "ZRANGEBYLEX", start, end, "LIMIT", 0, CandidatesMax))!;
        return members.Select(member => member[(member.IndexOf('\0', StringComparison.Ordinal) + 1)..])
            .ToHashSet(StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<SessionEntry>> ReadEntries(
        string tenant, List<string> sessions, CancellationToken cancellation)
    {
        var entries = new List<SessionEntry>();
        foreach (var chunk in sessions.Chunk(ChunkMax))
        {
            var found = (byte[]?[])(await Query(
                tenant, "entries", cancellation, ["HMGET", .. chunk.Select(session => (RedisValue)session)]))!;
            entries.AddRange(found
                .Where(entry => entry is not null) // removed meanwhile
                .Select(entry => JsonSerializer.Deserialize<SessionEntry>(entry, StateJson.Options)
                    ?? throw new JsonException("A session's entry is null.")));
        }
        return entries;
    }

    private Task<RedisResult> Query(string tenant, string kind, CancellationToken cancellation, params RedisValue[] command) =>
        redis.Run(SessionScripts.Query, JournalShard.Of(tenant), [Key(tenant, kind)], command, cancellation);

    private RedisKey[] Keys(string tenant, string session) =>
    [
        Key(tenant, "entries"), Key(tenant, "order"), Key(tenant, "words"),
        Key(tenant, $"texts:{Uri.EscapeDataString(session)}"),
    ];

    // Escaped, so that no name of a tenant reaches into the keys of another.
    private RedisKey Key(string tenant, string kind) =>
        redis.Key(JournalShard.Of(tenant), $"sessions:{Uri.EscapeDataString(tenant)}:{kind}");

    private static bool IsAfter(Place place, Place? from) => from is not { } start
        || place.Falling > start.Falling
        || (place.Falling.Equals(start.Falling) && string.CompareOrdinal(place.Session, start.Session) > 0);

    private static Place ToPlace(RedisValue[] pair) =>
        new(double.Parse(pair[1].ToString(), CultureInfo.InvariantCulture), pair[0].ToString());

    // Rising order of this is falling order of time, and equal times stay in the order of ids.
    private static double Falling(DateTimeOffset updatedAt) => -(double)updatedAt.ToUnixTimeMilliseconds();

    private static DateTimeOffset ToMilliseconds(DateTimeOffset at) =>
        DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
