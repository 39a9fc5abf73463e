using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using Message = Microsoft.Extensions.AI.ChatMessage;
using SentMessage = OpenAI.Chat.ChatMessage;

namespace Colloquy.Models.OpenAi;

/// <summary>A conversation in the package's words.</summary>
internal static class OpenAiMessages
{
    public static IReadOnlyList<SentMessage> From(IEnumerable<Message> messages, string? instructions)
    {
        List<SentMessage> sent = string.IsNullOrWhiteSpace(instructions) ? [] : [new SystemChatMessage(instructions)];
        foreach (var message in messages)
            sent.AddRange(From(message));
        return sent;
    }

    private static IEnumerable<SentMessage> From(Message message) =>
        message.Role == ChatRole.System ? [new SystemChatMessage(message.Text)]
        : message.Role == ChatRole.Assistant ? Assistant(message)
        : message.Role == ChatRole.Tool ? message.Contents.OfType<FunctionResultContent>().Select(Result)
        : [User(message)];

    // Plain text goes as a string: simple servers know no parts.
    private static UserChatMessage User(Message message) => message.Contents.All(content => content is TextContent)
        ? new UserChatMessage(message.Text)
        : new UserChatMessage(message.Contents.Select(Part));

    private static IEnumerable<SentMessage> Assistant(Message message)
    {
        var text = message.Text;
        var calls = message.Contents.OfType<FunctionCallContent>().Select(call =>
            ChatToolCall.CreateFunctionToolCall(call.CallId, call.Name, Arguments(call))).ToList();
        if (calls.Count == 0)
            return text.Length == 0 ? [] : [new AssistantChatMessage(text)];
        var sent = new AssistantChatMessage(calls);
        if (text.Length > 0)
            sent.Content.Add(ChatMessageContentPart.CreateTextPart(text));
        return [sent];
    }

    private static BinaryData Arguments(FunctionCallContent call) =>
        new(JsonSerializer.SerializeToUtf8Bytes(call.Arguments ?? new Dictionary<string, object?>()));

    private static ToolChatMessage Result(FunctionResultContent result) => new(result.CallId, result switch
    {
        { Result: string text } => text,
        { Result: null, Exception: { } failure } => $"Error: {failure.Message}",
        { Result: null } => "",
        { Result: var value } => JsonSerializer.Serialize(value),
    });

    private static ChatMessageContentPart Part(AIContent content) => content switch
    {
        TextContent text => ChatMessageContentPart.CreateTextPart(text.Text),
        UriContent link when link.HasTopLevelMediaType("image") => ChatMessageContentPart.CreateImagePart(link.Uri),
        DataContent image when image.HasTopLevelMediaType("image") =>
            ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(image.Data), image.MediaType),
#pragma warning disable OPENAI001 // Marked as experimental in the package; on the wire it is stable.
        DataContent { MediaType: "application/pdf" } file =>
            ChatMessageContentPart.CreateFilePart(BinaryData.FromBytes(file.Data), file.MediaType, file.Name ?? "document.pdf"),
#pragma warning restore OPENAI001
        _ => throw new ModelException(ModelErrors.BadRequest,
            $"Content of type {(content as DataContent)?.MediaType ?? content.GetType().Name} cannot be sent to this model."),
    };
}
