using System.Diagnostics.Metrics;
using Colloquy.FakeModel;
using Colloquy.Models;
using Colloquy.Models.OpenAi;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Colloquy.Tests.Models.OpenAi;

/// <summary>A model server and clients of it. Waits between attempts are over at once.</summary>
public abstract class OpenAiStage : IAsyncLifetime
{
    private readonly ServiceProvider _services =
        new ServiceCollection().AddMetrics().AddSingleton<ModelTelemetry>().BuildServiceProvider();
    private readonly List<IDisposable> _clients = [];

    private protected FakeModelServer Model { get; private set; } = null!;

    private protected TestClock Clock { get; set; } = new(impatientUpTo: TimeSpan.FromSeconds(29));

    private protected ModelTelemetry Telemetry => _services.GetRequiredService<ModelTelemetry>();

    private protected IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    private protected OpenAiOptions Options => new() { BaseUrl = new Uri(Model.BaseUrl), ApiKey = "key", Model = "fake-model" };

    public async Task InitializeAsync() => Model = await FakeModelServer.Start();

    public async Task DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Model.DisposeAsync();
        await _services.DisposeAsync();
    }

    private protected IChatClient Client(OpenAiOptions? options = null)
    {
        var client = new OpenAiChatClient(options ?? Options, Clock, Telemetry);
        _clients.Add(client);
        return client;
    }

    /// <summary>Asks in either way and returns the answer, or what went wrong with it.</summary>
    private protected async Task<(ChatResponse? Answer, ModelException? Failure)> Ask(
        bool streamed, string question, ChatOptions? options = null, OpenAiOptions? client = null)
    {
        try
        {
            return (streamed
                ? await Client(client).GetStreamingResponseAsync(question, options).ToChatResponseAsync()
                : await Client(client).GetResponseAsync(question, options), null);
        }
        catch (ModelException failure)
        {
            return (null, failure);
        }
    }
}
