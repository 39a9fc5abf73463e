using System.Collections.Immutable;
using Colloquy.Kernel;

namespace Colloquy.Tenants;

/// <summary>The shell around <see cref="KeyRingProtocol"/>.</summary>
[GrainType("keys")]
internal sealed class KeyRingGrain : Grain, IKeyRingGrain
{
    // The directory can lose track of an activation, and then a second one revokes a key that the first still knows as good.
    // Only the document tells, and it is one record: so nobody trusts a copy older than this. A read a second costs less than
    // a revoked key that goes on working until its activation is found out.
    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(1);

    private readonly Committed<KeyRingState> _keys;
    private readonly TimeProvider _clock;

    public KeyRingGrain([PersistentState("state", "documents")] IPersistentState<KeyRingState> state, TimeProvider clock)
    {
        _keys = new Committed<KeyRingState>(state, clock, this.DeactivateOnIdle);
        _clock = clock;
    }

    public Task<AddKeyStatus> Add(AddKey command) =>
        _keys.Change(state => KeyRingProtocol.Add(state, command, _clock.GetUtcNow()));

    public async Task<bool> Revoke(string keyId)
    {
        await _keys.Confirm(TrustedFor); // "already revoked" and "no such key" are answers too, and must be true ones
        return await _keys.Change(state => KeyRingProtocol.Revoke(state, keyId, _clock.GetUtcNow()));
    }

    public async Task<Credential?> Check(string keyId, string secretHash)
    {
        await _keys.Confirm(TrustedFor);
        return KeyRingProtocol.Check(_keys.Value, keyId, secretHash, _clock.GetUtcNow()) is { } key
            ? new Credential(TenantKey.TenantOf(this.GetPrimaryKeyString()), key.Id, key.Roles, key.ExpiresAt)
            : null;
    }

    public async Task<ImmutableArray<KeyView>> List()
    {
        await _keys.Confirm(TrustedFor);
        return KeyRingProtocol.List(_keys.Value, _clock.GetUtcNow());
    }
}
