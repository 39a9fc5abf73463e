namespace Colloquy.Embeddings;

/// <summary>A model behind an address that turns a batch of texts into vectors, as its protocol spells it.</summary>
internal interface IEmbeddingService
{
    /// <summary>The provider's name in traces.</summary>
    string Provider { get; }

    /// <summary>Texts of one request at most.</summary>
    int TextsMax { get; }

    /// <summary>Tokens of one request at most, by estimate.</summary>
    int TokensMax { get; }

    /// <summary>Asks once. The answer may be anything that was sent: <see cref="ServiceEmbedder"/> checks it.</summary>
    /// <param name="texts">At least one, each with a word.</param>
    Task<ServiceVectors> Ask(IReadOnlyList<string> texts, CancellationToken cancellation);
}

/// <param name="Vectors">In the order of the texts.</param>
/// <param name="Tokens">What the service counted, or null.</param>
internal sealed record ServiceVectors(IReadOnlyList<float[]> Vectors, long? Tokens = null);
