using Colloquy.Models;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Colloquy.Embeddings;

/// <summary>A model behind OpenAI's embeddings protocol.</summary>
internal sealed class OpenAiEmbeddings(OpenAIClient service, string model) : IEmbeddingService
{
    public string Provider => "openai";

    /// <summary>OpenAI takes 2,048. Answers have several kilobytes a text, so fewer make smaller losses.</summary>
    public int TextsMax => 512;

    /// <summary>OpenAI takes 300,000; the estimate may be short.</summary>
    public int TokensMax => 150_000;

    public async Task<ServiceVectors> Ask(IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        var answer = await service.GetEmbeddingClient(model).GenerateEmbeddingsAsync(texts, null, cancellation);
        var vectors = new float[texts.Count][];
        foreach (var one in answer.Value)
        {
            if (one.Index < 0 || one.Index >= vectors.Length || vectors[one.Index] is not null)
                throw new ModelException(ModelErrors.BadAnswer, $"The service's answer has an index {one.Index} that nobody asked for.");
            vectors[one.Index] = one.ToFloats().ToArray();
        }

        return Array.TrueForAll(vectors, vector => vector is not null)
            ? new(vectors, answer.Value.Usage?.InputTokenCount)
            : throw new ModelException(ModelErrors.BadAnswer, $"The service gave {answer.Value.Count} vectors for {texts.Count} texts.");
    }
}
