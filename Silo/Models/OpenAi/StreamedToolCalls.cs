using System.Text;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Colloquy.Models.OpenAi;

/// <summary>Puts tool calls together from the fragments in which they are streamed.</summary>
internal sealed class StreamedToolCalls
{
    private readonly SortedDictionary<int, Call> _calls = [];

    public void Add(StreamingChatToolCallUpdate fragment)
    {
        if (!_calls.TryGetValue(fragment.Index, out var call))
            _calls.Add(fragment.Index, call = new Call());
        call.Id ??= fragment.ToolCallId;
        call.Name ??= fragment.FunctionName;
        if (fragment.FunctionArgumentsUpdate is { } arguments && !arguments.ToMemory().IsEmpty)
            call.Arguments.Append(arguments.ToString());
    }

    /// <summary>The calls in the model's order. The service has said that there will be no more.</summary>
    public IEnumerable<FunctionCallContent> Take()
    {
        var whole = _calls.Values.Select(call => WholeAnswer.ToolCall(call.Id, call.Name, call.Arguments.ToString())).ToList();
        _calls.Clear();
        return whole;
    }

    private sealed class Call
    {
        public string? Id { get; set; }

        public string? Name { get; set; }

        public StringBuilder Arguments { get; } = new();
    }
}
