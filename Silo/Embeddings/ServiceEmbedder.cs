using Colloquy.Models;
using Colloquy.Models.OpenAi;
using Microsoft.Extensions.AI;

namespace Colloquy.Embeddings;

/// <summary>An embedder behind a service: makes batches, asks again where that can help, and believes no answer unseen.</summary>
/// <param name="options">The patience of a call. One call is one batch.</param>
internal sealed class ServiceEmbedder(
    string name, IEmbeddingService service, OpenAiOptions options, EmbeddingTelemetry telemetry, TimeProvider clock)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Batches of one call that are asked for at the same time.</summary>
    private const int BatchesAtOnce = 4;

    /// <summary>Asked for when the length of vectors must be known and there is no text to learn it from.</summary>
    private const string Sample = "sample";

    private readonly EmbeddingGeneratorMetadata _metadata = new(service.Provider, options.BaseUrl, name);
    private int _dimensions;

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        var worded = texts.Where(EmbeddingBatches.HasWord).ToList();
        if (worded.Count == 0 && texts.Count > 0 && Volatile.Read(ref _dimensions) == 0)
            worded.Add(Sample);
        var (made, tokens) = await Ask(EmbeddingBatches.Of(worded, service.TextsMax, service.TokensMax), cancellationToken);
        var next = 0;
        return new(texts.Select(text => new Embedding<float>(
            EmbeddingBatches.HasWord(text) ? made[next++] : new float[_dimensions]) { ModelId = name }))
        {
            Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens },
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // Connections are shared by the embedders of a provider.
    }

    private async Task<(List<float[]> Vectors, long Tokens)> Ask(IReadOnlyList<List<string>> batches, CancellationToken cancellation)
    {
        using var free = new SemaphoreSlim(BatchesAtOnce);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var answers = await Task.WhenAll(batches.Select(async batch =>
        {
            await free.WaitAsync(failed.Token);
            try
            {
                return await Batch(batch, failed.Token);
            }
            catch
            {
                await failed.CancelAsync(); // what was not asked yet need not be
                throw;
            }
            finally
            {
                free.Release();
            }
        }));
        return ([.. answers.SelectMany(answer => answer.Vectors)], answers.Sum(answer => answer.Tokens ?? 0));
    }

    /// <summary>A batch that is too large for the service is asked for in halves.</summary>
    private async Task<ServiceVectors> Batch(List<string> texts, CancellationToken cancellation)
    {
        try
        {
            return await telemetry.Measure(name, service.Provider, clock, () => Try(texts, cancellation));
        }
        catch (ModelException failure) when (failure.Status == 413 && texts.Count > 1)
        {
            var half = texts.Count / 2;
            var first = await Batch(texts[..half], cancellation);
            var second = await Batch(texts[half..], cancellation);
            return new([.. first.Vectors, .. second.Vectors], first.Tokens + second.Tokens);
        }
    }

    private async Task<ServiceVectors> Try(List<string> texts, CancellationToken cancellation)
    {
        using var time = new CallTime(options, clock, cancellation);
        var retries = new RetrySchedule(options, clock);
        while (true)
        {
            ModelException failure;
            try
            {
                return await Once(texts, time);
            }
            catch (Exception thrown)
            {
                time.ThrowIfOver();
                failure = OpenAiErrors.From(thrown, hasAnswered: false, clock);
            }

            failure.Attempts = retries.Attempts;
            if (retries.Next(failure) is not { } wait)
                throw failure;
            telemetry.Retried(name, failure.Code);
            await time.Wait(wait);
        }
    }

    private async Task<ServiceVectors> Once(List<string> texts, CallTime time)
    {
        using var silence = time.ListenForFirst();
        try
        {
            var answer = await service.Ask(texts, silence.Token);
            Check(answer.Vectors, texts.Count);
            return answer with { Tokens = answer.Tokens is > 0 ? answer.Tokens : texts.Sum(text => (long)TokenEstimate.Of(text)) };
        }
        catch (Exception failure) when (failure is not ModelException)
        {
            time.ThrowIfOver();
            silence.ThrowIfTooLong();
            throw;
        }
    }

    /// <summary>Makes vectors of length 1 of whatever are vectors of one length for every text.</summary>
    private void Check(IReadOnlyList<float[]> vectors, int texts)
    {
        if (vectors.Count != texts)
            throw Bad($"gave {vectors.Count} vectors for {texts} texts");
        foreach (var vector in vectors)
        {
            // The first answer tells the length, and a server that is given another model meanwhile is noticed.
            var expected = Interlocked.CompareExchange(ref _dimensions, vector.Length, 0);
            if (vector.Length == 0 || (expected != 0 && expected != vector.Length))
                throw Bad($"gave a vector of {vector.Length} numbers where others have {expected}");
            var squares = 0.0;
            foreach (var value in vector)
                squares += (double)value * value;
            if (!double.IsFinite(squares))
                throw Bad("gave a vector with numbers that are none");
            if (squares == 0)
                throw Bad("gave a vector of zeros for a text with words");
            var length = Math.Sqrt(squares);
            for (var at = 0; at < vector.Length; at++)
                vector[at] = (float)(vector[at] / length);
        }
    }

    private static ModelException Bad(string what) => new(ModelErrors.BadAnswer, $"The embedding service {what}.");
}
