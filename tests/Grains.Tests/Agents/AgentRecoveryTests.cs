using Colloquy.Agents;
using Colloquy.Tenants;

namespace Colloquy.Tests.Agents;

/// <summary>What a failure between the agent's document, its version's and the catalogue leaves, and who mends it.</summary>
[Collection(SharedHost.Name)]
public sealed class AgentRecoveryTests(GrainHost host)
{
    public enum Step { Version, Catalogue, Settlement }

    public static TheoryData<Step, bool> Steps
    {
        get
        {
            var data = new TheoryData<Step, bool>();
            foreach (var step in Enum.GetValues<Step>())
            {
                data.Add(step, false);
                data.Add(step, true);
            }
            return data;
        }
    }

    private readonly string _tenant = GrainHost.NewTenant();

    private IAgentGrain Ada => host.Grain<IAgentGrain>(_tenant, "ada");

    private ICatalogueGrain Catalogue => host.Grain<ICatalogueGrain>(_tenant, "agents");

    [Theory, MemberData(nameof(Steps))]
    public async Task A_creation_that_broke_off_is_finished_by_its_repeat(Step step, bool afterWriting)
    {
        CallerTenant.Set(_tenant);
        Break(step, version: 1, agentWrites: 1, afterWriting);
        await Assert.ThrowsAnyAsync<Exception>(() => Ada.Create(Given.Profile(), "ann", "op"));
        Assert.Equal(AgentStatus.Done, (await Ada.Create(Given.Profile(), "ann", "op")).Status);
        await Expect("You are Ada.", version: 1);
    }

    [Theory, MemberData(nameof(Steps))]
    public async Task A_publication_that_broke_off_is_finished_by_the_next_activation(Step step, bool afterWriting)
    {
        CallerTenant.Set(_tenant);
        await Ada.Create(Given.Profile(), "ann", "op");
        await Ada.Change(Given.Persona("Two."));
        Break(step, version: 2, agentWrites: 1, afterWriting);
        await Assert.ThrowsAnyAsync<Exception>(() => Ada.Publish(null, "ann"));
        await GrainHost.EndAfter(Ada, one => one.Published()); // whoever looks, if the failure has not ended the activation
        Assert.Equal(2, (await Ada.Published())!.Version);
        await Expect("Two.", version: 2);
        Assert.Equal("You are Ada.", (await Ada.At(1))!.Persona);
    }

    [Theory]
    [InlineData(Step.Catalogue, false)]
    [InlineData(Step.Catalogue, true)]
    [InlineData(Step.Settlement, false)]
    [InlineData(Step.Settlement, true)]
    public async Task A_deletion_that_broke_off_is_finished_by_the_next_activation(Step step, bool afterWriting)
    {
        CallerTenant.Set(_tenant);
        await Ada.Create(Given.Profile(), "ann", "op");
        Break(step, version: 1, agentWrites: 1, afterWriting);
        await Assert.ThrowsAnyAsync<Exception>(Ada.Delete);
        await GrainHost.EndAfter(Ada, one => one.Published());
        Assert.Null(await Ada.Published());
        Assert.DoesNotContain("ada", (await Catalogue.All()).Select(agent => agent.Id));
        Assert.Equal("You are Ada.", (await Ada.At(1))!.Persona);
    }

    [Fact]
    public async Task A_tenant_has_at_most_so_many_agents_and_room_again_after_a_deletion()
    {
        CallerTenant.Set(_tenant);
        await Catalogue.List(Given.Profile("first"), 1);
        host.Documents.ChangeElsewhere<CatalogueState>(Catalogue.GetGrainId(), _ => Full());
        await Assert.ThrowsAnyAsync<Exception>(() => Catalogue.Delist("first", 2)); // its activation learns that it is not alone
        Assert.Equal(AgentStatus.TooManyAgents, (await Ada.Create(Given.Profile(), "ann", "op")).Status);
        Assert.Null(await Ada.View());
        await Catalogue.Delist("a0", 2);
        var created = await Ada.Create(Given.Profile(persona: "Other."), "ann", "op");
        Assert.Equal((AgentStatus.Done, 1), (created.Status, created.Agent!.Profile.Version));
        await Expect("Other.", version: 1);
    }

    private static CatalogueState Full() => Enumerable.Range(0, CatalogueProtocol.AgentsMax)
        .Aggregate(new CatalogueState(), (state, n) => CatalogueProtocol.List(state, Given.Profile($"a{n}"), 1).Next);

    private void Break(Step step, int version, int agentWrites, bool afterWriting)
    {
        var (grain, skip) = step switch
        {
            Step.Version => (host.Grain<IAgentVersionGrain>(_tenant, $"ada@{version}").GetGrainId(), 0),
            Step.Catalogue => (Catalogue.GetGrainId(), 0),
            _ => (Ada.GetGrainId(), agentWrites),
        };
        host.Documents.FailNextWrite(grain, afterWriting, skip);
    }

    private async Task Expect(string persona, int version)
    {
        Assert.Equal((persona, version), ((await Ada.Published())!.Persona, (await Ada.Published())!.Version));
        var listed = (await Catalogue.All()).Single(agent => agent.Id == "ada");
        Assert.Equal((persona, version), (listed.Persona, listed.Version));
        var kept = await host.Grain<IAgentVersionGrain>(_tenant, $"ada@{version}").Read();
        Assert.Equal((persona, version), (kept!.Persona, kept.Version));
    }
}
