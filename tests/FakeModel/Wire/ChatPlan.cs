using System.Text.Json;

namespace Colloquy.FakeModel;

/// <summary>An answer decided upon, before anything of it is sent.</summary>
internal sealed record ChatPlan
{
    public required string Id { get; init; }

    public required string Model { get; init; }

    public required long Created { get; init; }

    public required IReadOnlyList<string> Pieces { get; init; }

    public required IReadOnlyList<ScriptedToolCall> ToolCalls { get; init; }

    public required string FinishReason { get; init; }

    public required ScriptedUsage? Usage { get; init; }

    public static ChatPlan For(RecordedRequest request, ScriptedTurn turn, DateTimeOffset now)
    {
        var tools = ToolsOf(request, turn);
        var whole = TextOf(request, turn, tools);
        var tokensMax = request.Json.Number("max_completion_tokens") ?? request.Json.Number("max_tokens") ?? int.MaxValue;
        var text = Words.Count(whole) > tokensMax ? Words.Take(whole, tokensMax) : whole;
        return new ChatPlan
        {
            Id = $"chatcmpl-fake-{request.Number}",
            Model = request.Model,
            Created = now.ToUnixTimeSeconds(),
            Pieces = turn.Chunks is { } chunks ? Words.Split(text, Math.Max(1, chunks)) : Words.Split(text),
            ToolCalls = tools,
            FinishReason = turn.FinishReason
                ?? (text.Length < whole.Length ? "length" : tools.Count > 0 ? "tool_calls" : "stop"),
            Usage = turn.OmitUsage ? null : turn.Usage ?? Count(request, text, tools),
        };
    }

    // Prompt: the words of every message and 1 for its role. Completion: the words of the text, and for each tool call
    // the words of its arguments and 1 for its name.
    private static ScriptedUsage Count(RecordedRequest request, string text, IReadOnlyList<ScriptedToolCall> tools) => new(
        request.Messages.Sum(message => Words.Count(message.Text) + 1),
        Words.Count(text) + tools.Sum(call => Words.Count(call.Arguments) + 1));

    private static string TextOf(RecordedRequest request, ScriptedTurn turn, IReadOnlyList<ScriptedToolCall> tools)
    {
        if (turn.Text is not null || tools.Count > 0)
        {
            return turn.Text ?? "";
        }

        if (SchemaExample.IsWanted(request.Json))
        {
            return SchemaExample.For(request.Json).ToJsonString();
        }

        // After tools the model speaks of what they said, so that a test can see that it was told.
        var last = request.Messages[^1];
        var about = last.Role is "tool" ? last.Text : MarkerReader.Strip(request.LastUser);
        return turn is { Chunks: { } chunks, Words: null } ? Words.Numbered(chunks) : Words.Answer(about, turn.Words ?? 12);
    }

    private static IReadOnlyList<ScriptedToolCall> ToolsOf(RecordedRequest request, ScriptedTurn turn)
    {
        var calls = turn.ToolCalls.Count > 0 || turn.Text is not null ? turn.ToolCalls : Forced(request.Json);
        return [.. calls.Select((call, n) => call with { Id = call.Id ?? $"call_fake_{request.Number}_{n}" })];
    }

    private static IReadOnlyList<ScriptedToolCall> Forced(JsonElement body)
    {
        var choice = body.At("tool_choice");
        var name = choice.At("function").Text("name");
        var isForced = name is not null || body.Text("tool_choice") is "required";
        var functions = body.At("tools").Items().Select(tool => tool.At("function"));
        return
        [
            .. functions.Where(function => isForced && (name is null || function.Text("name") == name)).Take(1)
                .Select(function => new ScriptedToolCall(
                    function.Text("name")!, SchemaExample.Of(function.At("parameters"))?.ToJsonString() ?? "{}")),
        ];
    }
}
