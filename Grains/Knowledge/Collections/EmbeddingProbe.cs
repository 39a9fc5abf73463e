using Colloquy.Embeddings;
using Colloquy.Models;

namespace Colloquy.Knowledge.Collections;

/// <summary>Asks an embedding model for one vector: so its dimensions are known, and a model that does not work is found out
/// before anything depends on it.</summary>
internal static class EmbeddingProbe
{
    private const string Text = "What is known about this?";

    /// <summary>The model's full name and dimensions, or the refusal.</summary>
    public static async Task<((string Name, int Dimensions) Embedding, CollectionResult? Failed)> Of(KnowledgePorts ports,
        string? name)
    {
        using var limit = new CancellationTokenSource(KnowledgeLimits.ProbeTime, ports.Clock);
        try
        {
            var embedder = ports.Embedders.Resolve(name);
            var made = await embedder.Client.GenerateAsync([Text], options: null, limit.Token);
            return made is [{ Vector.Length: > 0 } one] ? ((embedder.Name, one.Vector.Length), null)
                : (default, Failed(ModelErrors.BadAnswer));
        }
        catch (EmbedderMissingException missing)
        {
            return (default, new(CollectionStatus.EmbedderMissing, Name: missing.Setting ?? missing.Name));
        }
        catch (ModelException failure)
        {
            return (default, Failed(failure.Code));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return (default, Failed(ModelErrors.Stalled));
        }
    }

    private static CollectionResult Failed(string code) => new(CollectionStatus.EmbedderFailed, Name: code);
}
