using Colloquy.Agents;

namespace Colloquy.Tests.Agents;

[Collection(SharedHost.Name)]
public sealed class AgentGrainTests(GrainHost host)
{
    private readonly string _tenant = GrainHost.NewTenant();

    private IAgentGrain Ada => Agent("ada");

    private IAgentGrain Shipped => Agent(Given.BuiltIn);

    private ICatalogueGrain Catalogue => host.Grain<ICatalogueGrain>(_tenant, "agents");

    [Fact]
    public async Task An_agent_is_created_listed_and_survives_its_activation()
    {
        Enter();
        await GrainHost.EndAfter(Ada, one => one.Create(Given.Profile(), "ann", "op"));
        var view = (await Ada.View())!;
        Assert.Equal(("You are Ada.", 1, false), (view.Profile.Persona, view.Profile.Version, view.BuiltIn));
        Assert.Equal(2, host.Documents.Reads(Ada.GetGrainId()));
        Assert.Contains("ada", (await Catalogue.All()).Select(agent => agent.Id));
        var repeat = await Ada.Create(Given.Profile(), "ann", "op");
        Assert.Equal((AgentStatus.Done, 1), (repeat.Status, repeat.Agent!.Profile.Version));
        Assert.Equal(AgentStatus.Exists, (await Ada.Create(Given.Profile(), "ann", "other")).Status);
    }

    [Fact]
    public async Task A_draft_touches_nobody_until_it_is_published()
    {
        Enter();
        await Ada.Create(Given.Profile(), "ann", null);
        var draft = (await Ada.Change(Given.Persona("New."))).Agent!;
        Assert.Equal(("You are Ada.", "New.", 2), (draft.Profile.Persona, draft.Draft!.Persona, draft.Draft.Version));
        Assert.Equal("You are Ada.", (await Ada.Published())!.Persona);
        Assert.Equal("You are Ada.", (await Listed("ada")).Persona);
        var published = (await Ada.Publish(null, "bob")).Agent!;
        Assert.Equal(("New.", 2, null), (published.Profile.Persona, published.Profile.Version, published.Draft));
        Assert.Equal("New.", (await Listed("ada")).Persona);
        Assert.Equal(AgentStatus.NothingToPublish, (await Ada.Publish(null, "bob")).Status);
    }

    [Fact]
    public async Task A_run_keeps_its_version_whatever_happens_to_the_agent()
    {
        Enter();
        await Ada.Create(Given.Profile(), "ann", null);
        await PublishAda("Two.");
        await Ada.Delete();
        Assert.Null(await Ada.View());
        Assert.Null(await Ada.Published());
        Assert.DoesNotContain("ada", (await Catalogue.All()).Select(agent => agent.Id));
        Assert.Equal("You are Ada.", (await Ada.At(1))!.Persona);
        Assert.Equal("Two.", (await Ada.At(2))!.Persona);
        Assert.Null(await Ada.At(3));
        Assert.Equal(AgentStatus.NotFound, (await Ada.Delete()).Status);
        Assert.Equal(3, (await Ada.Create(Given.Profile(persona: "Three."), "ann", null)).Agent!.Profile.Version);
        Assert.Equal("You are Ada.", (await Ada.At(1))!.Persona);
    }

    [Fact]
    public async Task Publishing_an_earlier_version_rolls_back()
    {
        Enter();
        await Ada.Create(Given.Profile(), "ann", null);
        await PublishAda("Two.");
        var back = (await Ada.Publish(1, "bob")).Agent!;
        Assert.Equal(("You are Ada.", 1), (back.Profile.Persona, back.Profile.Version));
        Assert.Equal(1, (await Listed("ada")).Version);
        Assert.Equal([(2, false), (1, true)], (await Ada.Versions()).Select(one => (one.Version, one.IsPublished)));
        var writes = host.Documents.Writes(Ada.GetGrainId());
        Assert.Equal(AgentStatus.Done, (await Ada.Publish(1, "bob")).Status);
        Assert.Equal(writes, host.Documents.Writes(Ada.GetGrainId()));
        Assert.Equal(AgentStatus.NoSuchVersion, (await Ada.Publish(9, "bob")).Status);
        Assert.Equal("Two.", (await Ada.Publish(2, "bob")).Agent!.Profile.Persona);
        Assert.Equal(3, (await PublishAda("Three.")).Profile.Version);
    }

