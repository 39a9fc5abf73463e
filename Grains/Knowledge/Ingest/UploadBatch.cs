using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Colloquy.Journals;
using Colloquy.Knowledge.Collections;
using Colloquy.Tenants;

namespace Colloquy.Knowledge.Ingest;

/// <summary>Takes uploads in: reads them, leaves out what has not changed, and has the others written. Counts what became of
/// each; a repeat of what this run has written before counts as it did then.</summary>
internal sealed class UploadBatch(KnowledgePorts ports, IGrainFactory grains, string tenant, IngestState state)
{
    private const int PlansMax = 8;

    private readonly List<FailedDocument> _failures = [];
    private int _skipped;
    private long _chunks;
    private long? _room;

    private string Collection => state.Collection!;

    private ICollectionWriter Writer => grains.GetGrain<ICollectionWriter>(TenantKey.For(tenant, Collection));

    public IngestPart Part(int from, int documents, bool isLast) =>
        new(from, documents, _skipped, _chunks, [.. _failures], null, state.Documents, isLast);

    public async Task Write(IReadOnlyList<DocumentUpload> uploads, CancellationToken cancellation)
    {
        var waiting = new Dictionary<string, StoredDocument>(StringComparer.Ordinal);
        var chunks = 0;
        foreach (var upload in uploads)
        {
            await Task.Yield(); // reading may be long, and the lease must be renewed
            if (await Changed(upload, cancellation) is not { } document)
                continue;
            waiting[document.Id] = document; // of two with one id the later stays
            if ((chunks += document.Text.Length / Chunks.CharactersMax) < KnowledgeLimits.BatchChunks)
                continue;
            await Write(waiting, cancellation);
            chunks = 0;
        }
        await Write(waiting, cancellation);
    }

    /// <summary>SHA-256 over all that makes a stored document: lower-case hex.</summary>
    public static string HashOf(DocumentUpload upload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(
            $"{upload.MediaType}\n{JsonSerializer.Serialize(upload.Title)}\n"
            + $"{JsonSerializer.Serialize(upload.Fields, JournalJson.Options)}\n"));
        hash.AppendData(upload.Content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The id of a document that was given none: it follows from the content.</summary>
    public static string IdOf(DocumentUpload upload) =>
        upload.Id ?? "doc_" + Convert.ToHexStringLower(SHA256.HashData(upload.Content))[..32];

    private async Task<StoredDocument?> Changed(DocumentUpload upload, CancellationToken cancellation)
    {
        var (id, hash) = (IdOf(upload), HashOf(upload));
        var stored = await ports.Documents.Find(tenant, Collection, id, cancellation);
        if (stored?.Hash == hash)
        {
            var isOurs = stored.IngestedAt >= state.AcceptedAt; // by an earlier try of this part
            _skipped += isOurs ? 0 : 1;
            _chunks += isOurs ? stored.Chunks : 0;
            return null;
        }
        try
        {
            if (stored is null && (_room ??= await Room(cancellation)) <= 0)
                throw new DocumentUnreadableException(
                    DocumentCodes.CollectionFull, $"A collection has at most {KnowledgeLimits.Documents} documents.");
            var read = ports.Readers.Read(upload.MediaType, upload.Content);
            _room -= stored is null ? 1 : 0;
            return new(id, upload.Title ?? read.Title ?? id, upload.MediaType, hash, read.Text, read.Text.Length, 0, 0,
                upload.Fields, ports.Now);
        }
        catch (DocumentUnreadableException failure)
        {
            _failures.Add(new(id, failure.Code, failure.Message));
            return null;
        }
    }

    private async Task<long> Room(CancellationToken cancellation) =>
        KnowledgeLimits.Documents - (await ports.Documents.Count(tenant, Collection, cancellation)).Documents;

    private async Task Write(Dictionary<string, StoredDocument> waiting, CancellationToken cancellation)
    {
        for (var plans = 1; waiting.Count > 0; plans++)
        {
            var plan = await Writer.Plan();
            if (plan is null || plan.CreatedAt != state.Since)
                throw new IngestRefusedException("collection_deleted", $"The collection {Collection} was deleted.");
            var ready = await DocumentChunks.Of(ports, [.. waiting.Values], plan.Indexes, cancellation);
            if (await Writer.Write(new([.. plan.Indexes.Select(index => index.Generation)], null, [.. ready])))
            {
                _chunks += ready.Sum(document => document.Chunks.Length);
                waiting.Clear();
            }
            else if (plans == PlansMax)
                throw new InvalidOperationException($"The indexes of {Collection} change faster than documents can be written.");
        }
    }
}
