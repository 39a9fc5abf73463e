using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Agents;
using Colloquy.Journals;
using Colloquy.Runs;
using Colloquy.Sessions;

namespace Colloquy.Tests.Sessions;

/// <summary>A session as the protocol sees it, with everything that happened to it.</summary>
internal sealed class Talk
{
    public static readonly string Id = SessionIds.Session("acme", "talk");

    public static readonly AgentProfile Expert =
        new("expert", "Expert", "", "You are an expert.", [], [], [], [], [], null, 0, 100, 3);

    private static readonly DateTimeOffset _start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private int _operations;

    public SessionState State { get; private set; } = SessionState.Empty;

    public List<SessionEvent> Events { get; } = [];

    /// <summary>What the last input did.</summary>
    public SessionStep Last { get; private set; } = SessionStep.From(SessionState.Empty);

    public DateTimeOffset Now { get; private set; } = _start;

    public string Running => State.Running!.Id;

    public static Talk Begun() => new Talk().Takes(at => new SessionInput.Create(at, Id, Command()));

    public static CreateSession Command(ImmutableArray<Exchange>? history = null) => new(
        "key", "Title", "expert", SessionMode.Manual, null, ImmutableSortedDictionary<string, string>.Empty, null, history ?? [], null,
        true, "print");

    public static string Json(SessionState state) => JsonSerializer.Serialize(state, JournalJson.Options);

    public Talk Takes(Func<DateTimeOffset, SessionInput> input)
    {
        Now += TimeSpan.FromSeconds(1);
        Last = SessionProtocol.Decide(State, input(Now));
        Events.AddRange(Last.Events);
        State = Last.State;
        return this;
    }

    public Talk Asks(string question, OnBusy onBusy = OnBusy.Enqueue, string written = "") => Takes(at => new SessionInput.Send(
        at, 1, new("key", question, null, onBusy, $"op{++_operations}", "print"), Expert, 120, written));

    public Talk Answers(string answer, NewSummary? summary = null) => Ends(Finish.Completed, answer, null, summary);

    public Talk Ends(string finish, string text, RunError? error = null, NewSummary? summary = null) =>
        EndsRun(Running, finish, text, error, summary);

    public Talk EndsRun(string run, string finish, string text, RunError? error = null, NewSummary? summary = null) =>
        Takes(at => new SessionInput.Write(at, 1, run, new(finish, text, [], [], null, new(10, 5), "model", error, summary)));

    public Talk Cancels(string run, string written = "") => Takes(at => new SessionInput.Cancel(at, 1, run, written));

    public Talk Calls(params string[] tools) => Takes(at => new SessionInput.Call(
        at, Running, [.. tools.Select(tool => new RequestedCall(tool, "{}", $"model-{tool}"))]));

    public Talk Returns(params CallResult[] results) => Takes(at => new SessionInput.Return(at, Running, [.. results]));

    public Talk Waits(TimeSpan time)
    {
        Now += time;
        return Takes(at => new SessionInput.Tick(at, 1, "so far"));
    }

    public IEnumerable<T> All<T>() => Events.OfType<T>();

    /// <summary>The session as a fresh activation folds it from the spelled journal.</summary>
    public SessionState Replayed() => Fold(SessionState.Empty, Lines());

    public static SessionState Fold(SessionState state, IEnumerable<byte[]> lines) => lines.Aggregate(
        state, (folded, line) => folded.Apply(JsonSerializer.Deserialize<SessionEvent>(line, JournalJson.Options)!));

    /// <summary>The journal's lines.</summary>
    public List<byte[]> Lines()
    {
        var (lines, hash) = (new List<byte[]>(), JournalChain.Origin);
        foreach (var @event in Events)
        {
            (var line, hash) = JournalChain.Link(@event, lines.Count + 1, hash);
            lines.Add(line);
        }
        return lines;
    }
}
