using System.Text.Json.Serialization;
using Colloquy.Journals;
using Colloquy.Runs;

namespace Colloquy.Knowledge.Ingest;

/// <summary>All that an ingest must remember between two inputs.</summary>
internal sealed record IngestState : IJournaled<IngestState, IngestEvent>
{
    public static IngestState Empty { get; } = new();

    /// <summary>The sequence number of the last event.</summary>
    public long Seq { get; init; }

    public string? Collection { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public string? RunId { get; init; }

    /// <summary>The sequence number of the run's first event.</summary>
    public long RunSeq { get; init; }

    public DateTimeOffset? Since { get; init; }
    public string Author { get; init; } = "";
    public string Fingerprint { get; init; } = "";
    public int Documents { get; init; }
    public int? Reindexes { get; init; }
    public DateTimeOffset AcceptedAt { get; init; }
    public int Total { get; init; }
    public int Done { get; init; }
    public int Skipped { get; init; }
    public int Failed { get; init; }
    public int FailuresTold { get; init; }
    public long Chunks { get; init; }
    public string? After { get; init; }

    /// <summary>The last attempt that came any further.</summary>
    public long ProgressEpoch { get; init; }

    public string Status { get; init; } = "";
    public RunError? Error { get; init; }
    public string? Reason { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    [JsonIgnore]
    public bool IsRunning => RunId is not null && EndedAt is null;

    public IngestState Apply(IngestEvent @event) => Moved(@event) with { Seq = Seq + 1 };

    private IngestState Moved(IngestEvent @event) => @event switch
    {
        IngestOpened e => this with { Collection = e.Collection, OpenedAt = e.At },
        IngestAccepted e => this with
        {
            Collection = e.Collection, RunId = e.RunId, RunSeq = Seq + 1, Since = e.Since, Author = e.Author,
                Fingerprint = e.Fingerprint,
            Documents = e.Documents, Reindexes = e.Reindexes, AcceptedAt = e.At, Status = "queued", Total = e.Documents,
        },
        IngestStarted e => this with { Status = "running", ProgressEpoch = e.Epoch },
        IngestProgressed e => this with
        {
            Done = e.Done, Total = e.Total, Skipped = e.Skipped, Failed = e.Failed, Chunks = e.Chunks, After = e.After,
                ProgressEpoch = e.Epoch,
        },
        DocumentFailed => this with { FailuresTold = FailuresTold + 1 },
        IngestCompleted e => this with { Status = "completed", EndedAt = e.At },
        IngestFailed e => this with { Status = "failed", Error = e.Error, EndedAt = e.At },
        IngestCancelled e => this with { Status = "cancelled", Reason = e.Reason, EndedAt = e.At },
        _ => this,
    };

    public RunView? View() => RunId is null ? null : new(
        RunId, "ingest", Status, "", "", "", null, 0, Usage.None, Error, Reason, RunSeq, AcceptedAt, EndedAt,
        new(Done, Reindexes is null || Done > 0 ? Total : null, Skipped, Failed, Chunks), Collection);
}
