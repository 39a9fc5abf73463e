using System.Collections.Immutable;
using Colloquy.Knowledge.Collections;
using Colloquy.Tenants;

namespace Colloquy.Knowledge.Ingest;

/// <summary>Where a run's documents come from.</summary>
internal interface IIngestSource
{
    /// <summary>Writes the documents after those of the last part that this returned. When it throws, it can be asked again: what
    /// was written stays, and is known.</summary>
    Task<IngestPart> Next(CancellationToken cancellation);
}

/// <summary>Documents that were handed over.</summary>
internal sealed class StagedSource(string key, KnowledgePorts ports, IGrainFactory grains, IngestState state) : IIngestSource
{
    private readonly string _tenant = TenantKey.TenantOf(key);
    private readonly int _step = StepOf(state.Documents);
    private int _done = state.Done;

    /// <summary>Documents between two events of progress.</summary>
    public static int StepOf(long documents) =>
        (int)Math.Max(KnowledgeLimits.Batch, (documents + KnowledgeLimits.ProgressEvents - 1) / KnowledgeLimits.ProgressEvents);

    public async Task<IngestPart> Next(CancellationToken cancellation)
    {
        var until = Math.Min(_done + _step, state.Documents);
        var batch = new UploadBatch(ports, grains, _tenant, state);
        var at = _done;
        while (at < until)
        {
            var uploads = await ports.Documents.Staged(_tenant, TenantKey.IdOf(key), at, Math.Min(KnowledgeLimits.Batch,
                until - at),
                KnowledgeLimits.BatchBytes, cancellation);
            if (uploads.Count == 0)
                throw new IngestRefusedException("upload_lost", $"Document {at + 1} of the upload is gone.");
            await batch.Write(uploads, cancellation);
            at += uploads.Count;
        }
        var part = batch.Part(_done, at - _done, isLast: at == state.Documents);
        _done = at;
        return part;
    }
}

/// <summary>Documents that a collection holds, indexed anew for another embedding model.</summary>
internal sealed class StoredSource(
    string key, KnowledgePorts ports, IGrainFactory grains, IngestState state, int generation) : IIngestSource
{
    private readonly string _tenant = TenantKey.TenantOf(key);
    private string? _after = state.After;
    private int _done = state.Done;
    private int? _total;

    private ICollectionWriter Collection => grains.GetGrain<ICollectionWriter>(TenantKey.For(_tenant, state.Collection!));

    public async Task<IngestPart> Next(CancellationToken cancellation)
    {
        _total ??= (int)(await ports.Documents.Count(_tenant, state.Collection!, cancellation)).Documents;
        var (step, after, done, chunks) = (StagedSource.StepOf(_total.Value), _after, 0, 0L);
        var isLast = false;
        while (done < step && !isLast)
        {
            var page = await ports.Documents.List(
                _tenant, state.Collection!, after, Math.Min(KnowledgeLimits.Batch, step - done), cancellation);
            chunks += await Index(page, cancellation);
            (isLast, done, after) = (page.Count == 0, done + page.Count, page.Count == 0 ? after : page[^1].Id);
        }
        if (isLast && !await Collection.Switch(generation))
            throw Superseded();
        var part = new IngestPart(_done, done, 0, chunks, [], after, _total.Value, isLast);
        (_done, _after) = (_done + done, after);
        return part;
    }

    private async Task<long> Index(IReadOnlyList<StoredDocument> page, CancellationToken cancellation)
    {
        // Whoever wrote a newer one wrote it into this index as well.
        var (chunks, waiting, size) = (page.Where(one => one.Generation >= generation).Sum(one => (long)one.Chunks),
            new List<StoredDocument>(), 0);
        foreach (var listed in page.Where(one => one.Generation < generation))
        {
            if (await ports.Documents.Find(_tenant, state.Collection!, listed.Id, cancellation) is not { } stored)
                continue;
            waiting.Add(stored);
            if ((size += stored.Chunks) < KnowledgeLimits.BatchChunks)
                continue;
            chunks += await Write(waiting, cancellation);
            size = 0;
        }
        return chunks + await Write(waiting, cancellation);
    }

    private async Task<long> Write(List<StoredDocument> waiting, CancellationToken cancellation)
    {
        var plan = await Collection.Plan() ?? throw Superseded();
        var target = plan.Indexes.FirstOrDefault(index => index.Generation == generation) ?? throw Superseded();
        if (waiting.Count == 0)
            return 0;
        var ready = await DocumentChunks.Of(ports, waiting, [target], cancellation);
        if (!await Collection.Write(new([.. plan.Indexes.Select(index => index.Generation)], generation, [.. ready])))
            throw Superseded();
        waiting.Clear();
        return ready.Sum(document => (long)document.Chunks.Length);
    }

    // A collection builds one index at a time: another plan means that this one is no longer wanted.
    private IngestRefusedException Superseded() => new(
        "superseded", $"The collection {state.Collection} no longer waits for this index.");
}
