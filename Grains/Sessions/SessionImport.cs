using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Journals;
using Colloquy.Tenants;

namespace Colloquy.Sessions;

/// <summary>Writes an exported journal, byte for byte, so that its chain of hashes goes on. A repeat goes on where an earlier
/// one broke off, and nothing that others wrote is ever removed.</summary>
internal sealed class SessionImport(IJournalStore store, ISessionIndex index, TimeProvider clock, string key)
{
    private const int LinesAtOnce = 256;
    private const int BytesAtOnce = 4 * 1024 * 1024;

    /// <summary>A half-written session can be opened by whoever asks for it; then the journal is taken back, so many times.</summary>
    private const int ClaimsMax = 8;

    public async Task<ImportResult> Write(ImmutableArray<byte[]> lines)
    {
        for (var claims = 0; claims < ClaimsMax; claims++)
        {
            // Read before it is claimed: a claim would throw the holder of somebody's session out.
            if (await Written(lines) is not { } head || head == lines.Length)
                return new(ImportStatus.Exists);
            var claim = await store.Claim(key, CancellationToken.None);
            if (claim.Head != head || !await Append(lines, head, claim.Epoch))
                continue;
            await List(lines);
            return new(ImportStatus.Imported);
        }
        return new(ImportStatus.Exists);
    }

    private async Task<bool> Append(ImmutableArray<byte[]> lines, int head, long epoch)
    {
        while (head < lines.Length)
        {
            var batch = Batch(lines, head);
            var isLast = head + batch.Count == lines.Length;
            var outcome = await store.Append(new()
            {
                Journal = key, Epoch = epoch, Head = head, Lines = batch,
                // Exported in the middle of a run: the sweeper has it finished.
                Work = isLast && Fold(lines).HasOpenWork ? WorkChange.Open : WorkChange.Unchanged, Deadline = clock.GetUtcNow(),
            }, CancellationToken.None);
            if (outcome.Status is not AppendStatus.Appended)
                return false;
            head += batch.Count;
        }
        return true;
    }

    /// <summary>How many of the lines the journal has already; null if it has others.</summary>
    private async Task<int?> Written(ImmutableArray<byte[]> lines)
    {
        var written = 0;
        while (await store.Read(key, written, LinesAtOnce, BytesAtOnce, CancellationToken.None) is { Count: > 0 } there)
            foreach (var line in there)
                if (written == lines.Length || !line.Utf8.Span.SequenceEqual(lines[written++]))
                    return null;
        return written;
    }

    private async Task List(ImmutableArray<byte[]> lines)
    {
        var (tenant, state, listing) = (TenantKey.TenantOf(key), SessionState.Empty, new SessionListing(index));
        foreach (var line in lines)
        {
            var step = new SessionStep(state.Apply(Event(line)), [Event(line)]);
            await listing.Add(tenant, state, step);
            state = step.State;
        }
        await listing.Put(tenant, state);
    }

    private static SessionState Fold(ImmutableArray<byte[]> lines) =>
        lines.Aggregate(SessionState.Empty, (state, line) => state.Apply(Event(line)));

    private static SessionEvent Event(byte[] line) => JsonSerializer.Deserialize<SessionEvent>(line, JournalJson.Options)!;

    private static List<ReadOnlyMemory<byte>> Batch(ImmutableArray<byte[]> lines, int from)
    {
        var (batch, bytes) = (new List<ReadOnlyMemory<byte>>(), 0);
        for (var at = from; at < lines.Length && batch.Count < LinesAtOnce && (bytes == 0 || bytes + lines[at].Length <= BytesAtOnce); at++)
        {
            batch.Add(lines[at]);
            bytes += lines[at].Length;
        }
        return batch;
    }
}
