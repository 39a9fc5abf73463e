using Colloquy.Models.OpenAi;

namespace Colloquy.Embeddings;

/// <summary>Which embedding providers a deployment has. Each has an address, perhaps a key, and the patience of the model
/// settings.</summary>
public sealed record EmbeddingOptions
{
    /// <summary>What comes before the model of OpenAI's protocol: <c>openai/text-embedding-3-small</c>.</summary>
    public const string OpenAiPrefix = "openai/";

    /// <summary>What comes before the model of Hugging Face: <c>hf/sentence-transformers/all-MiniLM-L6-v2</c>.</summary>
    public const string HuggingFacePrefix = "hf/";

    /// <summary>The one model of a Text Embeddings Inference server.</summary>
    public const string TeiName = "tei";

    /// <summary>The embedder without a network, and the default.</summary>
    public const string HashedName = "hashed";

    /// <summary>The deployment's own, by the name of <see cref="IEmbedders.Names"/>. Default: <c>hashed</c>.</summary>
    public string Default { get; init; } = HashedName;

    /// <summary>The service that has <c>embeddings</c> below its address, or null.</summary>
    public OpenAiOptions? OpenAi { get; init; }

    /// <summary>Hugging Face's inference, which has <c>models/{model}/pipeline/feature-extraction</c>, or null.</summary>
    public OpenAiOptions? HuggingFace { get; init; }

    /// <summary>A Text Embeddings Inference server, which has <c>embed</c>, or null.</summary>
    public OpenAiOptions? Tei { get; init; }

    /// <summary>Why a name cannot be used here: the setting that its provider lacks, or null for a name that no setting would
    /// make known. Null also if it can be used.</summary>
    /// <returns>Whether it can be used.</returns>
    public bool Has(string name, out string? missing)
    {
        missing = null;
        if (name is HashedName or "hashed/1")
            return true;
        if (IsModelOf(OpenAiPrefix, name))
            missing = OpenAi is null ? "OPENAI_API_KEY" : null;
        else if (IsModelOf(HuggingFacePrefix, name) && IsPath(name[HuggingFacePrefix.Length..]))
            missing = HuggingFace is null ? "HF_TOKEN" : null;
        else if (name is TeiName)
            missing = Tei is null ? "TEI_URL" : null;
        else
            return false;
        return missing is null;
    }

    private static bool IsModelOf(string prefix, string name) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length && name.Length <= 200
        && name.All(sign => sign is > ' ' and <= '~');

    // The model becomes a part of an address: nothing in it may lead elsewhere.
    private static bool IsPath(string model) => model.Split('/') is [.. var parts] && parts.Length <= 2
        && Array.TrueForAll(parts, part => part.Length > 0 && part[0] != '.'
            && part.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.'));
}
