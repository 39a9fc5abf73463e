using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Colloquy.Tenants;

/// <summary>What may happen to the keys of a tenant. No clock, no storage: an unchanged state is the same object.</summary>
internal static class KeyRingProtocol
{
    /// <summary>Keys of one tenant that work: the document is read at every check.</summary>
    public const int LiveMax = 100;

    /// <summary>Keys remembered after they ended, so that adding and revoking in a loop cannot fill the document.</summary>
    public const int EndedMax = 100;

    /// <summary>How long a key stays in the list after it ended.</summary>
    public static readonly TimeSpan EndedKept = TimeSpan.FromDays(30);

    // What the secret of an unknown key is compared with, so that it takes as long as a known one.
    private static readonly string NoHash = new('0', 2 * SHA256.HashSizeInBytes);

    public static (KeyRingState Next, AddKeyStatus Answer) Add(KeyRingState state, AddKey command, DateTimeOffset now)
    {
        var found = state.Keys.FirstOrDefault(key => key.Id == command.KeyId);
        // The same secret again is a repeat. It never brings a revoked key back, not even the one in the environment.
        if (found is not null && (found.SecretHash == command.SecretHash || !command.Replaces))
            return (state, found.SecretHash == command.SecretHash && found.Works(now) ? AddKeyStatus.Added : AddKeyStatus.Exists);
        var others = found is null ? state.Keys : state.Keys.Remove(found);
        if (others.Count(key => key.Works(now)) >= LiveMax)
            return (state, AddKeyStatus.TooMany);
        var added = new StoredKey(
            command.KeyId, command.SecretHash, command.Name, command.Roles, now, command.ExpiresAt, RevokedAt: null);
        return (new KeyRingState { Keys = Forget(others, now).Add(added) }, AddKeyStatus.Added);
    }

    public static (KeyRingState Next, bool Answer) Revoke(KeyRingState state, string keyId, DateTimeOffset now)
    {
        var found = state.Keys.FirstOrDefault(key => key.Id == keyId);
        if (found is null || found.RevokedAt is not null)
            return (state, found is not null);
        var keys = state.Keys.Replace(found, found with { RevokedAt = now });
        return (new KeyRingState { Keys = Forget(keys, now) }, true);
    }

    /// <summary>The key of this id, if the secret is its own and it works.</summary>
    public static StoredKey? Check(KeyRingState state, string keyId, string secretHash, DateTimeOffset now)
    {
        var found = state.Keys.FirstOrDefault(key => key.Id == keyId);
        var isOwn = CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(found?.SecretHash ?? NoHash), Encoding.UTF8.GetBytes(secretHash));
        return isOwn && found is not null && found.Works(now) ? found : null;
    }

    /// <summary>All keys that are remembered, newest first.</summary>
    public static ImmutableArray<KeyView> List(KeyRingState state, DateTimeOffset now) =>
        [.. Forget(state.Keys, now).Reverse().Select(key => key.ToView())];

    private static ImmutableArray<StoredKey> Forget(ImmutableArray<StoredKey> keys, DateTimeOffset now)
    {
        var remembered = keys
            .Where(key => !key.Works(now) && key.EndsAt + EndedKept > now)
            .OrderByDescending(key => key.EndsAt)
            .Take(EndedMax)
            .Select(key => key.Id)
            .ToHashSet(StringComparer.Ordinal);
        return [.. keys.Where(key => key.Works(now) || remembered.Contains(key.Id))];
    }
}
