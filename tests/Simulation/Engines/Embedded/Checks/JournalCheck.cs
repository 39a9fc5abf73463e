using Colloquy.Agents;
using Colloquy.Journals;
using Colloquy.Sessions;
using static Colloquy.Simulated.BrokenPromiseException;

namespace Colloquy.Simulated;

/// <summary>A message that a client was told is accepted.</summary>
internal sealed record Acknowledged(string Session, string Run, string Content);

/// <summary>Reads one journal to its end and says what does not hold.</summary>
internal sealed class JournalCheck
{
    private static readonly string[] _ends =
        ["run.completed", "run.failed", "run.cancelled", "run.expired", "run.budget_exhausted"];

    private readonly string _name;
    private readonly List<(string Type, string? Run, SessionEvent Event)> _events;

    public JournalCheck(string name, IReadOnlyList<JournalLine> lines)
    {
        _name = name;
        _events = [.. JournalLines.Of<SessionEvent>(name, lines)];
    }

    public SessionState Replayed => _events.Aggregate(SessionState.Empty, (state, one) => state.Apply(one.Event));

    public IEnumerable<T> All<T>() => _events.Select(one => one.Event).OfType<T>();

    /// <summary>What happened in one run, in order.</summary>
    public List<SessionEvent> Of(string run) => [.. _events.Where(one => one.Run == run).Select(one => one.Event)];

    public static bool IsEnd(string type) => _ends.Contains(type, StringComparer.Ordinal);

    public void Holds(IReadOnlyList<Acknowledged> acknowledged, Outside outside)
    {
        HasEveryMessageOnce(acknowledged);
        EndsEveryRunOnce();
        HasATreeWithoutHoles();
        HasAnIntentForEveryResult(outside);
        NeverMixesAttempts();
    }

    private void HasEveryMessageOnce(IReadOnlyList<Acknowledged> acknowledged)
    {
        var accepted = All<MessageAccepted>().ToList();
        foreach (var one in acknowledged.Where(one => one.Session == _name))
        {
            var found = accepted.Where(message => message.Content == one.Content).ToList();
            Unless(found.Count == 1, $"I1: '{Short(one.Content)}' was acknowledged and stands {found.Count} times in {_name}");
            Unless(found[0].RunId == one.Run, $"I1: '{Short(one.Content)}' was acknowledged as {one.Run} and is {found[0].RunId}");
        }
        var twice = accepted.GroupBy(message => message.Content).FirstOrDefault(group => group.Count() > 1);
        Unless(twice is null, $"I1: '{Short(twice?.Key ?? "")}' stands {twice?.Count()} times in {_name}");
    }

    private void EndsEveryRunOnce()
    {
        foreach (var run in All<RunAccepted>().Select(accepted => accepted.RunId))
        {
            var own = _events.Where(one => one.Run == run).ToList();
            var ends = own.Count(one => IsEnd(one.Type));
            Unless(ends == 1, $"I2: {run} has {ends} ends");
            Unless(IsEnd(own[^1].Type), $"I9: {own[^1].Type} after the end of {run}");
            Unless(own.Count(one => one.Event is MessageCompleted) == 1, $"I2: {run} has not one answer");
        }
    }

    private void HasATreeWithoutHoles()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var root = All<SessionCreated>().SingleOrDefault()?.ForkedFrom?.MessageId;
        foreach (var (_, _, @event) in _events)
        {
            var (id, parent) = @event switch
            {
                MessageAccepted e => (e.MessageId, e.ParentId),
                MessageCompleted e => (e.MessageId, e.ParentId),
                _ => (null, null),
            };
            if (id is null)
                continue;
            // A question in line follows an answer that is still to come: its id is known, and its run's end proves it came.
            Unless(parent == root || parent is null || known.Contains(parent) || known.Contains(parent[..^1] + "q"),
                $"{id} follows {parent}, which is no message of {_name}");
            Unless(known.Add(id), $"{id} stands twice in {_name}");
        }
    }

    private void HasAnIntentForEveryResult(Outside outside)
    {
        var intents = new HashSet<string>(StringComparer.Ordinal);
        var results = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, _, @event) in _events)
        {
            if (@event is ToolCalled called)
                Unless(intents.Add(called.CallId), $"I5: {called.CallId} was begun twice");
            if (@event is ToolCompleted or ToolFailed)
            {
                var id = @event is ToolCompleted done ? done.CallId : ((ToolFailed)@event).CallId;
                Unless(intents.Contains(id), $"I5: {id} has a result and no intent");
                Unless(results.Add(id), $"I5: {id} has two results");
            }
        }
        var own = outside.Effects.Keys.Concat(outside.OpaqueCalls.Keys)
            .Where(step => SessionIds.TryParseRun(step[..step.LastIndexOf('.')], out var session, out _)
                && _name.EndsWith(session, StringComparison.Ordinal));
        foreach (var step in own)
            Unless(intents.Contains(step), $"I5: {step} was done and never journaled");
    }

    private void NeverMixesAttempts()
    {
        foreach (var answer in All<MessageCompleted>().Where(answer => answer.Agent != AgentIds.Panel)) // that one tells a panel's outcome
            Unless(answer.Finish == Finish.Completed ? Words.IsWhole(answer.Content) : Words.IsBeginning(answer.Content),
                $"I4: the answer {answer.MessageId} ({answer.Finish}) mixes attempts: {answer.Content}");
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60];
}
