using Colloquy.Agents;

namespace Colloquy.Tests.Agents;

public sealed class CatalogueProtocolTests
{
    private static readonly CatalogueState _empty = new();

    [Fact]
    public void Built_in_agents_are_listed_from_the_first_minute() => Assert.Equal(
        BuiltInAgents.All.Select(agent => agent.Id), CatalogueProtocol.All(_empty).Select(agent => agent.Id));

    [Fact]
    public void Own_agents_stand_among_them_and_take_the_place_of_those_they_change()
    {
        var state = List(List(_empty, Given.Profile("zoe"), 1), Given.Profile(Given.BuiltIn, "Mine."), 1);
        var all = CatalogueProtocol.All(state);
        Assert.Equal(BuiltInAgents.All.Length + 1, all.Length);
        Assert.Equal(all.Select(agent => agent.Id).Order(StringComparer.Ordinal), all.Select(agent => agent.Id));
        Assert.Equal("Mine.", all.Single(agent => agent.Id == Given.BuiltIn).Persona);
        Assert.Equal("zoe", all[^1].Id);
    }

    [Fact]
    public void A_repeat_changes_nothing()
    {
        var listed = List(_empty, Given.Profile(), 1);
        Assert.Equal((listed, true), CatalogueProtocol.List(listed, Given.Profile(), 1));
        var delisted = CatalogueProtocol.Delist(listed, "ada", 2).Next;
        Assert.Equal((delisted, true), CatalogueProtocol.Delist(delisted, "ada", 2));
    }

    [Fact]
    public void What_comes_late_changes_nothing()
    {
        var second = List(List(_empty, Given.Profile(), 1), Given.Profile(persona: "Newer."), 3);
        Assert.Same(second, List(second, Given.Profile(persona: "Older."), 2));
        var gone = CatalogueProtocol.Delist(second, "ada", 4).Next;
        Assert.Same(gone, List(gone, Given.Profile(persona: "Newer."), 3));
        var back = List(gone, Given.Profile(), 5);
        Assert.Same(back, CatalogueProtocol.Delist(back, "ada", 4).Next);
    }

    [Fact]
    public void A_full_catalogue_takes_changes_but_no_newcomer()
    {
        var full = Enumerable.Range(0, CatalogueProtocol.AgentsMax)
            .Aggregate(_empty, (state, n) => List(state, Given.Profile($"a{n}"), 1));
        Assert.Equal((full, false), CatalogueProtocol.List(full, Given.Profile("one-more"), 1));
        Assert.True(CatalogueProtocol.List(full, Given.Profile("a0", "Changed."), 2).Answer);
        var room = CatalogueProtocol.Delist(full, "a0", 2).Next;
        Assert.True(CatalogueProtocol.List(room, Given.Profile("one-more"), 1).Answer);
    }

    [Fact]
    public void Memory_of_those_that_left_is_bounded()
    {
        var state = Enumerable.Range(0, CatalogueProtocol.LeftMax + 1)
            .Aggregate(_empty, (before, n) => CatalogueProtocol.Delist(before, $"a{n}", 1).Next);
        Assert.Equal(CatalogueProtocol.LeftMax, state.Left.Length);
        Assert.Equal("a1", state.Left[0].Agent);
    }

    private static CatalogueState List(CatalogueState state, AgentProfile profile, long revision) =>
        CatalogueProtocol.List(state, profile, revision).Next;
}
