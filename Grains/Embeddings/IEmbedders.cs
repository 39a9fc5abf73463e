using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Colloquy.Embeddings;

/// <summary>The models that turn texts into vectors in this deployment.</summary>
public interface IEmbedders
{
    /// <summary>The deployment's own: what a collection gets that names none.</summary>
    Embedder Default { get; }

    /// <summary>The embedder of a name, as <see cref="Names"/> spells them; null and blank mean the default. Another provider is
    /// never put in the place of one that is missing.</summary>
    /// <exception cref="EmbedderMissingException">The provider is not configured, or there is no such provider.</exception>
    Embedder Resolve(string? name);

    /// <summary>What can be named: <c>hashed</c>, and <c>openai/…</c>, <c>hf/…</c> or <c>tei</c> where they are configured. A
    /// provider with many models passes any model's name on.</summary>
    ImmutableArray<string> Names { get; }
}

/// <summary>A model that makes vectors.</summary>
/// <param name="Name">Provider and model with everything that the vectors depend on, such as <c>hashed/1</c> or
/// <c>openai/text-embedding-3-small</c>. Vectors of two names are never compared.</param>
/// <param name="Client">
/// Shared by all callers, who do not dispose of it. It batches, retries and caches by itself; what it could not mend it throws as
/// a <see cref="Models.ModelException"/>. One vector for each text, in order, all of one length, of length 1 in the sense of
/// Euclid: the dot product is the cosine. A text without any word has the zero vector.
/// </param>
public sealed record Embedder(string Name, IEmbeddingGenerator<string, Embedding<float>> Client);

/// <summary>An embedder was named that this deployment does not have.</summary>
/// <param name="setting">The setting that would configure it, or null if no setting would.</param>
public sealed class EmbedderMissingException(string name, string? setting) : Exception(setting is null
    ? $"There is no embedding provider named '{name}'." : $"The embedding model '{name}' needs the setting {setting}.")
{
    public string Name { get; } = name;

    public string? Setting { get; } = setting;
}
