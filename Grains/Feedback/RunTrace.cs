using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Runs;
using Colloquy.Journals;
using Colloquy.Selection;
using Colloquy.Sessions;
using Colloquy.Tenants;

namespace Colloquy.Feedback;

/// <summary>What a session's journal says of one of its runs.</summary>
/// <param name="Answer">Null until it is there.</param>
/// <param name="Selection">The automatic choice of its agent, or null where the agent was named.</param>
/// <param name="Calls">The ids of its tool calls.</param>
internal sealed record RunTrace(string Question, MessageCompleted? Answer, AgentSelection? Selection, ImmutableArray<string> Calls)
{
    private const int PageLines = 256;

    /// <summary>Reads from the run's question on until its end. Null if there is no such run.</summary>
    public static async Task<RunTrace?> Read(IJournalStore store, string tenant, string runId)
    {
        if (!SessionIds.TryParseRun(runId, out var session, out var seq))
            return null;
        var journal = TenantKey.For(tenant, session);
        RunTrace? trace = null;
        for (var after = seq - 1; ;)
        {
            var lines = await store.Read(journal, after, PageLines, EventLines.PageBytes, CancellationToken.None);
            foreach (var line in EventLines.Of(lines).Where(line => line.RunId == runId))
            {
                trace = Fold(trace, line);
                if (trace is null || IsEnd(line.Type))
                    return trace;
            }

            if (lines.Count == 0 || trace is null)
                return trace;
            after = lines[^1].Seq;
        }
    }

    private static RunTrace? Fold(RunTrace? trace, EventLine line) => (trace, line.Type) switch
    {
        (null, "message.accepted") => new RunTrace(Event<MessageAccepted>(line).Content, null, null, []),
        (null, _) => null,
        (_, "message.completed") => trace with { Answer = Event<MessageCompleted>(line) },
        (_, "tool.called") => trace with { Calls = trace.Calls.Add(Event<ToolCalled>(line).CallId) },
        (_, "agent.selected") => trace with { Selection = SelectionOf(line) },
        _ => trace,
    };

    private static T Event<T>(EventLine line) where T : SessionEvent =>
        (T)JsonSerializer.Deserialize<SessionEvent>(line.Json, JournalJson.Options)!;

    private static AgentSelection? SelectionOf(EventLine line)
    {
        using var json = JsonDocument.Parse(line.Json);
        return json.RootElement.GetProperty("selection").Deserialize<AgentSelection>(JournalJson.Options);
    }

    private static bool IsEnd(string type) =>
        type is "run.completed" or "run.failed" or "run.cancelled" or "run.expired" or "run.budget_exhausted";
}
