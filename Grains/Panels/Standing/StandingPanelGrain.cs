using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Kernel;
using Colloquy.Tenants;

namespace Colloquy.Panels.Standing;

/// <summary>The shell around <see cref="StandingProtocol"/>. It is listed before it is there, and is there until it is listed no
/// more: a crash in between leaves a line that shows nothing, which the next creation or removal mends.</summary>
[GrainType("standing-panel")]
internal sealed class StandingPanelGrain : Grain, IStandingPanelGrain
{
    private readonly Committed<StandingState> _panel;
    private readonly TimeProvider _clock;
    private readonly string _tenant;
    private readonly string _id;
    private (ImmutableArray<Precedent> Of, PrecedentSearch Search)? _search;

    public StandingPanelGrain([PersistentState("state", "documents")] IPersistentState<StandingState> state, TimeProvider clock)
    {
        _panel = new(state, clock, this.DeactivateOnIdle);
        _clock = clock;
        (_tenant, _id) = (TenantKey.TenantOf(this.GetPrimaryKeyString()), TenantKey.IdOf(this.GetPrimaryKeyString()));
    }

    private IStandingPanelListGrain List => Of<IStandingPanelListGrain>("standing-panels");

    public async Task<StandingResult> Define(DefineStanding command)
    {
        var unknown = await Unknown(command.Agents ?? []);
        var now = _clock.Milliseconds();
        var (next, answer) = StandingProtocol.Define(_panel.Value, _id, command, unknown, now);
        if (ReferenceEquals(next, _panel.Value))
            return answer;
        if (!await List.Put(answer.Panel!))
            return new(StandingStatus.TooMany);
        return await _panel.Change(state => StandingProtocol.Define(state, _id, command, unknown, now));
    }

    public Task<StandingView?> View() => Task.FromResult(StandingProtocol.View(_panel.Value, _id));

    public async Task<bool> Remove()
    {
        var wasThere = await _panel.Change(StandingProtocol.Remove);
        await List.Remove(_id); // also for one that is gone already: the removal before may have come no further
        return wasThere;
    }

    public async Task<StandingBriefing?> Brief(string question)
    {
        var state = _panel.Value;
        if (StandingProtocol.View(state, _id) is not { } view)
            return null;
        var precedents = Search(state).Fitting(question, PanelLimits.Precedents);
        var records = TrackRecords.Of(state);
        var profiles = await Task.WhenAll(view.Agents.Select(agent => Of<IAgentGrain>(agent).Published()));
        var track = view.Agents.Zip(profiles).ToImmutableSortedDictionary(
            one => one.First, one => TrackRecords.On(records, one.First, Topics.Of(one.Second, question)), StringComparer.Ordinal);
        return new(view, track, precedents);
    }

    public Task Record(Precedent precedent) => _panel.Change(state => (StandingProtocol.Record(state, precedent), true));

    public async Task Rate(string key, string agent, string question, bool? right, long revision)
    {
        var topic = Topics.Of(await Of<IAgentGrain>(agent).Published(), question);
        await _panel.Change(state => (StandingProtocol.Rate(state, new(key, agent, topic, right, revision)), true));
    }

    public Task<ImmutableArray<Precedent>> Precedents(string? text, int limit) =>
        Task.FromResult(Search(_panel.Value).Best(text, Math.Clamp(limit, 0, StandingLimits.Precedents)));

    public Task<ImmutableArray<TrackRecord>> Records() => Task.FromResult(TrackRecords.Of(_panel.Value));

    private async Task<string?> Unknown(ImmutableArray<string> agents)
    {
        // Too many are refused whoever they are.
        var asked = agents.Take(PanelLimits.SeatsMax).ToArray();
        var published = await Task.WhenAll(asked.Select(agent => Of<IAgentGrain>(agent).Published()));
        return asked.Zip(published).FirstOrDefault(one => one.Second is null).First;
    }

    private PrecedentSearch Search(StandingState state)
    {
        if (_search?.Of != state.Precedents)
            _search = (state.Precedents, new(state.Precedents));
        return _search!.Value.Search;
    }

    private TGrain Of<TGrain>(string id) where TGrain : IGrainWithStringKey =>
        GrainFactory.GetGrain<TGrain>(TenantKey.For(_tenant, id));
}
