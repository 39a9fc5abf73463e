using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using Colloquy.Journals;
using Colloquy.Kernel;

namespace Colloquy.Knowledge.Retrieval;

/// <summary>Keeps answers and views of collections for seconds, and makes each once for all who ask at the same time.</summary>
internal sealed class RetrievalCache(KnowledgePorts ports)
{
    private static readonly Meter Meter = new("Colloquy.Knowledge");
    private static readonly Counter<long> Searches = Meter.CreateCounter<long>(
        "colloquy_retrievals", description: "Searches of knowledge, by whether they were answered from memory.");

    private readonly SingleFlight<string, IReadOnlyList<Passage>> _answers = new(
        new(2_000, 64 * 1024 * 1024, KnowledgeLimits.AnswerAge),
        (key, found) => 2L * (key.Length + found.Sum(passage => passage.Text.Length + 200)), ports.Clock);

    private readonly SingleFlight<string, CollectionView?> _views = new(
        new(5_000, 16 * 1024 * 1024, KnowledgeLimits.ViewAge), (key, _) => 2L * (key.Length + 500), ports.Clock);

    /// <summary>Hits, joins and misses: every hit and join saved a search, and the embedding of its question.</summary>
    public CacheCounts Counts => _answers.Counts;

    /// <summary>The answer to a query. The key names the state of every collection in it, so that nothing outlives a change.</summary>
    public async Task<IReadOnlyList<Passage>> Answer(
        string tenant, KnowledgeQuery query, Func<CancellationToken, Task<IReadOnlyList<Passage>>> find,
            CancellationToken cancellation)
    {
        var isMade = false;
        var versions = string.Join(',', query.Collections.Select(name =>
            ports.Versions.Of(tenant, name).ToString(CultureInfo.InvariantCulture)));
        var found = await _answers.Get($"{tenant}\n{versions}\n{JsonSerializer.Serialize(query, JournalJson.Options)}", all =>
        {
            isMade = true;
            return find(all);
        }, cancellation);
        Searches.Add(1, new KeyValuePair<string, object?>("result", isMade ? "miss" : "hit"));
        return found;
    }

    public Task<CollectionView?> View(
        string tenant, string collection, Func<Task<CollectionView?>> ask, CancellationToken cancellation) =>
        _views.Get(string.Create(CultureInfo.InvariantCulture, $"{tenant}/{collection}/{ports.Versions.Of(tenant, collection)}"),
            _ => ask(), cancellation);
}
