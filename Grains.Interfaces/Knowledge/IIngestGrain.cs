using System.Collections.Immutable;
using Colloquy.Runs;

namespace Colloquy.Knowledge;

/// <summary>
/// One ingest, keyed by <c>{tenant}/ing_…</c>: a run with a journal of its own. Documents are handed over in parts, then the run is
/// accepted; from then on it needs no caller, survives crashes, and ends in exactly one terminal event.
/// </summary>
[Alias("ingest")]
public interface IIngestGrain : IWatched
{
    /// <summary>Hands over documents, counted on from <paramref name="first"/>. Durable on return; a repeat changes nothing, and
    /// after <see cref="Begin"/> nothing is taken any more.</summary>
    [Alias("stage")]
    Task<IngestStatus> Stage(string collection, int first, ImmutableArray<DocumentUpload> uploads);

    /// <summary>Accepts the run over what was staged. Durable on return; a repeat answers the same run, with another fingerprint
    /// it is refused.</summary>
    [Alias("begin")]
    Task<IngestResult> Begin(BeginIngest command);

    /// <summary>Ends the run; what it has ingested stays.</summary>
    [Alias("cancel")]
    Task<RunView?> Cancel();

    [Alias("run"), AlwaysInterleave]
    Task<RunView?> Run();
}

/// <param name="Count">Documents that were staged; 0 with <paramref name="Reindexes"/>.</param>
/// <param name="Reindexes">A generation that all documents of the collection are indexed into, or null for an upload.</param>
[GenerateSerializer, Alias("ingest.begin"), Immutable]
public sealed record BeginIngest(string Author, string Collection, int Count, int? Reindexes, string Fingerprint);

[GenerateSerializer, Alias("ingest.status")]
public enum IngestStatus { Done, UnknownCollection, BuiltIn, KeyReused, TooMany, Closed }

/// <param name="Seq">The sequence number before the run's first event.</param>
[GenerateSerializer, Alias("ingest.result"), Immutable]
public sealed record IngestResult(IngestStatus Status, string? RunId = null, long Seq = 0);
