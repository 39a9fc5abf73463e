using Colloquy.Tenants;

namespace Colloquy.Tests.Tenants;

public sealed class KeyRingProtocolTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_hundred_keys_can_work_at_a_time()
    {
        var full = Full();
        Assert.Equal((full, AddKeyStatus.TooMany), KeyRingProtocol.Add(full, Key("one-more"), Noon));
        var revoked = KeyRingProtocol.Revoke(full, "k0", Noon).Next;
        Assert.Equal(AddKeyStatus.Added, KeyRingProtocol.Add(revoked, Key("one-more"), Noon).Answer);
    }

    [Fact]
    public void An_expired_key_makes_room()
    {
        var full = Full(expiresAt: Noon.AddHours(1));
        Assert.Equal(AddKeyStatus.TooMany, KeyRingProtocol.Add(full, Key("new"), Noon.AddHours(1).AddTicks(-1)).Answer);
        Assert.Equal(AddKeyStatus.Added, KeyRingProtocol.Add(full, Key("new"), Noon.AddHours(1)).Answer);
    }

    [Fact]
    public void A_key_works_until_the_moment_it_expires()
    {
        var ring = Ring(Key("k") with { ExpiresAt = Noon.AddHours(1) });
        Assert.NotNull(KeyRingProtocol.Check(ring, "k", Hash("k"), Noon.AddHours(1).AddTicks(-1)));
        Assert.Null(KeyRingProtocol.Check(ring, "k", Hash("k"), Noon.AddHours(1)));
    }

    [Theory]
    [InlineData("k", "other")]
    [InlineData("other", "k")]
    public void A_wrong_secret_and_a_wrong_id_look_the_same(string id, string secret) =>
        Assert.Null(KeyRingProtocol.Check(Ring(Key("k")), id, Hash(secret), Noon));

    [Theory]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void No_secret_opens_a_key_that_does_not_exist(string hash) =>
        Assert.Null(KeyRingProtocol.Check(new KeyRingState(), "k", hash, Noon));

    [Fact]
    public void A_revoked_key_is_remembered_for_thirty_days()
    {
        var ring = KeyRingProtocol.Revoke(Ring(Key("k")), "k", Noon).Next;
        Assert.Single(KeyRingProtocol.List(ring, Noon.AddDays(30).AddTicks(-1)));
        Assert.Empty(KeyRingProtocol.List(ring, Noon.AddDays(30)));
        var later = KeyRingProtocol.Add(ring, Key("other"), Noon.AddDays(30)).Next;
        Assert.Equal("other", Assert.Single(later.Keys).Id);
    }

    [Fact]
    public void Adding_and_revoking_in_a_loop_cannot_fill_the_document()
    {
        var ring = Enumerable.Range(0, 500).Aggregate(Ring(Key("works")), (before, n) => KeyRingProtocol.Revoke(
            KeyRingProtocol.Add(before, Key($"k{n}"), Noon.AddMinutes(n)).Next, $"k{n}", Noon.AddMinutes(n)).Next);
        Assert.Equal(KeyRingProtocol.EndedMax + 1, ring.Keys.Length);
        Assert.Equal("k499", ring.Keys[^1].Id);
        Assert.NotNull(KeyRingProtocol.Check(ring, "works", Hash("works"), Noon));
    }

    [Fact]
    public void A_repeat_changes_nothing()
    {
        var ring = Ring(Key("k"));
        Assert.Equal((ring, AddKeyStatus.Added), KeyRingProtocol.Add(ring, Key("k"), Noon.AddDays(1)));
        var revoked = KeyRingProtocol.Revoke(ring, "k", Noon).Next;
        Assert.Equal((revoked, true), KeyRingProtocol.Revoke(revoked, "k", Noon.AddDays(1)));
    }

    [Fact]
    public void Revoking_an_unknown_key_says_so()
    {
        var ring = Ring(Key("k"));
        Assert.Equal((ring, false), KeyRingProtocol.Revoke(ring, "other", Noon));
    }

    [Fact]
    public void Another_secret_replaces_a_key_only_when_told_to()
    {
        var ring = Ring(Key("k"));
        var other = Key("k") with { SecretHash = Hash("new") };
        Assert.Equal((ring, AddKeyStatus.Exists), KeyRingProtocol.Add(ring, other, Noon));
        var (next, status) = KeyRingProtocol.Add(ring, other with { Replaces = true }, Noon);
        Assert.Equal(AddKeyStatus.Added, status);
        Assert.Null(KeyRingProtocol.Check(next, "k", Hash("k"), Noon));
        Assert.NotNull(KeyRingProtocol.Check(next, "k", Hash("new"), Noon));
    }

    [Fact]
    public void The_same_secret_does_not_bring_a_revoked_key_back_not_even_the_one_of_the_environment()
    {
        var revoked = KeyRingProtocol.Revoke(Ring(Key("k")), "k", Noon).Next;
        Assert.Equal((revoked, AddKeyStatus.Exists), KeyRingProtocol.Add(revoked, Key("k") with { Replaces = true }, Noon));
    }

    private static KeyRingState Full(DateTimeOffset? expiresAt = null) =>
        Ring([.. Enumerable.Range(0, KeyRingProtocol.LiveMax).Select(n => Key($"k{n}") with { ExpiresAt = expiresAt })]);

    private static KeyRingState Ring(params AddKey[] keys) =>
        keys.Aggregate(new KeyRingState(), (ring, key) => KeyRingProtocol.Add(ring, key, Noon).Next);

    private static AddKey Key(string id) => new(id, Hash(id), $"Key {id}", [Roles.User], ExpiresAt: null);

    private static string Hash(string secret) => Secrets.Hash(secret);
}
