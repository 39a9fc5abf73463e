using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Journals;
using Colloquy.Tenants;

namespace Colloquy.Sessions;

/// <summary>Writes an exported journal, byte for byte, so that its chain of hashes goes on.</summary>
internal sealed class SessionImport(IJournalStore store, ISessionIndex index, string key, long epoch)
{
    private const int LinesAtOnce = 256;
    private const int BytesAtOnce = 4 * 1024 * 1024;

    public async Task<ImportResult> Write(ImmutableArray<byte[]> lines)
    {
        // All in one append if they fit; a session that was half written is removed again, since it would look whole.
        for (var head = 0; head < lines.Length;)
        {
            var batch = Batch(lines, head);
            var outcome = await store.Append(
                new() { Journal = key, Epoch = epoch, Head = head, Lines = batch }, CancellationToken.None);
            if (outcome.Status is not AppendStatus.Appended)
            {
                await store.Erase(key, CancellationToken.None);
                return new(ImportStatus.Exists);
            }
            head += batch.Count;
        }
        await List(lines);
        return new(ImportStatus.Imported);
    }

    private async Task List(ImmutableArray<byte[]> lines)
    {
        var (tenant, state, listing) = (TenantKey.TenantOf(key), SessionState.Empty, new SessionListing(index));
        foreach (var line in lines)
        {
            var @event = JsonSerializer.Deserialize<SessionEvent>(line, JournalJson.Options)!;
            var step = new SessionStep(state.Apply(@event), [@event]);
            await listing.Add(tenant, state, step);
            state = step.State;
        }
        await listing.Put(tenant, state);
    }

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
