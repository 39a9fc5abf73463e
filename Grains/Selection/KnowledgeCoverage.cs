using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Kernel;
using Colloquy.Knowledge;
using Colloquy.Models;
using Microsoft.Extensions.Logging;

namespace Colloquy.Selection;

/// <summary>
/// Whether what an agent may look up has anything to say of a question: the share of the question's information whose words stand
/// in the best passage of a collection, weighed by the place at which the agent lists the collection (the first matters most):
/// <code>knowledge(a) = max over its collections i = 1, 2, …  of  share(best passage of collection i) / sqrt(i)</code>
/// </summary>
/// <remarks>Scores of different searches cannot be compared; shares can.</remarks>
internal sealed partial class KnowledgeCoverage(IKnowledge knowledge, string tenant, TimeProvider clock, ILogger logger)
{
    /// <summary>Collections that are searched for one question: the best candidates' come first.</summary>
    public const int CollectionsMax = 8;

    private const int PassagesOf = 2;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    // Until documents come and go unnoticed for so long, a question repeated within a conversation is searched once.
    private readonly SingleFlight<(string Collection, string Text), ImmutableArray<string>> _passages = new(
        new CacheLimits(1_000, 4 * 1024 * 1024, TimeSpan.FromMinutes(1)),
        (key, texts) => 2 * (key.Text.Length + texts.Sum(text => text.Length)), clock);

    /// <summary>By agent. What cannot be searched covers nothing.</summary>
    public async Task<ImmutableDictionary<string, double>> Of(ReadQuestion question, IReadOnlyList<AgentProfile> candidates)
    {
        var names = candidates.SelectMany(agent => agent.Collections).Distinct(StringComparer.Ordinal).Take(CollectionsMax).ToList();
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        if (!question.Words.IsEmpty)
        {
            var found = await Task.WhenAll(names.Select(name => Share(question, name)));
            foreach (var (name, share) in names.Zip(found))
                shares[name] = share;
        }
        return candidates.ToImmutableDictionary(
            agent => agent.Id,
            agent => agent.Collections.Select((name, at) => shares.GetValueOrDefault(name) / Math.Sqrt(at + 1)).DefaultIfEmpty(0).Max(),
            StringComparer.Ordinal);
    }

    private async Task<double> Share(ReadQuestion question, string collection)
    {
        var passages = await Search(collection, question.Text);
        return passages.Select(text => Words.Of(text).ToHashSet(StringComparer.Ordinal)).Select(words => question.Share(words.Contains))
            .DefaultIfEmpty(0).Max();
    }

    // Selection goes on without this signal: it is one of nine, and an expert is still to be found when a vector store is not.
    private async Task<ImmutableArray<string>> Search(string collection, string text)
    {
        using var patience = new CancellationTokenSource(_patience, clock);
        try
        {
            return await _passages.Get((collection, text), async left =>
            [
                .. (await knowledge.Search(tenant, new KnowledgeQuery([collection], text, PassagesOf), left))
                    .Select(passage => $"{passage.Title} {passage.Heading} {passage.Text}"),
            ], patience.Token);
        }
        catch (Exception failure) when (failure
            is ModelException or Embeddings.EmbedderMissingException or OperationCanceledException)
        {
            LogNotSearched(failure, collection);
            return [];
        }
    }

    [LoggerMessage(LogLevel.Warning, "The collection {Collection} could not be searched for a selection")]
    private partial void LogNotSearched(Exception failure, string collection);
}
