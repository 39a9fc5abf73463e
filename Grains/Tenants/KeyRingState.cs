using System.Collections.Immutable;

namespace Colloquy.Tenants;

/// <summary>The keys of a tenant, oldest first: at most <see cref="KeyRingProtocol.LiveMax"/> that work, and a bounded memory of
/// those that no longer do.</summary>
[GenerateSerializer, Alias("keys.state"), Immutable]
internal sealed record KeyRingState
{
    [Id(0)] public ImmutableArray<StoredKey> Keys { get; init; } = [];
}

/// <param name="SecretHash">SHA-256 of the secret, lower-case hex.</param>
[GenerateSerializer, Alias("keys.stored"), Immutable]
internal sealed record StoredKey(
    string Id, string SecretHash, string Name, ImmutableArray<string> Roles, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt)
{
    /// <summary>When the key stopped working, or will; null if never.</summary>
    internal DateTimeOffset? EndsAt => RevokedAt ?? ExpiresAt;

    internal bool Works(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);

    public KeyView ToView() => new(Id, Name, Roles, CreatedAt, ExpiresAt, RevokedAt);
}
