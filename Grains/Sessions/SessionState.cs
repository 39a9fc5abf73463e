using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Colloquy.Agents;
using Colloquy.Journals;
using Colloquy.Kernel;
using Colloquy.Models;

namespace Colloquy.Sessions;

/// <summary>A run that has not ended.</summary>
/// <param name="QuestionSeq">Where the question stands in the journal.</param>
/// <param name="ParentId">The message that the question follows.</param>
/// <param name="Question">The question, clipped to <see cref="SessionLimits.ExchangeCharacters"/>: the journal has it whole.</param>
/// <param name="StartEpoch">The epoch in which it began; 0 while it waits.</param>
/// <param name="Calls">Tool calls so far: their ids count on from here.</param>
/// <param name="Returns">How many of them have a result. Results come in the order of the calls.</param>
/// <param name="Reserved">Tokens that were set aside when it was accepted.</param>
/// <param name="Margin">How clearly its agent was selected; null if it was named.</param>
/// <param name="Reply">What the service answers in the place of an agent, or null.</param>
/// <param name="Overrides">The automatic choice that the user set aside with it, or null.</param>
/// <param name="Panel">The panel that is to answer, or null.</param>
/// <param name="PanelId">That panel, once it has been convened.</param>
public sealed record RunState(
    string Id, long QuestionSeq, string QuestionId, string? ParentId, string AnswerId, string Question, string Author, string Agent,
    int AgentVersion, DateTimeOffset AcceptedAt, DateTimeOffset? StartedAt = null, long StartEpoch = 0, int Calls = 0, int Returns = 0,
    long Reserved = 0, double? Margin = null, string? Reply = null, SelectedAgent? Overrides = null,
    SessionPanel? Panel = null, string? PanelId = null);

/// <summary>Whom selection chose, and for which run.</summary>
public sealed record SelectedAgent(string RunId, string Agent);

/// <summary>All that a session must remember between two inputs. Its size has a bound, whatever the session's length.</summary>
public sealed record SessionState : IJournaled<SessionState, SessionEvent>
{
    public static SessionState Empty { get; } = new();

    /// <summary>The sequence number of the last event.</summary>
    public long Seq { get; init; }

    public string? Id { get; init; }
    public string Owner { get; init; } = "";
    public string Title { get; init; } = "";
    public string? Agent { get; init; }
    public SessionMode Mode { get; init; } = SessionMode.Manual;
    public string? Tier { get; init; }
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
    public string? Instructions { get; init; }
    public bool IsListed { get; init; } = true;

