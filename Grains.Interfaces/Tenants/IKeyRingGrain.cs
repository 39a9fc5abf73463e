using System.Collections.Immutable;

namespace Colloquy.Tenants;

/// <summary>The API keys of one tenant, keyed by <c>{tenant}/keys</c>. It holds hashes; a secret is never stored.</summary>
[Alias("keys")]
public interface IKeyRingGrain : IGrainWithStringKey
{
    /// <summary>Adds a key whose secret the caller made. Durable on return; a repeat changes nothing.</summary>
    [Alias("add")]
    Task<AddKeyStatus> Add(AddKey command);

    /// <summary>Revokes a key. Every check that begins after the return refuses it. False if there is no such key.</summary>
    [Alias("revoke")]
    Task<bool> Revoke(string keyId);

    /// <summary>Who presents this secret, or null: unknown, expired and revoked look the same.</summary>
    /// <param name="secretHash">SHA-256 of the secret, lower-case hex.</param>
    [Alias("check"), AlwaysInterleave]
    Task<Credential?> Check(string keyId, string secretHash);

    /// <summary>All keys, newest first, without their hashes.</summary>
    [Alias("list"), AlwaysInterleave]
    Task<ImmutableArray<KeyView>> List();
}

/// <param name="SecretHash">SHA-256 of the secret, lower-case hex.</param>
/// <param name="Replaces">Whether a key of this id gives way: for the bootstrap key, which the environment may set anew.</param>
[GenerateSerializer, Alias("keys.add"), Immutable]
public sealed record AddKey(
    string KeyId, string SecretHash, string Name, ImmutableArray<string> Roles, DateTimeOffset? ExpiresAt, bool Replaces = false);

[GenerateSerializer, Alias("keys.add.status")]
public enum AddKeyStatus { Added, Exists, TooMany }

/// <summary>Who is asking: the tenant, the key, and what it may do.</summary>
[GenerateSerializer, Alias("keys.credential"), Immutable]
public sealed record Credential(string Tenant, string KeyId, ImmutableArray<string> Roles, DateTimeOffset? ExpiresAt);

[GenerateSerializer, Alias("keys.view"), Immutable]
public sealed record KeyView(
    string Id, string Name, ImmutableArray<string> Roles, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt);

/// <summary>The roles that a key can carry; each includes nothing but itself.</summary>
public static class Roles
{
    public const string User = "user";
    public const string Admin = "admin";
    public const string Operator = "operator";

    public static readonly ImmutableArray<string> All = [User, Admin, Operator];
}
