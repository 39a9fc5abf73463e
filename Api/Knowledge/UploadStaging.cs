using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Colloquy.Hosting;
using Colloquy.Problems;
using Colloquy.Runs;
using Colloquy.Tenants;

namespace Colloquy.Knowledge;

/// <summary>Hands documents over in batches as they come in, so that an upload of any size needs the memory of one batch; then
/// begins the run. Under one idempotency key it is one ingest, however often it is sent.</summary>
internal sealed class UploadStaging(string collection, OperationKey operation, Caller caller, GrainCalls calls,
    CancellationToken cancellation)
    : IDisposable
{
    /// <summary>Bytes of a document.</summary>
    public const int DocumentBytesMax = 10 * 1024 * 1024;

    private const int BatchMax = 64;
    private const int BatchBytesMax = 4 * 1024 * 1024;

    private readonly GrainCall<IIngestGrain> _ingest = calls.Ingest(caller.Tenant, RunIds.Ingest(caller.Tenant, operation.Value));
    private readonly IncrementalHash _print = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<DocumentUpload> _batch = [];
    private int _bytes;
    private int _staged;
    private bool _isClosed;

    /// <summary>Takes one more document. A refusal ends the upload.</summary>
    public async Task<Problem?> Add(DocumentBody document)
    {
        if (document.Check() is { } wrong)
            return wrong;
        var upload = document.ToUpload();
        if (upload.Content.Length > DocumentBytesMax)
            return new(ProblemCodes.ContentTooLarge, $"A document has at most {DocumentBytesMax} bytes.");
        _print.AppendData(JsonSerializer.SerializeToUtf8Bytes(upload, ApiJson.Default));
        _batch.Add(upload);
        _bytes += upload.Content.Length;
        return _batch.Count >= BatchMax || _bytes >= BatchBytesMax ? await Flush() : null;
    }

    /// <summary>Begins the run over all that was taken.</summary>
    public async Task<IResult> Begin()
    {
        if (await Flush() is { } refused)
            return refused;
        if (_staged == 0)
            return Problem.Of(ProblemCodes.InvalidValue, "documents", "At least one document.");
        var fingerprint = Convert.ToHexStringLower(_print.GetHashAndReset());
        var result = await _ingest.Ask(
            ingest => ingest.Begin(new(caller.KeyId, collection, _staged, null, fingerprint)), cancellation);
        return Refusal(result.Status) is { } problem ? problem : TypedResults.Accepted($"/v1/runs/{result.RunId}",
            new UploadAccepted(result.RunId!, $"/v1/runs/{result.RunId}/events", _staged));
    }

    public void Dispose() => _print.Dispose();

    private async Task<Problem?> Flush()
    {
        if (_batch.Count == 0)
            return null;
        ImmutableArray<DocumentUpload> uploads = [.. _batch];
        // After the run has begun this is a repeat: what it was is told by its fingerprint.
        var status = _isClosed ? IngestStatus.Done
            : await _ingest.Ask(ingest => ingest.Stage(collection, _staged, uploads), cancellation);
        _isClosed |= status is IngestStatus.Closed;
        _staged += uploads.Length;
        _batch.Clear();
        _bytes = 0;
        return status is IngestStatus.Closed ? null : Refusal(status);
    }

    private static Problem? Refusal(IngestStatus status) => status switch
    {
        IngestStatus.Done => null,
        IngestStatus.BuiltIn => new(ProblemCodes.CollectionBuiltIn),
        IngestStatus.KeyReused => new(ProblemCodes.IdempotencyKeyReused, "It began an upload of other documents."),
        IngestStatus.TooMany => new(ProblemCodes.LimitReached, "An upload has at most 100000 documents."),
        _ => new(ProblemCodes.CollectionNotFound),
    };
}