    /// <summary>True leaves memory alone.</summary>
    public bool? Forgets { get; init; }
    public string Fingerprint { get; init; } = "";
    public ForkOrigin? ForkedFrom { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The message that the next one follows once nothing runs or waits.</summary>
    public string? Head { get; init; }

    /// <summary>What was said before the window.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The last exchanges on the path to <see cref="Head"/>, oldest first.</summary>
    public ImmutableArray<Exchange> Window { get; init; } = [];

    /// <summary>The last automatic choice, until somebody is named by hand.</summary>
    public SelectedAgent? LastSelected { get; init; }

    public RunState? Running { get; init; }
    public ImmutableArray<RunState> Waiting { get; init; } = [];

    [JsonIgnore]
    public bool Exists => Id is not null;

    [JsonIgnore]
    public bool HasOpenWork => Running is not null || !Waiting.IsEmpty;

    /// <summary>The message that a new one follows, behind everything that is still to be answered.</summary>
    [JsonIgnore]
    public string? Tail => Waiting.IsEmpty ? Running?.AnswerId ?? Head : Waiting[^1].AnswerId;

    public RunState? Find(string runId) =>
        Running?.Id == runId ? Running : Waiting.FirstOrDefault(run => run.Id == runId);

    public SessionState Apply(SessionEvent @event) => Fold(@event) with { Seq = Seq + 1 };

    private SessionState Fold(SessionEvent @event) => @event switch
    {
        SessionCreated e => Empty with
        {
            Id = e.SessionId, Owner = e.Owner, Title = e.Title, Agent = e.Agent, Mode = e.Mode, Tier = e.Tier, Metadata = e.Metadata,
            Instructions = e.Instructions, Window = Bounded([.. e.History.Select(Clipped)]), Summary = e.Summary, ForkedFrom = e.ForkedFrom,
            Head = e.ForkedFrom?.MessageId, IsListed = e.IsListed, Forgets = e.Forgets, Fingerprint = e.Fingerprint,
            CreatedAt = e.At, UpdatedAt = e.At, Seq = Seq,
        },
        SessionChanged e => this with
        {
            Title = e.Title ?? Title, Agent = e.Agent ?? Agent, Metadata = e.Metadata ?? Metadata, UpdatedAt = e.At,
        },
        ContextSummarised e => this with { Summary = e.Text, Window = After(e.Through) },
        MessageAccepted e => this with
        {
            UpdatedAt = e.At,
            Waiting = Waiting.Add(new(e.RunId, Seq + 1, e.MessageId, e.ParentId, "", Clip(e.Content), e.Author, "", 0, e.At)),
        },
        RunAccepted e when Waiting is [.., var last] && last.Id == e.RunId => this with
        {
            LastSelected = e.Agent == AgentIds.Auto ? LastSelected : null,
            Waiting = Waiting.SetItem(Waiting.Length - 1, last with
            {
                AnswerId = e.AnswerId, Agent = e.Agent, AgentVersion = e.AgentVersion, Reserved = e.Reserved, Panel = e.Panel,
            }),
        },
        RunStarted e when Waiting.FirstOrDefault(run => run.Id == e.RunId) is { } next => this with
        {
            Running = next with { StartedAt = e.At, StartEpoch = e.Epoch }, Waiting = Waiting.Remove(next),
        },
        AgentSelected e when Running?.Id == e.RunId => this with
        {
            Running = Running with
            {
                Agent = e.Agent ?? Running.Agent, AgentVersion = e.AgentVersion, Margin = e.Selection.Margin, Reply = e.Reply,
                Panel = e.Panel,
            },
            LastSelected = e is { Agent: { } chosen, Panel: null } ? new(e.RunId, chosen) : LastSelected,
        },
        PanelOpened e when Running?.Id == e.RunId => this with { Running = Running with { PanelId = e.PanelId } },
        SelectionOverridden e when Waiting is [.., var last] && last.Id == e.RunId => this with
        {
            Waiting = Waiting.SetItem(Waiting.Length - 1, last with { Overrides = new(e.SelectedRun, e.Chosen) }),
        },
        ToolCalled e when Running?.Id == e.RunId => this with { Running = Running with { Calls = Running.Calls + 1 } },
        ToolCompleted e when Running?.Id == e.RunId => this with { Running = Running with { Returns = Running.Returns + 1 } },
        ToolFailed e when Running?.Id == e.RunId => this with { Running = Running with { Returns = Running.Returns + 1 } },
        MessageCompleted e => Answered(e),
        RunCompleted e => Ended(e.RunId),
        RunFailed e => Ended(e.RunId),
        RunCancelled e => Ended(e.RunId),
        RunExpired e => Ended(e.RunId),
        RunBudgetExhausted e => Ended(e.RunId),
        // From a newer silo, or of a run that began before the stretch of journal that is read: it moves nothing.
        _ => this,
    };

    private SessionState Answered(MessageCompleted e)
    {
        var run = Find(e.RunId);
        if (e.Finish == Finish.RolledBack)
            return this with { Head = run?.ParentId };
        return this with
        {
            Head = e.MessageId,
            UpdatedAt = e.At,
            Window = run is null || e.Content.Length == 0 ? Window
                : Bounded(Window.Add(new(e.MessageId, run.Question, Clip(e.Content)))),
        };
    }

    private SessionState Ended(string runId) => this with
    {
        Running = Running?.Id == runId ? null : Running,
        Waiting = Waiting.RemoveAll(run => run.Id == runId),
    };

    private ImmutableArray<Exchange> After(string through)
    {
        var last = Window.ToList().FindIndex(exchange => exchange.MessageId == through);
        return Window.RemoveRange(0, last + 1);
    }

    /// <summary>Twice the tokens that a prompt takes is the most that is kept: a summary that fails must not let it grow.</summary>
    private static ImmutableArray<Exchange> Bounded(ImmutableArray<Exchange> window)
    {
        var (kept, tokens) = (0, 0);
        while (kept < window.Length && kept < SessionLimits.WindowExchanges)
        {
            var exchange = window[window.Length - 1 - kept];
            tokens += TokenEstimate.Of(exchange.Question) + TokenEstimate.Of(exchange.Answer);
            if (kept > 0 && tokens > 2 * SessionLimits.WindowTokens)
                break;
            kept++;
        }
        return window.RemoveRange(0, window.Length - kept);
    }

    private static Exchange Clipped(Exchange exchange) =>
        exchange with { Question = Clip(exchange.Question), Answer = Clip(exchange.Answer) };

    /// <summary>The beginning and the end of a long text: what it is about stands there.</summary>
    internal static string Clip(string text)
    {
        const int Half = SessionLimits.ExchangeCharacters / 2;
        return text.Length <= SessionLimits.ExchangeCharacters ? text : $"{Texts.First(text, Half)} … {Texts.Last(text, Half)}";
    }
}

/// <summary>How an answer ended: literals of the wire.</summary>
internal static class Finish
{
    public const string Completed = "completed";
    public const string Cancelled = "cancelled";
    public const string Failed = "failed";
    public const string Expired = "expired";
    public const string RolledBack = "rolled_back";
    public const string BudgetExhausted = "budget_exhausted";
}
