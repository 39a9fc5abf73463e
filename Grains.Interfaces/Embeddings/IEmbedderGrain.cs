using System.Collections.Immutable;

namespace Colloquy.Embeddings;

/// <summary>A tenant's way to embedding models, keyed by <c>{tenant}/embedder</c>. It holds nothing and works side by side.</summary>
[Alias("embedder")]
public interface IEmbedderGrain : IGrainWithStringKey
{
    /// <summary>A vector for each text, in order. Nothing is stored, and a repeat costs little: vectors of late are cached.</summary>
    /// <param name="model">A name of <see cref="Models"/>, or <c>text-embedding-…</c> as OpenAI names its own; null and
    /// <c>auto</c> mean the deployment's.</param>
    [Alias("embed"), AlwaysInterleave, ResponseTimeout("00:01:30")]
    Task<EmbedResult> Embed(string? model, ImmutableArray<string> texts);

    /// <summary>The models that this deployment knows by name.</summary>
    [Alias("models"), AlwaysInterleave]
    Task<ImmutableArray<string>> Models();
}

[GenerateSerializer, Alias("embedder.status")]
public enum EmbedStatus { Done, EmbedderMissing, EmbedderFailed }

/// <param name="Model">Who made the vectors, such as <c>hashed/1</c>.</param>
/// <param name="Vectors">All of one length; each of length 1 in the sense of Euclid, or zero for a text without words.</param>
/// <param name="Tokens">Of the texts, by estimate.</param>
/// <param name="Name">What the status is about: the setting that is missing, if one would help, or the code of the failure.</param>
[GenerateSerializer, Alias("embedder.result"), Immutable]
public sealed record EmbedResult(
    EmbedStatus Status, string? Model = null, ImmutableArray<ImmutableArray<float>> Vectors = default, long Tokens = 0,
    string? Name = null);
