using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Colloquy.Models;

/// <summary>Counts, times and traces the calls of a model, and notes whether it answers. Prompts and answers never
/// reach a metric or a span.</summary>
internal sealed class MeteredChatClient(IChatClient inner, ModelTelemetry telemetry, TimeProvider clock, ModelHealth health)
    : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var call = Begin(options);
        try
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken);
            call.Answered(response.ModelId, response.ResponseId, response.FinishReason);
            call.Used(response.Usage);
            call.Completed();
            return response;
        }
        catch (Exception failure)
        {
            call.Failed(failure);
            throw;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var call = Begin(options);
        await using var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (await Next(updates, call))
        {
            Note(updates.Current, call);
            yield return updates.Current;
        }

        call.Completed();
    }

    private static async Task<bool> Next(IAsyncEnumerator<ChatResponseUpdate> updates, ModelCall call)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception failure)
        {
            call.Failed(failure);
            throw;
        }
    }

    private static void Note(ChatResponseUpdate update, ModelCall call)
    {
        call.Answered(update.ModelId, update.ResponseId, update.FinishReason);
        foreach (var content in update.Contents)
        {
            if (content is UsageContent usage)
                call.Used(usage.Details);
            else
                call.HasBegun();
        }
    }

    private ModelCall Begin(ChatOptions? options)
    {
        var metadata = InnerClient.GetService<ChatClientMetadata>();
        return new ModelCall(telemetry, health, clock, options?.ModelId ?? metadata?.DefaultModelId ?? "unknown", metadata);
    }
}
