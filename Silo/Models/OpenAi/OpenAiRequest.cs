using Microsoft.Extensions.AI;
using OpenAI.Chat;
using Format = Microsoft.Extensions.AI.ChatResponseFormat;
using Message = Microsoft.Extensions.AI.ChatMessage;
using SentFormat = OpenAI.Chat.ChatResponseFormat;
using SentMessage = OpenAI.Chat.ChatMessage;

namespace Colloquy.Models.OpenAi;

/// <summary>A request in the package's words. Options that OpenAI's protocol does not have (top k, conversation ids) are
/// left out;
/// so are additional properties, which are for other models.</summary>
internal sealed record OpenAiRequest(string Model, IReadOnlyList<SentMessage> Messages, ChatCompletionOptions Options)
{
    /// <exception cref="ModelException">The conversation holds something that OpenAI's protocol cannot carry.</exception>
    public static OpenAiRequest From(IEnumerable<Message> messages, ChatOptions? options, string defaultModel) => new(
        string.IsNullOrWhiteSpace(options?.ModelId) ? defaultModel : options.ModelId,
        OpenAiMessages.From(messages, options?.Instructions),
        ToOptions(options ?? new ChatOptions()));

    private static ChatCompletionOptions ToOptions(ChatOptions options)
    {
        var sent = new ChatCompletionOptions
        {
            Temperature = options.Temperature,
            TopP = options.TopP,
            FrequencyPenalty = options.FrequencyPenalty,
            PresencePenalty = options.PresencePenalty,
            MaxOutputTokenCount = options.MaxOutputTokens,
            ResponseFormat = ToFormat(options.ResponseFormat),
        };
        foreach (var stop in options.StopSequences ?? [])
            sent.StopSequences.Add(stop);
#pragma warning disable OPENAI001 // Marked as experimental in the package; on the wire both are stable.
        sent.Seed = options.Seed;
        sent.ReasoningEffortLevel = ToEffort(options.Reasoning?.Effort);
#pragma warning restore OPENAI001
        AddTools(sent, options);
        return sent;
    }

    private static void AddTools(ChatCompletionOptions sent, ChatOptions options)
    {
        foreach (var tool in options.Tools ?? [])
            sent.Tools.Add(ToTool(tool));
        if (sent.Tools.Count == 0)
            return; // a choice without tools is an error to OpenAI
        sent.AllowParallelToolCalls = options.AllowMultipleToolCalls;
        sent.ToolChoice = options.ToolMode switch
        {
            NoneChatToolMode => ChatToolChoice.CreateNoneChoice(),
            RequiredChatToolMode { RequiredFunctionName: { } name } => ChatToolChoice.CreateFunctionChoice(name),
            RequiredChatToolMode => ChatToolChoice.CreateRequiredChoice(),
            AutoChatToolMode => ChatToolChoice.CreateAutoChoice(),
            _ => null,
        };
    }

    private static ChatTool ToTool(AITool tool) => tool is AIFunctionDeclaration function
        ? ChatTool.CreateFunctionTool(function.Name, function.Description,
            BinaryData.FromString(function.JsonSchema.GetRawText()), IsStrict(function.AdditionalProperties))
        : throw new ModelException(ModelErrors.BadRequest, $"A tool of type {tool.GetType().Name} cannot be offered to it.");

    private static SentFormat? ToFormat(Format? format) => format switch
    {
        ChatResponseFormatJson { Schema: { } schema } json => SentFormat.CreateJsonSchemaFormat(
            json.SchemaName ?? "answer", BinaryData.FromString(schema.GetRawText()), json.SchemaDescription),
        ChatResponseFormatJson => SentFormat.CreateJsonObjectFormat(),
        ChatResponseFormatText => SentFormat.CreateTextFormat(),
        _ => null,
    };

    private static bool? IsStrict(IReadOnlyDictionary<string, object?> properties) =>
        properties.TryGetValue("strict", out var value) && value is bool isStrict ? isStrict : null;

#pragma warning disable OPENAI001 // as above
    private static ChatReasoningEffortLevel? ToEffort(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.None => new ChatReasoningEffortLevel("none"),
        ReasoningEffort.Low => ChatReasoningEffortLevel.Low,
        ReasoningEffort.Medium => ChatReasoningEffortLevel.Medium,
        ReasoningEffort.High => ChatReasoningEffortLevel.High,
        ReasoningEffort.ExtraHigh => new ChatReasoningEffortLevel("xhigh"),
        _ => default(ChatReasoningEffortLevel?), // a bare null would convert to a level without a name
    };
#pragma warning restore OPENAI001
}
