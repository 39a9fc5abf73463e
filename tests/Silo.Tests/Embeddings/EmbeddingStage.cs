using System.Diagnostics.Metrics;
using Colloquy.Embeddings;
using Colloquy.FakeModel;
using Colloquy.Models;
using Colloquy.Models.OpenAi;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Colloquy.Tests.Embeddings;

/// <summary>Services of both kinds and embedders of them. Waits between attempts are over at once.</summary>
public abstract class EmbeddingStage : IAsyncLifetime
{
    private readonly ServiceProvider _services =
        new ServiceCollection().AddMetrics().AddSingleton<EmbeddingTelemetry>().BuildServiceProvider();
    private readonly List<Embedders> _made = [];

    private protected FakeModelServer Model { get; private set; } = null!;

    private protected VectorServer Server { get; private set; } = null!;

    private protected TestClock Clock { get; set; } = new(impatientUpTo: TimeSpan.FromSeconds(29));

    private protected IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    private protected EmbeddingOptions Options => new()
    {
        OpenAi = new() { BaseUrl = new Uri(Model.BaseUrl), ApiKey = "key" },
        HuggingFace = new() { BaseUrl = Server.Url, ApiKey = "hf-token" },
        Tei = new() { BaseUrl = Server.Url },
    };

    public async Task InitializeAsync() =>
        (Model, Server) = (await FakeModelServer.Start(), await VectorServer.Start());

    public async Task DisposeAsync()
    {
        _made.ForEach(embedders => embedders.Dispose());
        await Model.DisposeAsync();
        await Server.DisposeAsync();
        await _services.DisposeAsync();
    }

    private protected Embedders Embedders(EmbeddingOptions? options = null)
    {
        var made = new Embedders(options ?? Options, _services.GetRequiredService<EmbeddingTelemetry>(), Clock);
        _made.Add(made);
        return made;
    }

    private protected async Task<float[][]> Embed(string name, params string[] texts) =>
        [.. (await Embedders().Resolve(name).Client.GenerateAsync(texts)).Select(one => one.Vector.ToArray())];

    private protected Task<ModelException> Failure(string name, params string[] texts) =>
        Assert.ThrowsAsync<ModelException>(() => Embed(name, texts));
}
