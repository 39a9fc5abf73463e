using System.Text.Json.Serialization;
using Colloquy.Runs;

namespace Colloquy.Knowledge.Ingest;

/// <summary>
/// What happened in an ingest. Journal and event stream speak this vocabulary: the names are literals, on disk and on the wire for
/// ever, and members are only ever added.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(IngestOpened), "ingest.opened")]
[JsonDerivedType(typeof(IngestAccepted), "run.accepted")]
[JsonDerivedType(typeof(IngestStarted), "run.started")]
[JsonDerivedType(typeof(IngestProgressed), "ingest.progress")]
[JsonDerivedType(typeof(DocumentFailed), "document.failed")]
[JsonDerivedType(typeof(IngestCompleted), "run.completed")]
[JsonDerivedType(typeof(IngestFailed), "run.failed")]
[JsonDerivedType(typeof(IngestCancelled), "run.cancelled")]
internal record IngestEvent(DateTimeOffset At); // not abstract: a newer silo's event reads as this, and moves nothing

/// <summary>Documents begin to be handed over: if no run begins, they are thrown away again.</summary>
internal sealed record IngestOpened(DateTimeOffset At, string Collection) : IngestEvent(At);

/// <param name="Since">When the collection was created: one that comes later under its name is another.</param>
/// <param name="Documents">How many were handed over.</param>
/// <param name="Reindexes">The generation that is built from stored documents, or null for an upload.</param>
internal sealed record IngestAccepted(
    DateTimeOffset At, string RunId, string Kind, string Collection, DateTimeOffset? Since, string Author, int Documents,
        int? Reindexes,
    string Fingerprint) : IngestEvent(At);

internal sealed record IngestStarted(DateTimeOffset At, string RunId, long Epoch) : IngestEvent(At);

/// <param name="Done">Documents that were looked at, with those that were skipped and those that failed.</param>
/// <param name="Total">All of them; what a collection holds may change while it is indexed anew.</param>
/// <param name="Skipped">Documents that stand in the collection as they are.</param>
/// <param name="After">The last stored document that was indexed anew.</param>
/// <param name="Epoch">The attempt that came so far.</param>
internal sealed record IngestProgressed(
    DateTimeOffset At, string RunId, int Done, int Total, int Skipped, int Failed, long Chunks, string? After, long Epoch)
    : IngestEvent(At);

internal sealed record DocumentFailed(DateTimeOffset At, string RunId, string Document, string Code, string Message)
    : IngestEvent(At);

internal sealed record IngestCompleted(DateTimeOffset At, string RunId) : IngestEvent(At);

internal sealed record IngestFailed(DateTimeOffset At, string RunId, RunError Error) : IngestEvent(At);

/// <param name="Reason"><c>requested</c>.</param>
internal sealed record IngestCancelled(DateTimeOffset At, string RunId, string Reason) : IngestEvent(At);
