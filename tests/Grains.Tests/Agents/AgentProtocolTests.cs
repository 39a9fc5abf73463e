using Colloquy.Agents;

namespace Colloquy.Tests.Agents;

public sealed class AgentProtocolTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AgentProfile _shipped = Given.Profile("shipped", "As shipped.") with { Version = 1 };

    [Fact]
    public void Nobody_sees_an_agent_that_the_catalogue_has_not_taken_in()
    {
        var pending = Created();
        Assert.True(pending.IsOutstanding);
        Assert.Null(AgentProtocol.View(pending, null));
        Assert.Empty(AgentProtocol.Versions(pending, null));
        Assert.Equal(1, AgentProtocol.View(AgentProtocol.Settle(pending), null)!.Profile.Version);
    }

    [Fact]
    public void An_agent_that_the_catalogue_refused_was_never_there()
    {
        var refused = AgentProtocol.Withdraw(Created(), null);
        Assert.Null(AgentProtocol.View(refused, null));
        Assert.Equal((0, 0), (refused.LastVersion, refused.Versions.Length));
        Assert.False(refused.IsOutstanding);
        var again = AgentProtocol.Create(refused, null, Given.Profile(), "ann", "op", Noon);
        Assert.Equal((AgentStatus.Done, 1), (again.Answer, again.Next.Own!.Version));
    }

    [Fact]
    public void A_change_to_a_shipped_agent_that_the_catalogue_refused_is_a_draft_again()
    {
        var changed = AgentProtocol.Change(new AgentState(), _shipped, Given.Persona("Mine."), Noon).Next;
        var refused = AgentProtocol.Withdraw(AgentProtocol.Publish(changed, _shipped, "ann", Noon).Next, _shipped);
        var view = AgentProtocol.View(refused, _shipped)!;
        Assert.Equal(("As shipped.", 1, "Mine.", 2),
            (view.Profile.Persona, view.Profile.Version, view.Draft!.Persona, view.Draft.Version));
        Assert.Equal([1], AgentProtocol.Versions(refused, _shipped).Select(one => one.Version));
    }

    [Fact]
    public void An_earlier_version_of_a_shipped_agent_that_the_catalogue_refused_stays_a_version()
    {
        var two = Published(Published(new AgentState(), _shipped, "Two."), _shipped, "Three.");
        var deleted = AgentProtocol.Settle(AgentProtocol.Delete(two, _shipped, Noon).Next);
        var returned = AgentProtocol.ReturnTo(deleted, Given.Profile("shipped", "Two.") with { Version = 2 }, Noon);
        var refused = AgentProtocol.Withdraw(returned, _shipped);
        Assert.Equal([3, 2, 1], AgentProtocol.Versions(refused, _shipped).Select(one => one.Version));
        Assert.Equal(3, refused.LastVersion);
        Assert.Null(refused.Draft);
    }

    [Fact]
    public void A_repeat_changes_nothing()
    {
        var created = AgentProtocol.Settle(Created());
        Assert.Equal((created, AgentStatus.Done),
            AgentProtocol.Create(created, null, Given.Profile(), "ann", "op", Noon.AddDays(1)));
        var changed = AgentProtocol.Change(created, null, Given.Persona("New."), Noon).Next;
        Assert.Equal((changed, AgentStatus.Done), AgentProtocol.Change(changed, null, Given.Persona("New."), Noon.AddDays(1)));
        var published = AgentProtocol.Settle(AgentProtocol.Publish(changed, null, "ann", Noon).Next);
        Assert.Equal((published, AgentStatus.NothingToPublish), AgentProtocol.Publish(published, null, "ann", Noon.AddDays(1)));
        Assert.Same(published, AgentProtocol.ReturnTo(published, published.Own, Noon.AddDays(1)));
        var deleted = AgentProtocol.Settle(AgentProtocol.Delete(published, null, Noon).Next);
        Assert.Equal((deleted, AgentStatus.NotFound), AgentProtocol.Delete(deleted, null, Noon.AddDays(1)));
    }

    [Fact]
    public void The_same_key_with_another_body_is_told_apart()
    {
        var created = AgentProtocol.Settle(Created());
        Assert.Equal((created, AgentStatus.KeyReused),
            AgentProtocol.Create(created, null, Given.Profile(persona: "Another persona."), "ann", "op", Noon));
    }

    [Theory]
    [InlineData("another", "You are Ada.")]
    [InlineData(null, "You are Ada.")]
    public void Another_agent_of_the_same_id_is_refused(string? operation, string persona)
    {
        var created = AgentProtocol.Settle(Created());
        Assert.Equal((created, AgentStatus.Exists),
            AgentProtocol.Create(created, null, Given.Profile(persona: persona), "ann", operation, Noon));
    }

    [Fact]
    public void A_late_repeat_does_not_bring_a_deleted_agent_back()
    {
        var deleted = AgentProtocol.Settle(AgentProtocol.Delete(AgentProtocol.Settle(Created()), null, Noon).Next);
        Assert.Equal((deleted, AgentStatus.NotFound), AgentProtocol.Create(deleted, null, Given.Profile(), "ann", "op", Noon));
    }

    [Fact]
    public void A_number_names_one_text_for_ever()
    {
        var deleted = AgentProtocol.Settle(AgentProtocol.Delete(AgentProtocol.Settle(Created()), null, Noon).Next);
        var again = AgentProtocol.Create(deleted, null, Given.Profile(persona: "Other."), "ann", "op2", Noon).Next;
        Assert.Equal(2, again.Own!.Version);
    }

    [Fact]
    public void A_draft_that_says_what_is_published_is_none()
    {
        var changed = AgentProtocol.Change(AgentProtocol.Settle(Created()), null, Given.Persona("New."), Noon).Next;
        Assert.Equal("New.", changed.Draft!.Persona);
        Assert.Null(AgentProtocol.Change(changed, null, Given.Persona("You are Ada."), Noon).Next.Draft);
    }

    [Fact]
    public void A_change_touches_only_what_it_names()
    {
        var all = new AgentChange("n", "d", "p", ["x"], ["c"], ["t"], ["q"], ["e"], "m", 1.5, 7);
        var profile = Given.Profile();
        Assert.True(Profiles.Same(profile, Profiles.With(profile, Given.NoChange)));
        var expected = new AgentProfile("ada", "n", "d", "p", ["x"], ["c"], ["t"], ["q"], ["e"], "m", 1.5, 7, 0);
        Assert.True(Profiles.Same(expected, Profiles.With(profile, all)));
        Assert.Null(Profiles.With(expected, Given.NoChange with { Model = "" }).Model);
    }

    [Fact]
    public void A_shipped_agent_cannot_be_created() => Assert.Equal(
        AgentStatus.BuiltIn,
        AgentProtocol.Create(new AgentState(), _shipped, Given.Profile("shipped"), "ann", null, Noon).Answer);

    [Fact]
    public void An_agent_that_does_not_exist_can_only_be_created()
    {
        var none = new AgentState();
        Assert.Equal(AgentStatus.NotFound, AgentProtocol.Change(none, null, Given.Persona("x"), Noon).Answer);
        Assert.Equal(AgentStatus.NotFound, AgentProtocol.Publish(none, null, "ann", Noon).Answer);
        Assert.Equal(AgentStatus.NotFound, AgentProtocol.CanReturnTo(none, null, 1));
        Assert.Equal(AgentStatus.NotFound, AgentProtocol.Delete(none, null, Noon).Answer);
    }

    [Fact]
    public void Versions_are_bounded()
    {
        var full = Enumerable.Range(0, AgentProtocol.VersionsMax - 1)
            .Aggregate(AgentProtocol.Settle(Created()), (state, n) => Published(state, null, $"{n}"));
        var changed = AgentProtocol.Change(full, null, Given.Persona("One too many."), Noon).Next;
        Assert.Equal((changed, AgentStatus.TooManyVersions), AgentProtocol.Publish(changed, null, "ann", Noon));
    }

    private static AgentState Created() =>
        AgentProtocol.Create(new AgentState(), null, Given.Profile(), "ann", "op", Noon).Next;

    private static AgentState Published(AgentState state, AgentProfile? shipped, string persona) => AgentProtocol.Settle(
        AgentProtocol.Publish(
            AgentProtocol.Change(state, shipped, Given.Persona(persona), Noon).Next, shipped, "ann", Noon).Next);
}
