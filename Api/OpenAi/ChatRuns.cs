using System.Globalization;
using System.Runtime.CompilerServices;
using Colloquy.Agents;
using Colloquy.Hosting;
using Colloquy.Problems;
using Colloquy.Runs;
using Colloquy.Sessions;
using Colloquy.Streams;
using Colloquy.Tenants;

namespace Colloquy.OpenAi;

/// <summary>The run behind one choice of a completion.</summary>
/// <param name="Journal">The session, or the panel.</param>
/// <param name="After">The sequence number before its first event.</param>
internal sealed record ChatRun(int Index, string Journal, string RunId, long After);

/// <summary>Begins, follows and ends the runs behind a completion: one session each, side by side.</summary>
internal sealed partial class ChatRuns(GrainCalls calls, EventStreams streams, ILogger<ChatRuns> logger)
{
    /// <summary>Begins a session and a run for each choice. A repeat of the operation finds those of the first time.</summary>
    /// <exception cref="ProblemException">At least one run was refused; the others were ended.</exception>
    public async Task<IReadOnlyList<ChatRun>> Start(ChatRequest request, Caller caller, OperationKey operation)
    {
        var begun = await Task.WhenAll(
            Enumerable.Range(0, request.Choices).Select(index => Start(index, request, caller, operation)));
        var runs = begun.Select(one => one.Run).OfType<ChatRun>().ToList();
        if (begun.Select(one => one.Problem).FirstOrDefault(problem => problem is not null) is not { } refused)
            return runs;
        await Cancel(runs, caller);
        throw new ProblemException(refused);
    }

    /// <summary>The news of all choices, each in its own order, until the last is over or the client leaves.</summary>
    public IAsyncEnumerable<IReadOnlyList<ChoiceNews>> Follow(
        IReadOnlyList<ChatRun> runs, Func<ChatRun, Choice> read, Caller caller, CancellationToken left) => runs is [var only]
        ? Follow(only, read(only), caller, left)
        : Merging.Merge(runs, (run, token) => Follow(run, read(run), caller, token), left);

    /// <summary>Ends runs whose answers nobody could ever see. Best effort: a run also ends by itself.</summary>
    public async Task Cancel(IReadOnlyList<ChatRun> runs, Caller caller)
    {
        foreach (var run in runs)
        {
            try
            {
                if (RunIds.IsPanel(run.Journal))
                    await calls.Panel(caller.Tenant, run.Journal).Ask(panel => panel.Cancel(), CancellationToken.None);
                else
                    await calls.Session(caller.Tenant, run.Journal)
                        .Ask(session => session.Cancel(run.RunId), CancellationToken.None);
            }
            catch (Exception failure) // the client is gone or has its error: nobody is left to be told
            {
                LogNotCancelled(failure, run.RunId);
            }
        }
    }

    private async Task<(ChatRun? Run, Problem? Problem)> Start(
        int index, ChatRequest request, Caller caller, OperationKey operation)
    {
        // The key is the client's for all of its requests: what a key means to another address must not be found here.
        var own = OperationKey.Hash(string.Create(CultureInfo.InvariantCulture, $"chat.completions\n{operation.Value}\n{index}"));
        var id = SessionIds.Session(caller.Tenant, own);
        var session = calls.Session(caller.Tenant, id);
        var isAuto = request.Model is AgentIds.Auto;
        var create = new CreateSession(
            caller.KeyId, Title: null, isAuto ? null : request.Model, isAuto ? SessionMode.Auto : SessionMode.Manual, Tier: null,
            request.Metadata, request.Conversation.Instructions,
            request.Conversation.History, Fork: null, request.IsStored, request.Fingerprint,
            Forgets: true); // one key speaks for many users there, and the history is the client's own
        // To the end, whether or not the client waits: a run that nobody knows of could not be cancelled.
        var created = await session.Ask(grain => grain.Create(create), CancellationToken.None);
        if (created.Status is not SessionStatus.Done)
            return (null, created.Status is SessionStatus.KeyReused ? KeyReused : OpenAiCodes.UnknownModel(request.Model));
        var send = new SendMessage(
            caller.KeyId, request.Conversation.Question, Agent: null, OnBusy.Reject, own, request.Fingerprint);
        var sent = await session.Ask(grain => grain.Send(send), CancellationToken.None);
        return sent.Status switch
        {
            SendStatus.Accepted => (new ChatRun(index, id, sent.RunId!, sent.Seq), null),
            SendStatus.OverBudget => (null, RunFailures.OverBudget),
            SendStatus.KeyReused => (null, KeyReused),
            SendStatus.NoAgent or SendStatus.UnknownAgent => (null, OpenAiCodes.UnknownModel(request.Model)),
            SendStatus.Busy or SendStatus.QueueFull => (null, new Problem(ProblemCodes.SessionBusy)),
            _ => (null, RunFailures.Gone),
        };
    }

    private async IAsyncEnumerable<IReadOnlyList<ChoiceNews>> Follow(
        ChatRun run, Choice choice, Caller caller, [EnumeratorCancellation] CancellationToken left)
    {
        await foreach (var items in streams.Follow(new(caller.Tenant, run.Journal, run.RunId, run.After, Head: 0), left))
        {
            if (choice.Take(items) is { Count: > 0 } news)
                yield return news;
            if (choice.IsOver)
                yield break;
        }
        if (!left.IsCancellationRequested && choice.End() is { } end)
            yield return [end];
    }

    private static Problem KeyReused =>
        new(ProblemCodes.IdempotencyKeyReused, "The Idempotency-Key was used with another request.");

    [LoggerMessage(Level = LogLevel.Warning, Message = "{RunId} could not be cancelled; it goes on to its end unseen")]
    private partial void LogNotCancelled(Exception failure, string runId);
}
