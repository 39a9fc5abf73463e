using System.Globalization;
using Colloquy.Tenants;

namespace Colloquy.Sessions;

/// <summary>Pages through the index of a tenant's sessions. It holds nothing.</summary>
[GrainType("sessions")]
internal sealed class SessionListGrain(ISessionIndex index) : Grain, ISessionListGrain
{
    public async Task<SessionPage> List(string? words, string? cursor, int limit)
    {
        var tenant = TenantKey.TenantOf(this.GetPrimaryKeyString());
        var entries = await index.List(tenant, words, Parse(cursor), limit + 1, CancellationToken.None);
        var next = entries.Count > limit ? Spell(entries[limit - 1]) : null;
        return new([.. entries.Take(limit).Select(entry => new SessionSummary(entry.Session, entry.Title, entry.Agent, entry.Preview,
            entry.Owner, entry.CreatedAt, entry.UpdatedAt))], next);
    }

    private static string Spell(SessionEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.UpdatedAt.ToUnixTimeMilliseconds()}-{entry.Session}");

    private static SessionPosition? Parse(string? cursor) => cursor?.Split('-') switch
    {
        null => null,
        [var at, var session] when SessionIds.IsSession(session)
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() =>
            new(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), session),
        _ => throw new FormatException("The cursor is none of this list's."),
    };
}
