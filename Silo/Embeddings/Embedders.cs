using System.Collections.Concurrent;
using System.Collections.Immutable;
using Colloquy.Models.OpenAi;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Colloquy.Embeddings;

/// <summary>The embedders that the settings give: one without a network, and those of up to three services.</summary>
internal sealed class Embedders : IEmbedders, IDisposable
{
    /// <summary>An answer of 512 vectors of 4,096 numbers, or of 32 texts token by token, written as text.</summary>
    internal const long BodyMax = 64L * 1024 * 1024;

    /// <summary>Names are a caller's to choose: those beyond this are made anew each time.</summary>
    private const int RememberedMax = 64;

    private readonly EmbeddingOptions _options;
    private readonly EmbeddingTelemetry _telemetry;
    private readonly TimeProvider _clock;
    private readonly VectorCache _cache;
    private readonly Embedder _hashed = new(HashedEmbedder.Name, new HashedEmbedder());
    private readonly ConcurrentDictionary<string, Embedder> _known = new(StringComparer.Ordinal);
    private readonly HttpClient? _openAiHttp;
    private readonly HttpClient? _huggingFace;
    private readonly HttpClient? _tei;
    private readonly OpenAIClient? _openAi;

    public Embedders(EmbeddingOptions options, EmbeddingTelemetry telemetry, TimeProvider clock)
    {
        (_options, _telemetry, _clock, _cache) = (options, telemetry, clock, new VectorCache(clock));
        (_openAiHttp, _huggingFace, _tei) = (Connect(options.OpenAi), Connect(options.HuggingFace), Connect(options.Tei));
        _openAi = _openAiHttp is null ? null : OpenAiTransport.Client(options.OpenAi!, _openAiHttp);
        telemetry.Observe(() => _cache.Flights.Counts);
        Default = Resolve(options.Default);
        Names =
        [
            EmbeddingOptions.HashedName,
            .. Models(EmbeddingOptions.OpenAiPrefix, options.OpenAi, "api.openai.com", "text-embedding-3-small", "text-embedding-3-large"),
            .. Models(EmbeddingOptions.HuggingFacePrefix, options.HuggingFace, "router.huggingface.co", "BAAI/bge-small-en-v1.5"),
            .. options.Tei is null ? Array.Empty<string>() : [EmbeddingOptions.TeiName],
        ];
    }

    public Embedder Default { get; }

    public ImmutableArray<string> Names { get; }

    public Embedder Resolve(string? name)
    {
        name = name?.Trim();
        if (string.IsNullOrEmpty(name))
            return Default;
        if (!_options.Has(name, out var missing))
            throw new EmbedderMissingException(name, missing);
        if (name is EmbeddingOptions.HashedName or HashedEmbedder.Name)
            return _hashed;
        if (_known.TryGetValue(name, out var known))
            return known;
        var made = Made(name);
        return _known.Count < RememberedMax ? _known.GetOrAdd(name, made) : made;
    }

    public void Dispose()
    {
        _openAiHttp?.Dispose();
        _huggingFace?.Dispose();
        _tei?.Dispose();
    }

    private Embedder Made(string name)
    {
        var (service, options) = name.StartsWith(EmbeddingOptions.OpenAiPrefix, StringComparison.Ordinal)
                ? (new OpenAiEmbeddings(_openAi!, name[EmbeddingOptions.OpenAiPrefix.Length..]), _options.OpenAi!)
            : name is EmbeddingOptions.TeiName
                ? (HttpEmbeddings.Tei(_tei!, _options.Tei!, _clock), _options.Tei!)
            : ((IEmbeddingService)HttpEmbeddings.HuggingFace(
                _huggingFace!, _options.HuggingFace!, name[EmbeddingOptions.HuggingFacePrefix.Length..], _clock), _options.HuggingFace!);
        var asked = new ServiceEmbedder(name, service, options, _telemetry, _clock);
        return new(name, new CachedEmbedder(name, asked, _cache, _telemetry));
    }

    // What a server of one's own has is not known: there only the deployment's own choice is listed.
    private IEnumerable<string> Models(string prefix, OpenAiOptions? provider, string host, params string[] usual) => provider is null ? []
        : _options.Default.StartsWith(prefix, StringComparison.Ordinal) ? [_options.Default]
        : provider.BaseUrl.Host == host ? usual.Select(model => prefix + model)
        : [];

    private static HttpClient? Connect(OpenAiOptions? options) => options is null ? null
        : new(new BodyLimit(OpenAiTransport.Handler(options), BodyMax)) { Timeout = Timeout.InfiniteTimeSpan };
}
