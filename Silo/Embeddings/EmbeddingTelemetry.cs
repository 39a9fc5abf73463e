using System.Diagnostics;
using System.Diagnostics.Metrics;
using Colloquy.Kernel;
using Colloquy.Models;

namespace Colloquy.Embeddings;

/// <summary>What embeddings cost and what the cache saves: the meter <c>Colloquy.Embeddings</c>. Texts never reach it.</summary>
internal sealed class EmbeddingTelemetry
{
    public const string Name = "Colloquy.Embeddings";

    private static readonly ActivitySource _source = new(Name);

    private readonly Meter _meter;
    private readonly Counter<long> _calls;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _savedTokens;
    private readonly Counter<double> _savedCost;
    private readonly Histogram<double> _duration;

    public EmbeddingTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _calls = _meter.CreateCounter<long>("colloquy_embedding_calls", "{call}", "Batches sent to embedding services, by outcome");
        _tokens = _meter.CreateCounter<long>("colloquy_embedding_tokens", "{token}", "Tokens that services counted, or our estimate");
        _retries = _meter.CreateCounter<long>("colloquy_embedding_retries", "{attempt}", "Further attempts, by code");
        _savedTokens = _meter.CreateCounter<long>(
            "colloquy_embedding_cache_saved_tokens", "{token}", "Tokens (estimated) of texts that the cache answered");
        _savedCost = _meter.CreateCounter<double>(
            "colloquy_embedding_cache_saved_cost_micro_usd", description: "Their price in micro-USD, where it is known");
        _duration = _meter.CreateHistogram<double>("gen_ai.client.operation.duration", "s", "From call to end");
    }

    /// <summary>Publishes the counts of a cache from now on.</summary>
    public void Observe(Func<CacheCounts> cache)
    {
        _meter.CreateObservableCounter("colloquy_embedding_cache_hits", () => cache().Hits + cache().Joins,
            description: "Texts whose vector was kept, or on its way for another caller");
        _meter.CreateObservableCounter("colloquy_embedding_cache_misses", () => cache().Misses, description: "Texts that were asked for");
        _meter.CreateObservableCounter("colloquy_embedding_cache_evictions", () => cache().Evictions,
            description: "Vectors that went for want of room");
        _meter.CreateObservableGauge("colloquy_embedding_cache_entries", () => cache().Entries, description: "Vectors kept");
        _meter.CreateObservableGauge("colloquy_embedding_cache_bytes", () => cache().Bytes, description: "Bytes of vectors kept");
    }

    public void Saved(string model, long tokens)
    {
        _savedTokens.Add(tokens, new KeyValuePair<string, object?>("model", model));
        if (EmbeddingPrices.Of(model, tokens) is { } microUsd)
            _savedCost.Add(microUsd, new KeyValuePair<string, object?>("model", model));
    }

    public void Retried(string model, string code) => _retries.Add(1, new("model", model), new("code", code));

    /// <summary>Counts, times and traces one batch with all its attempts.</summary>
    public async Task<ServiceVectors> Measure(string model, string provider, TimeProvider clock, Func<Task<ServiceVectors>> call)
    {
        var begun = clock.GetTimestamp();
        var outcome = "abandoned";
        using var span = _source.StartActivity($"embeddings {model}", ActivityKind.Client);
        span?.SetTag("gen_ai.operation.name", "embeddings").SetTag("gen_ai.provider.name", provider)
            .SetTag("gen_ai.request.model", model);
        try
        {
            var answer = await call();
            outcome = "completed";
            _tokens.Add(answer.Tokens ?? 0, new KeyValuePair<string, object?>("model", model));
            span?.SetTag("gen_ai.usage.input_tokens", answer.Tokens);
            return answer;
        }
        catch (ModelException failure)
        {
            outcome = failure.Code;
            span?.SetTag("error.type", failure.Code).SetStatus(ActivityStatusCode.Error, failure.Code);
            throw;
        }
        finally
        {
            _calls.Add(1, new("model", model), new("outcome", outcome));
            _duration.Record(clock.GetElapsedTime(begun).TotalSeconds,
                new TagList { { "gen_ai.request.model", model }, { "gen_ai.operation.name", "embeddings" } });
        }
    }
}
