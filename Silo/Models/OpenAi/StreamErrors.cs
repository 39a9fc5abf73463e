using OpenAI.Chat;

namespace Colloquy.Models.OpenAi;

/// <summary>What services put into a stream that the package's types do not have.</summary>
internal static class StreamErrors
{
#pragma warning disable SCME0001 // The patch is the package's only way to properties that it does not know; its shape may change.
    /// <summary>Throws if the event is an error object in place of a piece of the answer.</summary>
    public static void ThrowIfError(StreamingChatCompletionUpdate read)
    {
        if (read.FinishReason is not null || read.ContentUpdate.Count > 0 || read.ToolCallUpdates.Count > 0)
            return;
        _ = read.Patch.TryGetValue("$.error.message"u8, out string? message);
        _ = read.Patch.TryGetValue("$.error.code"u8, out string? code);
        if (message is not null || code is not null)
            throw OpenAiErrors.InAnswer(code, message);
    }

    /// <summary>The thoughts that DeepSeek, vLLM and others stream before the answer.</summary>
    public static string? ReasoningIn(StreamingChatCompletionUpdate read) =>
        read.Patch.TryGetValue("$.choices[0].delta.reasoning_content"u8, out string? text)
            || read.Patch.TryGetValue("$.choices[0].delta.reasoning"u8, out text) ? text : null;
#pragma warning restore SCME0001
}
