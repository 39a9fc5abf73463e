using System.Collections.Immutable;
using Colloquy.Agents;

namespace Colloquy.Selection;

/// <summary>Keeps an index of the tenant's agents, and the memory of labels, in step with what they are made from.</summary>
/// <param name="changed">The catalogue, unless it still has the given stamp.</param>
internal sealed class AgentDirectory(Func<string?, Task<CatalogueView?>> changed, VectorShelf shelf)
{
    private CatalogueView? _view;
    private AgentIndex? _index;
    private bool _hasVectors;
    private (ImmutableArray<StoredLabel> Labels, bool HasVectors, LabelMemory Memory)? _memory;

    /// <summary>The index of the catalogue as it is now. Without vectors while they are being made or cannot be had.</summary>
    public async Task<AgentIndex> Index()
    {
        if (await changed(_view?.Stamp) is { } view && view.Stamp != _view?.Stamp)
            (_view, _index, _hasVectors) = (view, null, false);
        if (_index is { } known && _hasVectors)
            return known;
        var wanted = _view!;
        var hasVectors = await shelf.Have([.. wanted.Agents.SelectMany(AgentText.All)]);
        if (_view != wanted)
            return await Index(); // something was published meanwhile
        if (_index is null || hasVectors != _hasVectors)
            (_index, _hasVectors) = (new AgentIndex(wanted.Stamp, wanted.Agents, text => hasVectors ? shelf.Of(text) : null), hasVectors);
        return _index;
    }

    /// <summary>The memory of these labels.</summary>
    public async Task<LabelMemory> Memory(ImmutableArray<StoredLabel> labels)
    {
        if (labels.IsEmpty)
            return LabelMemory.Empty;
        if (_memory is { HasVectors: true } known && known.Labels == labels)
            return known.Memory;
        var hasVectors = await shelf.Have([.. labels.Select(label => label.Question)]);
        var memory = new LabelMemory([.. labels.Select(label => (label, shelf.Of(label.Question)))]);
        _memory = (labels, hasVectors, memory);
        Tidy(labels);
        return memory;
    }

    private void Tidy(ImmutableArray<StoredLabel> labels) => shelf.KeepOnly(
        labels.Select(label => label.Question).Concat(_view?.Agents.SelectMany(AgentText.All) ?? []).ToHashSet(StringComparer.Ordinal));
}
