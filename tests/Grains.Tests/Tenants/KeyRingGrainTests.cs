using Colloquy.Doubles;
using Colloquy.Tenants;

namespace Colloquy.Tests.Tenants;

[Collection(SharedHost.Name)]
public sealed class KeyRingGrainTests(GrainHost host)
{
    private static readonly string _hash = Secrets.Hash("secret");

    [Fact]
    public async Task A_key_opens_its_tenant_and_survives_its_activation()
    {
        var tenant = GrainHost.NewTenant();
        var ring = host.Grain<IKeyRingGrain>(tenant, "keys");
        await GrainHost.EndAfter(ring, one => one.Add(Key("k")));
        var credential = await ring.Check("k", _hash);
        Assert.Equal((tenant, "k"), (credential!.Tenant, credential.KeyId));
        Assert.Equal<string>([Roles.User, Roles.Admin], credential.Roles);
        Assert.Equal(2, host.Documents.Reads(ring.GetGrainId()));
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once()
    {
        var ring = NewRing();
        await ring.Add(Key("k"));
        Assert.NotNull(await ring.Check("k", _hash));
        Assert.True(await ring.Revoke("k"));
        Assert.Null(await ring.Check("k", _hash));
        Assert.False(await ring.Revoke("other"));
    }

    [Fact]
    public async Task A_key_revoked_by_another_activation_is_refused_within_a_second()
    {
        var ring = NewRing();
        await ring.Add(Key("k"));
        host.Documents.ChangeElsewhere<KeyRingState>(ring.GetGrainId(),
            state => KeyRingProtocol.Revoke(state, "k", host.Time.GetUtcNow()).Next);
        host.Time.Advance(TimeSpan.FromSeconds(1.01));
        Assert.Null(await ring.Check("k", _hash));
        Assert.NotNull(Assert.Single(await ring.List()).RevokedAt);
    }

    [Fact]
    public async Task Checks_share_their_reads()
    {
        var ring = NewRing();
        await ring.Add(Key("k"));
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var reads = host.Documents.Reads(ring.GetGrainId());
        var checks = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ring.Check("k", _hash)));
        Assert.All(checks, Assert.NotNull);
        // One, and another for each second that this takes, or that another test moves the clock by.
        Assert.InRange(host.Documents.Reads(ring.GetGrainId()) - reads, 1, 10);
    }

    [Fact]
    public async Task A_check_during_a_write_waits_for_it_when_its_copy_is_old()
    {
        var ring = NewRing();
        await ring.Add(Key("k"));
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Documents.HoldWrites(ring.GetGrainId(), reached, release.Task);
        var revoking = ring.Revoke("k");
        await reached.Task.Within("the write");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var checking = ring.Check("k", _hash);
        release.SetResult();
        Assert.True(await revoking);
        Assert.Null(await checking);
    }

    [Fact]
    public async Task The_list_shows_no_hash()
    {
        var ring = NewRing();
        await ring.Add(Key("old"));
        await ring.Add(Key("new") with { SecretHash = Secrets.Hash("other") });
        var keys = await ring.List();
        Assert.Equal(["new", "old"], keys.Select(key => key.Id));
        Assert.DoesNotContain(_hash, System.Text.Json.JsonSerializer.Serialize(keys), StringComparison.Ordinal);
        Assert.DoesNotContain(typeof(KeyView).GetProperties(),
            property => property.Name.Contains("Hash", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_is_kept_holds_no_secret()
    {
        var ring = NewRing();
        await ring.Add(Key("k"));
        Assert.Contains(_hash, host.Documents.Body(ring.GetGrainId()), StringComparison.Ordinal);
        Assert.DoesNotContain("\"secret\"", host.Documents.Body(ring.GetGrainId()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_write_leaves_the_old_state_visible()
    {
        var ring = NewRing();
        await ring.Add(Key("k"));
        host.Documents.FailNextWrite(ring.GetGrainId());
        await Assert.ThrowsAnyAsync<Exception>(() => ring.Revoke("k"));
        Assert.NotNull(await ring.Check("k", _hash));
        host.Documents.FailNextWrite(ring.GetGrainId(), afterWriting: true);
        await Assert.ThrowsAnyAsync<Exception>(() => ring.Revoke("k"));
        Assert.Null(await ring.Check("k", _hash));
    }

    private IKeyRingGrain NewRing() => host.Grain<IKeyRingGrain>(GrainHost.NewTenant(), "keys");

    private static AddKey Key(string id) => new(id, _hash, $"Key {id}", [Roles.User, Roles.Admin], ExpiresAt: null);
}
