using Colloquy.Models.Extractive;
using Colloquy.Models.OpenAi;
using Microsoft.Extensions.AI;

namespace Colloquy.Models;

/// <summary>The models of a deployment with a model service: its own by default, and whatever else it is asked for by
/// name.</summary>
internal sealed class OpenAiCatalogue(OpenAiOptions options, IChatClient client, ModelHealth health) : IModelCatalogue
{
    public IReadOnlyList<string> Names { get; } = [options.Model];

    // One client serves all: it asks for the model that the call's options name, or for the deployment's own.
    public ModelHandle Resolve(string? model)
    {
        var name = NameOf(model);
        return new ModelHandle(name, name == options.Model ? client : new NamedChatClient(client, name), options.ContextTokens);
    }

    public bool IsHealthy(string? model) => health.IsHealthy(NameOf(model));

    private string NameOf(string? model) => string.IsNullOrWhiteSpace(model) ? options.Model : model.Trim();
}

/// <summary>The one model of a deployment without a model service.</summary>
internal sealed class ExtractiveCatalogue(IChatClient client) : IModelCatalogue
{
    /// <summary>It reads sentences, not tokens: this bounds the work of one answer.</summary>
    private const int ContextTokens = 32_768;

    private readonly ModelHandle _model = new(ExtractiveChatClient.ModelId, client, ContextTokens);

    public IReadOnlyList<string> Names { get; } = [ExtractiveChatClient.ModelId];

    public ModelHandle Resolve(string? model) => _model;
}

/// <summary>Asks for one model, whatever the call's options say.</summary>
internal sealed class NamedChatClient(IChatClient inner, string model) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages, Named(options), cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync(messages, Named(options), cancellationToken);

    private ChatOptions Named(ChatOptions? options)
    {
        var named = options?.Clone() ?? new ChatOptions();
        named.ModelId = model;
        return named;
    }
}
