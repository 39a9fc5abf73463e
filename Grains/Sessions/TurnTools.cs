using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Kernel;
using Colloquy.Runs;
using Colloquy.Tools;
using Microsoft.Extensions.AI;

namespace Colloquy.Sessions;

/// <summary>The tools of one attempt: which the agent may call, and what earlier attempts already did with them.</summary>
internal sealed class TurnTools(TurnPorts ports, TurnBrief brief, ITurnJournal journal)
{
    private readonly ImmutableArray<ITool> _tools =
        [.. ports.Tools.Where(tool => brief.Agent.Tools.Contains(tool.Descriptor.Name, StringComparer.Ordinal))];

    /// <summary>What the model is told of; null if there is nothing.</summary>
    public IList<AITool>? Declarations { get; } = Declare(ports, brief);

    /// <summary>Takes up what earlier attempts journaled: known results are repeated to the model, unknown ones are asked for
    /// again under the same operation id.</summary>
    /// <exception cref="ToolInDoubtException">An opaque call was begun and its end is not known.</exception>
    public async Task<List<ChatMessage>> Resume(CancellationToken cancellation)
    {
        var messages = new List<ChatMessage>();
        foreach (var earlier in brief.Earlier)
        {
            var result = earlier.Result;
            if (result is null)
            {
                if (Find(earlier.Call.Tool)?.Descriptor.SideEffect is SideEffect.Opaque)
                    throw new ToolInDoubtException(
                        $"{earlier.Call.Tool} was called, and its answer was lost. It is not known whether it took effect.");
                result = await Invoke(earlier.Call, cancellation);
                await journal.Returned([result]);
            }
            messages.AddRange(Told([(earlier.Call, result)]));
        }
        return messages;
    }

    /// <summary>Journals the calls, makes them, journals what came of them.</summary>
    public async Task<List<ChatMessage>> Call(IReadOnlyList<FunctionCallContent> wanted, CancellationToken cancellation)
    {
        var calls = await journal.Called([.. wanted.Select(call =>
            new RequestedCall(call.Name, JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>()), call.CallId))]);
        var made = new List<(ToolCalled, CallResult)>();
        foreach (var call in calls)
            made.Add((call, await Invoke(call, cancellation)));
        await journal.Returned([.. made.Select(one => one.Item2)]);
        return Told(made);
    }

    private async Task<CallResult> Invoke(ToolCalled call, CancellationToken cancellation)
    {
        if (Find(call.Tool) is not { } tool)
            return Failed(call, "unknown_tool", $"This expert has no tool named {call.Tool}.");
        using var limit = new CancellationTokenSource(tool.Descriptor.Timeout, ports.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            using var arguments = JsonDocument.Parse(call.Arguments);
            var text = await tool.Invoke(
                new(brief.Tenant, call.CallId, arguments.RootElement, brief.Agent.Collections), either.Token);
            return new(call.CallId, text.Length <= SessionLimits.ToolResultCharacters ? text
                : Texts.First(text, SessionLimits.ToolResultCharacters) + "\n[cut: the result was longer]", null);
        }
        catch (ToolException failure)
        {
            return Failed(call, failure.Code, failure.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return Failed(call, "tool_timeout", $"{call.Tool} did not answer within {tool.Descriptor.Timeout.TotalSeconds} s.");
        }
    }

    private ITool? Find(string name) => _tools.FirstOrDefault(tool => tool.Descriptor.Name == name);

    private static CallResult Failed(ToolCalled call, string code, string message) =>
        new(call.CallId, null, new RunError(code, message));

    private static List<ChatMessage> Told(IReadOnlyList<(ToolCalled Call, CallResult Result)> made) =>
    [
        new(ChatRole.Assistant, [.. made.Select(one => (AIContent)new FunctionCallContent(
            one.Call.ModelCallId, one.Call.Tool, JsonSerializer.Deserialize<Dictionary<string, object?>>(one.Call.Arguments)))]),
        .. made.Select(one => new ChatMessage(ChatRole.Tool, [new FunctionResultContent(
            one.Call.ModelCallId, one.Result.Result ?? $"Failed: {one.Result.Error!.Message}")])),
    ];

    private static List<AITool>? Declare(TurnPorts ports, TurnBrief brief)
    {
        var declared = ports.Tools.Select(tool => tool.Descriptor)
            .Where(tool => brief.Agent.Tools.Contains(tool.Name, StringComparer.Ordinal))
            .Select(tool => (AITool)AIFunctionFactory.CreateDeclaration(tool.Name, tool.Description, tool.Schema, null))
            .ToList();
        return declared.Count == 0 ? null : declared;
    }
}