    [Fact]
    public async Task A_tenants_change_to_a_built_in_agent_is_its_own_version_2()
    {
        Enter();
        var asShipped = BuiltInAgents.Find(Given.BuiltIn)!;
        var view = (await Shipped.View())!;
        Assert.Equal((1, true, null), (view.Profile.Version, view.BuiltIn, view.ChangedAt));
        Assert.Equal(AgentStatus.BuiltIn, (await Shipped.Create(Given.Profile(Given.BuiltIn), "ann", null)).Status);
        await Shipped.Change(Given.Persona("Mine."));
        Assert.Equal(2, (await Shipped.Publish(null, "ann")).Agent!.Profile.Version);
        Assert.Equal("Mine.", (await Listed(Given.BuiltIn)).Persona);
        Assert.Equal(asShipped.Persona, (await Shipped.At(1))!.Persona);
        Assert.Equal([(2, "ann", true), (1, null, false)],
            (await Shipped.Versions()).Select(one => (one.Version, one.By, one.IsPublished)));

        Assert.Equal(1, (await Shipped.Publish(1, "ann")).Agent!.Profile.Version);
        Assert.Equal(asShipped.Persona, (await Listed(Given.BuiltIn)).Persona);
        Assert.Equal("Mine.", (await Shipped.Publish(2, "ann")).Agent!.Profile.Persona);

        Assert.Equal(1, (await Shipped.Delete()).Agent!.Profile.Version);
        Assert.Equal(asShipped.Persona, (await Listed(Given.BuiltIn)).Persona);
        Assert.Equal("Mine.", (await Shipped.At(2))!.Persona);
        Assert.Equal(AgentStatus.Done, (await Shipped.Delete()).Status);
    }

    [Fact]
    public async Task A_built_in_agent_of_another_tenant_is_as_shipped()
    {
        Enter();
        await Shipped.Change(Given.Persona("Mine."));
        await Shipped.Publish(null, "ann");
        var other = GrainHost.NewTenant();
        Assert.Equal(1, (await host.Grain<IAgentGrain>(other, Given.BuiltIn).Published())!.Version);
        Assert.Equal(BuiltInAgents.All.Select(agent => agent.Version),
            (await host.Grain<ICatalogueGrain>(other, "agents").All()).Select(agent => agent.Version));
    }

    [Fact]
    public async Task A_failed_write_leaves_the_old_state_visible()
    {
        Enter();
        await Ada.Create(Given.Profile(), "ann", null);
        await Ada.Change(Given.Persona("New."));
        host.Documents.FailNextWrite(Ada.GetGrainId());
        await Assert.ThrowsAnyAsync<Exception>(() => Ada.Publish(null, "ann"));
        var view = (await Ada.View())!;
        Assert.Equal((1, "New."), (view.Profile.Version, view.Draft!.Persona));
        Assert.Equal(1, (await Listed("ada")).Version);
    }

    private IAgentGrain Agent(string id) => host.Grain<IAgentGrain>(_tenant, id);

    private async Task<AgentView> PublishAda(string persona)
    {
        await Ada.Change(Given.Persona(persona));
        return (await Ada.Publish(null, "ann")).Agent!;
    }

    private async Task<AgentProfile> Listed(string id) => (await Catalogue.All()).Single(agent => agent.Id == id);

    // The constructor's context is not the test's.
    private void Enter() => Colloquy.Tenants.CallerTenant.Set(_tenant);
}
