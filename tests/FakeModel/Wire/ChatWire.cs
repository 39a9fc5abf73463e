using System.Text.Json.Nodes;

namespace Colloquy.FakeModel;

/// <summary>A planned answer in OpenAI's words.</summary>
internal static class ChatWire
{
    public static JsonObject Whole(ChatPlan plan)
    {
        var text = string.Concat(plan.Pieces);
        var message = new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = text.Length == 0 && plan.ToolCalls.Count > 0 ? null : text,
            ["refusal"] = null,
            ["annotations"] = new JsonArray(),
        };
        if (plan.ToolCalls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. plan.ToolCalls.Select(ToolCall)]);
        }

        var whole = Head(plan, "chat.completion");
        whole["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = message,
            ["logprobs"] = null,
            ["finish_reason"] = plan.FinishReason,
        });
        if (plan.Usage is { } usage)
        {
            whole["usage"] = Usage(usage);
        }

        return whole;
    }

    /// <summary>The deltas between the role and the end: text first, then the tools one after another.</summary>
    public static IEnumerable<JsonObject> Deltas(ChatPlan plan)
    {
        foreach (var piece in plan.Pieces)
        {
            yield return new JsonObject { ["content"] = piece };
        }

        for (var index = 0; index < plan.ToolCalls.Count; index++)
        {
            var call = plan.ToolCalls[index];
            yield return ToolDelta(index, call.Id, call.Name, "");
            foreach (var fragment in Words.Split(call.Arguments, Math.Max(1, call.Fragments)))
            {
                yield return ToolDelta(index, null, null, fragment);
            }
        }
    }

    public static JsonObject Role(ChatPlan plan) => new()
    {
        ["role"] = "assistant",
        ["content"] = plan.Pieces.Count == 0 && plan.ToolCalls.Count > 0 ? null : "",
        ["refusal"] = null,
    };

    /// <summary>One event of the stream; with usage asked for, every event but the last says null.</summary>
    public static JsonObject Event(ChatPlan plan, JsonObject delta, string? finish, bool withUsage)
    {
        var chunk = Head(plan, "chat.completion.chunk");
        chunk["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["delta"] = delta,
            ["logprobs"] = null,
            ["finish_reason"] = finish,
        });
        if (withUsage)
        {
            chunk["usage"] = null;
        }

        return chunk;
    }

    public static JsonObject UsageEvent(ChatPlan plan, ScriptedUsage usage)
    {
        var chunk = Head(plan, "chat.completion.chunk");
        chunk["choices"] = new JsonArray();
        chunk["usage"] = Usage(usage);
        return chunk;
    }

    private static JsonObject Head(ChatPlan plan, string kind) => new()
    {
        ["id"] = plan.Id,
        ["object"] = kind,
        ["created"] = plan.Created,
        ["model"] = plan.Model,
        ["service_tier"] = "default",
        ["system_fingerprint"] = "fp_fake",
    };

    private static JsonObject ToolCall(ScriptedToolCall call) => new()
    {
        ["id"] = call.Id,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
    };

    // Only the first delta of a call carries its id, type and name; the index ties the others to it.
    private static JsonObject ToolDelta(int index, string? id, string? name, string arguments)
    {
        var call = new JsonObject { ["index"] = index };
        var function = new JsonObject();
        if (id is not null)
        {
            call["id"] = id;
            call["type"] = "function";
            function["name"] = name;
        }

        function["arguments"] = arguments;
        call["function"] = function;
        return new JsonObject { ["tool_calls"] = new JsonArray(call) };
    }

    private static JsonObject Usage(ScriptedUsage usage) => new()
    {
        ["prompt_tokens"] = usage.Prompt,
        ["completion_tokens"] = usage.Completion,
        ["total_tokens"] = usage.Prompt + usage.Completion,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.Cached, ["audio_tokens"] = 0 },
        ["completion_tokens_details"] = new JsonObject
        {
            ["reasoning_tokens"] = usage.Reasoning,
            ["audio_tokens"] = 0,
            ["accepted_prediction_tokens"] = 0,
            ["rejected_prediction_tokens"] = 0,
        },
    };
}
