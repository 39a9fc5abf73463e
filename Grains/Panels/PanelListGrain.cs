using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Kernel;

namespace Colloquy.Panels;

/// <summary>The latest panels of a tenant as one document: small enough to be written whole.</summary>
[GrainType("panels")]
internal sealed class PanelListGrain : Grain, IPanelListGrain
{
    private readonly Committed<PanelListState> _list;

    public PanelListGrain([PersistentState("state", "documents")] IPersistentState<PanelListState> state, TimeProvider clock) =>
        _list = new(state, clock, this.DeactivateOnIdle);

    public Task Put(PanelSummary summary) => _list.Share(list => (list.With(summary), true)); // all panels of a tenant wait here

    public Task Remove(string panelId) => _list.Change(list => (list.Without(panelId), true));

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

    public PanelListState With(PanelSummary summary)
    {
        var at = Panels.IndexOf(Panels.FirstOrDefault(panel => panel.Id == summary.Id)!);
        if (at >= 0)
            // A panel that has ended does not run again: what comes late changes nothing.
            return Panels[at] == summary || Panels[at].EndedAt is not null ? this : this with { Panels = Panels.SetItem(at, summary) };
        var place = Panels.TakeWhile(panel => panel.ConvenedAt > summary.ConvenedAt).Count();
        return place >= IPanelListGrain.Listed ? this
            : this with { Panels = [.. Panels.Insert(place, summary).Take(IPanelListGrain.Listed)] };
    }

    public PanelListState Without(string panelId) =>
        Panels.Any(panel => panel.Id == panelId) ? this with { Panels = Panels.RemoveAll(panel => panel.Id == panelId) } : this;
}
