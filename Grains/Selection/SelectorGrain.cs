using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Budgets;
using Colloquy.Embeddings;
using Colloquy.Kernel;
using Colloquy.Knowledge;
using Colloquy.Models;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging;

namespace Colloquy.Selection;

/// <summary>What selection needs of a deployment.</summary>
internal sealed record SelectionPorts(IKnowledge Knowledge, IModelCatalogue Models, IEmbedders Embedders, TimeProvider Clock);

/// <summary>The shell around <see cref="Selector"/>, <see cref="SelectionProtocol"/> and <see cref="RankerLearning"/>. What it keeps is
/// what it learned; the index of agents is made from the catalogue and can be lost.</summary>
[GrainType("selector")]
internal sealed class SelectorGrain : Grain, ISelectorGrain
{
    private readonly Committed<SelectorState> _state;
    private readonly SelectionPorts _ports;
    private readonly ITenantGrain _tenant;
    private readonly Selector _selector;
    private readonly ModelChoice _model;

    public SelectorGrain(
        [PersistentState("state", "documents")] IPersistentState<SelectorState> state, SelectionPorts ports,
        ILogger<SelectorGrain> logger)
    {
        _state = new Committed<SelectorState>(state, ports.Clock, this.DeactivateOnIdle);
        _ports = ports;
        var tenant = TenantKey.TenantOf(this.GetPrimaryKeyString());
        _tenant = GrainFactory.GetGrain<ITenantGrain>(TenantKey.For(tenant, "tenant"));
        var shelf = new VectorShelf(ports.Embedders, ports.Clock, logger);
        var catalogue = GrainFactory.GetGrain<ICatalogueGrain>(TenantKey.For(tenant, "agents"));
        _selector = new Selector(
            new AgentDirectory(catalogue.Changed, shelf), shelf, new KnowledgeCoverage(ports.Knowledge, tenant, ports.Clock, logger));
        _model = new ModelChoice(
            ports.Models, GrainFactory.GetGrain<IBudgetGrain>(TenantKey.For(tenant, "budget")), ports.Clock, logger);
    }

    public async Task<ImmutableArray<AgentHit>> Search(AgentQuery query)
    {
        var (question, matches) = await _selector.Search(query.Text, await May(query));
        return [.. matches.Where(match => match.Fused > 0).Take(query.Limit).Select(match => AgentHits.Of(match, question))];
    }

    public async Task<AgentSelection> Select(AgentQuery query)
    {
        var state = _state.Value;
        var ranking = await _selector.Rank(query.Text, state, await May(query));
        var selection = ranking.Decide(state);
        if (!SelectionProtocol.IsUnsure(selection) || !_model.IsPossible)
            return selection;
        var verdict = await _model.Of(query.Text, ranking.Candidates, $"{ranking.Index.Stamp}/{state.Version}");
        return verdict is null ? selection with { Method = SelectionMethods.ModelUnusable }
            : SelectionProtocol.Decide(ranking.Candidates, verdict, state.Version);
    }

    public async Task<bool> Learn(SelectionLabel label)
    {
        var signals = await _selector.SignalsOf(label.Agent, label.Question, _state.Value);
        return await _state.Change(state => RankerLearning.Learn(state, label, signals));
    }

    public async Task<SelectionReport> Evaluate(ImmutableArray<LabelledQuestion> questions) =>
        await SelectionTrial.Run(
            _selector, _state.Value, await May(new AgentQuery("")), questions.IsDefaultOrEmpty ? LabelledSet.HeldOut : questions);

    public Task<RankerView> Ranker()
    {
        var state = _state.Value;
        return Task.FromResult(new RankerView(state.Version, state.Labels.Length, state.Weights(), Selection.Ranker.Shipped));
    }

    public Task Reset() => _state.Change(state => (state.Version == 0 ? state : new SelectorState(), true));

    private async Task<Func<AgentProfile, bool>> May(AgentQuery query)
    {
        var plan = (await _tenant.View())?.Plan;
        return agent => SelectionProtocol.May(agent, query, plan, _ports.Models.IsHealthy);
    }
}
