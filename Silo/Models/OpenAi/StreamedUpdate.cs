using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Colloquy.Models.OpenAi;

/// <summary>One event of a stream in the words of the port.</summary>
internal static class StreamedUpdate
{
    public static ChatResponseUpdate From(StreamingChatCompletionUpdate read, StreamedToolCalls tools)
    {
        List<AIContent> contents = [];
        if (StreamErrors.ReasoningIn(read) is { Length: > 0 } reasoning)
            contents.Add(new TextReasoningContent(reasoning));
        contents.AddRange(
            read.ContentUpdate.Where(part => part.Text is { Length: > 0 }).Select(part => new TextContent(part.Text)));
        if (read.RefusalUpdate is { Length: > 0 } refusal)
            contents.Add(WholeAnswer.Refused(refusal));
        foreach (var fragment in read.ToolCallUpdates)
            tools.Add(fragment);
        if (read.FinishReason is not null)
            contents.AddRange(tools.Take());
        if (read.Usage is { } usage)
            contents.Add(new UsageContent(WholeAnswer.Usage(usage)));
        return new ChatResponseUpdate(ChatRole.Assistant, contents)
        {
            ResponseId = read.CompletionId,
            MessageId = read.CompletionId,
            ModelId = read.Model,
            FinishReason = read.FinishReason is { } reason ? WholeAnswer.Finish(reason) : null,
        };
    }
}
