using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Colloquy.Kernel;

namespace Colloquy.Panels;

/// <summary>The latest panels of a tenant as one document: small enough to be written whole.</summary>
[GrainType("panels")]
internal sealed class PanelListGrain : Grain, IPanelListGrain
{
    private readonly Committed<PanelListState> _list;
    private readonly TimeProvider _clock;

    public PanelListGrain([PersistentState("state", "documents")] IPersistentState<PanelListState> state, TimeProvider clock) =>
        (_list, _clock) = (new(state, clock, this.DeactivateOnIdle), clock);

    public Task Put(PanelSummary summary) => _list.Share(list => (list.With(summary), true)); // all panels of a tenant wait here

    public Task Remove(string panelId) => _list.Change(list => (list.Without(panelId, _clock.Milliseconds()), true));

    public Task<PanelPage> List(string? cursor, int limit)
    {
        var from = 0;
        if (cursor is not null && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out from))
            throw new FormatException($"'{cursor}' is no cursor of this list.");
        var items = _list.Value.Panels.Skip(from).Take(limit).ToImmutableArray();
        var next = from + items.Length;
        return Task.FromResult(new PanelPage(
            items, next < _list.Value.Panels.Length ? next.ToString(CultureInfo.InvariantCulture) : null));
    }
}

/// <summary>Panels, newest first; at most <see cref="IPanelListGrain.Listed"/>.</summary>
[GenerateSerializer, Alias("panels.state"), Immutable]
internal sealed record PanelListState
{
    [Id(0)] public ImmutableArray<PanelSummary> Panels { get; init; } = [];

    /// <summary>Panels that were removed last, at most <see cref="RemovedMax"/>; null for none. What is told of them late, by whoever
    /// does not know of the removal, changes nothing.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<RemovedPanel>? Removed { get; init; }

    /// <summary>What is late comes within a minute or two, and nobody removes more panels in that.</summary>
    private const int RemovedMax = 100;

    public PanelListState With(PanelSummary summary)
    {
        if (Removed?.Any(gone => gone.Id == summary.Id && gone.At >= summary.ConvenedAt) is true)
            return this; // a panel that is convened anew under the same key began later
        var at = Panels.IndexOf(Panels.FirstOrDefault(panel => panel.Id == summary.Id)!);
        if (at >= 0)
            // A panel that has ended does not run again: what comes late changes nothing.
            return Panels[at] == summary || Panels[at].EndedAt is not null ? this : this with { Panels = Panels.SetItem(at, summary) };
        var place = Panels.TakeWhile(panel => panel.ConvenedAt > summary.ConvenedAt).Count();
        return place >= IPanelListGrain.Listed ? this
            : this with { Panels = [.. Panels.Insert(place, summary).Take(IPanelListGrain.Listed)] };
    }

    public PanelListState Without(string panelId, DateTimeOffset at)
    {
        var removed = Removed ?? [];
        if (Panels.All(panel => panel.Id != panelId) && removed.Any(gone => gone.Id == panelId))
            return this;
        removed = removed.RemoveAll(gone => gone.Id == panelId).Add(new(panelId, at));
        return new()
        {
            Panels = Panels.RemoveAll(panel => panel.Id == panelId),
            Removed = removed.RemoveRange(0, Math.Max(0, removed.Length - RemovedMax)),
        };
    }
}

[GenerateSerializer, Alias("panels.removed"), Immutable]
internal sealed record RemovedPanel(string Id, DateTimeOffset At);
