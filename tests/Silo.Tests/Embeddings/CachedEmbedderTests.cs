using Colloquy.Embeddings;
using Colloquy.Hosting;
using Colloquy.Models;
using Microsoft.Extensions.AI;

namespace Colloquy.Tests.Embeddings;

public sealed class CachedEmbedderTests : EmbeddingStage
{
    [Fact]
    public async Task A_text_is_asked_for_once_for_all_who_need_it_now_and_later()
    {
        var embedder = Embedders().Resolve("tei").Client;
        var gate = new TaskCompletionSource();
        Server.Hold(gate.Task);
        var first = embedder.GenerateAsync(["one", "two"]);
        await Server.Requested();
        var second = embedder.GenerateAsync(["two", "three"]);
        gate.SetResult();
        Assert.Equal((await first)[1].Vector.ToArray(), (await second)[0].Vector.ToArray());
        await embedder.GenerateAsync(["three", "two", "one"]);
        Assert.Equal(["one,two", "three"], Server.Requests.Select(request => string.Join(',', request.Inputs)));
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        var embedder = Embedders().Resolve("tei").Client;
        Server.Enqueue(401, "{}");
        await Assert.ThrowsAsync<ModelException>(() => embedder.GenerateVectorAsync("one"));
        Assert.Equal(4, (await embedder.GenerateVectorAsync("one")).Length);
    }

    [Fact]
    public async Task A_caller_who_leaves_takes_nothing_from_the_others()
    {
        var embedder = Embedders().Resolve("tei");
        using var leaving = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        Server.Hold(gate.Task);
        var first = Ask(leaving.Token);
        await Server.Requested();
        var second = Ask(default);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.Equal(4, (await second).Length);
        Assert.Single(Server.Requests);

        Task<ReadOnlyMemory<float>> Ask(CancellationToken cancellation) =>
            embedder.Client.GenerateVectorAsync("one", cancellationToken: cancellation);
    }

    [Fact]
    public async Task Vectors_of_two_models_are_kept_apart()
    {
        var embedders = Embedders();
        await embedders.Resolve("hf/acme/one").Client.GenerateVectorAsync("text");
        await embedders.Resolve("hf/acme/two").Client.GenerateVectorAsync("text");
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public async Task The_metrics_tell_what_the_cache_saved()
    {
        using var metrics = new MetricsCollector();
        var embedder = Embedders().Resolve("openai/text-embedding-3-small").Client;
        var text = new string('a', 4_000);
        await embedder.GenerateAsync([text, "b"]);
        await embedder.GenerateAsync([text, text, "c"]);
        var page = PrometheusText.Of(metrics.Read());
        Assert.Contains("\ncolloquy_embedding_cache_hits_total 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\ncolloquy_embedding_cache_misses_total 3\n", page, StringComparison.Ordinal);
        Assert.Contains("\ncolloquy_embedding_cache_evictions_total 0\n", page, StringComparison.Ordinal);
        Assert.Contains("saved_tokens_total{model=\"openai/text-embedding-3-small\"} 2000\n", page, StringComparison.Ordinal);
        Assert.Contains("saved_cost_micro_usd_total{model=\"openai/text-embedding-3-small\"} 40\n", page, StringComparison.Ordinal);
        Assert.Contains("calls_total{model=\"openai/text-embedding-3-small\",outcome=\"completed\"} 2\n", page, StringComparison.Ordinal);
    }
}
