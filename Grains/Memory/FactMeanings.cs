using System.Collections.Immutable;
using Colloquy.Embeddings;
using Colloquy.Models;
using Microsoft.Extensions.Logging;

namespace Colloquy.Memory;

/// <summary>Makes vectors with the deployment's embedder. Without one that answers, memory goes by words, and asks again
/// later.</summary>
internal sealed partial class FactMeanings(IEmbedders embedders, TimeProvider clock, ILogger logger)
{
    /// <summary>How long a search waits for vectors.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long an embedder that failed is left alone.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private static readonly string[] Openings = ["The user's ", "The user "];

    private DateTimeOffset _restsUntil;

    private bool Rests => clock.GetUtcNow() < _restsUntil;

    /// <summary>The vector of a text, or null if the embedder does not answer.</summary>
    public async Task<FactVector?> Of(string text)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        var made = await Make([text], patience.Token);
        return made.IsEmpty ? null : made[0];
    }

    /// <summary>Vectors for the facts in force that have none of this embedder; none if it does not answer.</summary>
    public async Task<ImmutableArray<(string FactId, FactVector Vector)>> Missing(MemoryState state)
    {
        var facts = state.InForce(clock.GetUtcNow()).Where(kept => kept.Vector?.Embedder != embedders.Default.Name)
            .Select(kept => kept.Fact).ToList();
        var made = facts.Count == 0 ? [] : await Make(facts.ConvertAll(TextOf), CancellationToken.None);
        return [.. facts.Zip(made, (fact, vector) => (fact.Id, vector))];
    }

    /// <summary>What of a fact is embedded: its text without "The user", which is in nearly all and would make them near to every
    /// question that speaks of a user.</summary>
    public static string TextOf(Fact fact) =>
        Openings.FirstOrDefault(opening => fact.Text.StartsWith(opening, StringComparison.OrdinalIgnoreCase)) is { } opening
            ? fact.Text[opening.Length..] : fact.Text;

    private async Task<ImmutableArray<FactVector>> Make(List<string> texts, CancellationToken cancellation)
    {
        if (Rests)
            return [];
        var embedder = embedders.Default;
        try
        {
            var made = await embedder.Client.GenerateAsync(texts, null, cancellation);
            if (made.Count != texts.Count)
                throw new ModelException(ModelErrors.BadAnswer, $"{made.Count} vectors came back for {texts.Count} texts.");
            return [.. made.Select(vector => new FactVector(embedder.Name, vector.Vector))];
        }
        catch (Exception failure) when (failure is ModelException or OperationCanceledException)
        {
            _restsUntil = clock.GetUtcNow() + Rest;
            LogNoVectors(failure, embedder.Name, texts.Count);
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Embedder} made no vectors for {Count} texts; memory goes by words")]
    private partial void LogNoVectors(Exception failure, string embedder, int count);
}
