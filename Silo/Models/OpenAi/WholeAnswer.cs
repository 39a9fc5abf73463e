using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using Finished = OpenAI.Chat.ChatFinishReason;
using FinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using Message = Microsoft.Extensions.AI.ChatMessage;

namespace Colloquy.Models.OpenAi;

/// <summary>An answer in one piece, and the parts that streamed answers share with it, in the words of the port.</summary>
internal static class WholeAnswer
{
    /// <summary>The code of an <see cref="ErrorContent"/> by which a model declined.</summary>
    public const string RefusalCode = "refusal";

    public static ChatResponse From(ChatCompletion answer)
    {
        List<AIContent> contents =
            [.. answer.Content.Where(part => part.Text is { Length: > 0 }).Select(part => new TextContent(part.Text))];
        if (answer.Refusal is { Length: > 0 } refusal)
            contents.Add(Refused(refusal));
        contents.AddRange(
            answer.ToolCalls.Select(call => ToolCall(call.Id, call.FunctionName, call.FunctionArguments.ToString())));
        return new ChatResponse(new Message(ChatRole.Assistant, contents) { MessageId = answer.Id })
        {
            ResponseId = answer.Id,
            ModelId = answer.Model,
            FinishReason = Finish(answer.FinishReason),
            Usage = answer.Usage is { } usage ? Usage(usage) : null,
        };
    }

    public static ErrorContent Refused(string words) => new(words) { ErrorCode = RefusalCode };

    public static FinishReason Finish(Finished reason) => reason switch
    {
        Finished.Length => FinishReason.Length,
        Finished.ContentFilter => FinishReason.ContentFilter,
        Finished.ToolCalls or Finished.FunctionCall => FinishReason.ToolCalls,
        _ => FinishReason.Stop,
    };

    public static UsageDetails Usage(ChatTokenUsage usage) => new()
    {
        InputTokenCount = usage.InputTokenCount,
        OutputTokenCount = usage.OutputTokenCount,
        TotalTokenCount = usage.TotalTokenCount,
        CachedInputTokenCount = usage.InputTokenDetails?.CachedTokenCount,
        ReasoningTokenCount = usage.OutputTokenDetails?.ReasoningTokenCount,
    };

    /// <summary>Arguments that are no JSON object leave an exception in the content: the model can be told, and try
    /// again.</summary>
    public static FunctionCallContent ToolCall(string? id, string? name, string arguments)
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(name))
            throw new ModelException(ModelErrors.BadAnswer, "The model called a tool without saying which.");
        return FunctionCallContent.CreateFromParsedArguments(arguments, id, name, Parse);
    }

    private static Dictionary<string, object?>? Parse(string arguments) =>
        string.IsNullOrWhiteSpace(arguments) ? [] : JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments);
}
