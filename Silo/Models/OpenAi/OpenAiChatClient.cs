using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using ChatClient = OpenAI.Chat.ChatClient;

namespace Colloquy.Models.OpenAi;

/// <summary>
/// A model behind OpenAI's chat protocol. The one place where model calls are retried, and only until the first token: what a
/// viewer has seen is never taken back by this layer.
/// </summary>
internal sealed class OpenAiChatClient : IChatClient
{
    private readonly OpenAiOptions _options;
    private readonly TimeProvider _clock;
    private readonly ModelTelemetry _telemetry;
    private readonly HttpClient _http;
    private readonly OpenAIClient _service;
    private readonly ChatClientMetadata _metadata;

    public OpenAiChatClient(OpenAiOptions options, TimeProvider clock, ModelTelemetry telemetry)
        : this(options, clock, telemetry, OpenAiTransport.Connect(options))
    {
    }

    internal OpenAiChatClient(OpenAiOptions options, TimeProvider clock, ModelTelemetry telemetry, HttpClient http)
    {
        (_options, _clock, _telemetry, _http) = (options, clock, telemetry, http);
        _service = OpenAiTransport.Client(options, http);
        _metadata = new ChatClientMetadata("openai", options.BaseUrl, options.Model);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = OpenAiRequest.From(messages, options, _options.Model);
        using var time = new CallTime(_options, _clock, cancellationToken);
        return await Try(request.Model, time, async () =>
        {
            var answer = await Model(request).CompleteChatAsync(request.Messages, request.Options, time.Token);
            return WholeAnswer.From(answer.Value);
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = OpenAiRequest.From(messages, options, _options.Model);
        using var time = new CallTime(_options, _clock, cancellationToken);
        await using var answer = await Try(request.Model, time, () => Open(request, time));
        do
        {
            yield return answer.Current;
        }
        while (await answer.Next());
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? _metadata
        : serviceType == typeof(OpenAIClient) ? _service
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose() => _http.Dispose();

    /// <summary>A stream whose first token has come.</summary>
    private async Task<StreamedAnswer> Open(OpenAiRequest request, CallTime time)
    {
        var answer = new StreamedAnswer(
            silence => Model(request).CompleteChatStreamingAsync(request.Messages, request.Options, silence),
            time, _clock);
        try
        {
            if (!await answer.Next())
                throw new ModelException(ModelErrors.BadAnswer, "The service's answer is empty.");
            return answer;
        }
        catch
        {
            await answer.DisposeAsync();
            throw;
        }
    }

    // A name on the shared pipeline, not a connection.
    private ChatClient Model(OpenAiRequest request) => _service.GetChatClient(request.Model);

    private async Task<T> Try<T>(string model, CallTime time, Func<Task<T>> attempt)
    {
        var retries = new RetrySchedule(_options, _clock);
        while (true)
        {
            ModelException failure;
            try
            {
                return await attempt();
            }
            catch (Exception thrown)
            {
                time.ThrowIfOver();
                failure = OpenAiErrors.From(thrown, hasAnswered: false, _clock);
            }

            failure.Attempts = retries.Attempts;
            if (retries.Next(failure) is not { } wait)
                throw failure;
            _telemetry.Retried(model, failure.Code);
            await time.Wait(wait);
        }
    }
}
