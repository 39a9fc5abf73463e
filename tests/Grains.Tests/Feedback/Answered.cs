using System.Collections.Immutable;
using Colloquy.Doubles;
using Colloquy.Feedback;
using Colloquy.Journals;
using Colloquy.Knowledge;
using Colloquy.Runs;
using Colloquy.Selection;
using Colloquy.Sessions;
using Colloquy.Tenants;

namespace Colloquy.Tests.Feedback;

/// <summary>A session's journal with one answered question.</summary>
internal sealed class Answered
{
    private static readonly DateTimeOffset _at = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly List<ReadOnlyMemory<byte>> _lines = [];
    private string _hash = JournalChain.Origin;

    public static readonly string Session = SessionIds.Session("acme", "answered");

    public static readonly string Run = SessionIds.Run(Session, 1);

    public static readonly FeedbackTarget Message = new(FeedbackTypes.Message, SessionIds.Answer(Session, 1));
    public static readonly FeedbackTarget Citation = new(FeedbackTypes.Citation, SessionIds.Answer(Session, 1), "2");
    public static readonly FeedbackTarget Call = new(FeedbackTypes.ToolCall, $"{Run}.t1");
    public static readonly FeedbackTarget Selection = new(FeedbackTypes.Selection, Run);

    /// <summary>Writes it for a tenant: by the expert, of this confidence, who was selected or named.</summary>
    public static async Task In(
        MemoryJournalStore store, string tenant, double value = 0.8, double? uncalibrated = null, bool selected = false)
    {
        var (question, answer) = (SessionIds.Question(Session, 1), SessionIds.Answer(Session, 1));
        var signals = ImmutableSortedDictionary<string, double>.Empty;
        var written = new Answered().Add(new MessageAccepted(_at, Run, question, null, "key", "Why is it so?"))
            .Add(new RunAccepted(_at, Run, question, answer, "expert", 1, false, 0));
        if (selected)
            written.AddLine(new
            {
                type = "agent.selected", at = _at, runId = Run, agent = "expert", agentVersion = 1,
                selection = new AgentSelection(
                    "several", ["expert", "other"],
                    [new("expert", 0.7, signals.Add("words", 1)), new("other", 0.6, signals)], 0.1, "ranker", [], null, 0),
            });
        written.Add(new RunStarted(_at, Run, question, answer, "expert", 1, 1))
            .Add(new ToolCalled(_at, Run, $"{Run}.t1", "lookup", "{}", "m1"))
            .Add(new MessageCompleted(
                _at, Run, answer, question, "expert", "So. [2]", [new(2, "d", "D", "So.", 0, 3, "supported")],
                new(value, "high", uncalibrated is not null, uncalibrated is { } raw ? signals.Add("uncalibrated", raw) : signals),
                "completed", "model"))
            .Add(new RunCompleted(_at, Run, Usage.None));
        var journal = TenantKey.For(tenant, Session);
        var claim = await store.Claim(journal, CancellationToken.None);
        await store.Append(
            new() { Journal = journal, Epoch = claim.Epoch, Head = claim.Head, Lines = written._lines }, CancellationToken.None);
    }

    private Answered Add(SessionEvent @event) => AddLine(@event);

    private Answered AddLine<T>(T @event)
    {
        (var line, _hash) = JournalChain.Link(@event, _lines.Count + 1, _hash);
        _lines.Add(line);
        return this;
    }
}
