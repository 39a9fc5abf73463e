namespace Colloquy.Runs;

/// <summary>What models counted for a run.</summary>
[GenerateSerializer, Alias("run.usage"), Immutable]
public sealed record Usage(long InputTokens, long OutputTokens)
{
    public static readonly Usage None = new(0, 0);

    public long TotalTokens => InputTokens + OutputTokens;

    public static Usage operator +(Usage left, Usage right) =>
        new(left.InputTokens + right.InputTokens, left.OutputTokens + right.OutputTokens);
}

/// <summary>Why a run failed: a stable code for programs, and a sentence for people.</summary>
[GenerateSerializer, Alias("run.error"), Immutable]
public sealed record RunError(string Code, string Message);

/// <summary>How far a run of many parts has come.</summary>
/// <param name="Done">Parts that were looked at, with those that were skipped and those that failed.</param>
/// <param name="Total">All parts; null while nobody knows.</param>
/// <param name="Skipped">Parts in which nothing had changed.</param>
/// <param name="Chunks">Chunks that were indexed.</param>
[GenerateSerializer, Alias("run.progress"), Immutable]
public sealed record RunProgress(long Done, long? Total, long Skipped, long Failed, long Chunks);

/// <param name="Kind"><c>chat</c>, <c>ingest</c> or <c>panel</c>.</param>
/// <param name="Status"><c>queued</c>, <c>running</c>, <c>completed</c>, <c>failed</c>, <c>cancelled</c>, <c>expired</c> or
/// <c>budget_exhausted</c>.</param>
/// <param name="MessageId">The question.</param>
/// <param name="AnswerId">The answer: fixed when the run is accepted.</param>
[GenerateSerializer, Alias("run.view"), Immutable]
public sealed record RunView(
    string Id, string Kind, string Status, string SessionId, string MessageId, string AnswerId, string? Agent, int AgentVersion,
    Usage Usage, RunError? Error, string? Reason, long Seq, DateTimeOffset AcceptedAt, DateTimeOffset? EndedAt,
    RunProgress? Progress = null, string? Collection = null, string? Panel = null);
