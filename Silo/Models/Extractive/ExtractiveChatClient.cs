using System.Runtime.CompilerServices;
using Colloquy.Knowledge;
using Microsoft.Extensions.AI;

namespace Colloquy.Models.Extractive;

/// <summary>
/// The model of a deployment without a model: it answers only with sentences that stand in the passages of its prompt, each with
/// the passage's number, and says so. It needs no network, writes nothing of its own, and never calls a tool.
/// </summary>
/// <remarks>
/// The passages arrive under <see cref="PromptPassages.Key"/>. Instructions, temperature and response format have no meaning
/// for it; <see cref="ChatOptions.MaxOutputTokens"/> bounds the number of sentences. The same request gives the same reply.
/// </remarks>
internal sealed class ExtractiveChatClient : IChatClient
{
    /// <summary>What replies, usage and catalogues call this model.</summary>
    public const string ModelId = ModelNames.Extractive;

    /// <summary>Words that leave together when streaming: enough to be read as they come, few enough to be seen coming.</summary>
    private const int WordsPerDelta = 4;

    private static readonly ChatClientMetadata _metadata = new("colloquy", providerUri: null, ModelId);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var conversation = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var reply = ReplyTo(conversation, options);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, reply))
        {
            ModelId = ModelId,
            FinishReason = ChatFinishReason.Stop,
            Usage = UsageOf(conversation, options, reply),
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var conversation = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var reply = ReplyTo(conversation, options);
        foreach (var delta in Deltas(reply))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, delta) { ModelId = ModelId };
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(UsageOf(conversation, options, reply))])
        {
            ModelId = ModelId,
            FinishReason = ChatFinishReason.Stop,
        };
        await Task.CompletedTask; // An iterator that never waits must still be async to have this shape.
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // Nothing is held.
    }

    private static string ReplyTo(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var task = options?.AdditionalProperties?.TryGetValue(PromptPassages.TaskKey, out string? named) is true ? named : null;
        if (task == PromptPassages.Summary)
            return ExtractiveSummary.Of(messages);
        var questions = messages.Where(message => message.Role == ChatRole.User && message.Text.Trim().Length > 0)
            .Select(message => message.Text).TakeLast(2).ToArray();
        if (options?.AdditionalProperties?.TryGetValue(PromptPassages.Key, out IReadOnlyList<Passage>? passages) != true)
            passages = [];
        var question = Question.Of(questions.Length > 0 ? questions[^1] : "", questions.Length > 1 ? questions[0] : "");
        var tokensMax = options?.MaxOutputTokens ?? int.MaxValue;
        return task == PromptPassages.Sentences ? ExtractiveAnswer.Sentences(question, passages ?? [], tokensMax)
            : ExtractiveAnswer.To(question, passages ?? [], tokensMax);
    }

    // Nobody bills these numbers; they let budgets and dashboards treat this model like any other.
    private static UsageDetails UsageOf(IReadOnlyList<ChatMessage> messages, ChatOptions? options, string reply)
    {
        var input = TokenEstimate.Of(options?.Instructions ?? "") + messages.Sum(message => TokenEstimate.Of(message.Text));
        var output = TokenEstimate.Of(reply);
        return new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output };
    }

    /// <summary>The reply in groups of words. Joined they are the reply, white space and all.</summary>
    private static IEnumerable<string> Deltas(string reply)
    {
        var (start, words) = (0, 0);
        for (var i = 1; i < reply.Length; i++)
        {
            var begins = char.IsWhiteSpace(reply[i - 1]) && !char.IsWhiteSpace(reply[i]);
            if (!begins || ++words % WordsPerDelta != 0)
                continue;
            yield return reply[start..i];
            start = i;
        }

        if (start < reply.Length)
            yield return reply[start..];
    }
}
