using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Colloquy.Journals;
using Colloquy.Runs;
using Colloquy.Tenants;

namespace Colloquy.Sessions;

/// <summary>Reads sessions from their journals alone: it holds nothing, so it never waits and is never behind.</summary>
[GrainType("transcript")]
internal sealed class TranscriptGrain(IJournalStore store, ISessionIndex index, TimeProvider clock) : Grain, ITranscriptGrain
{
    private const int PageLines = 256;

    private string Key => this.GetPrimaryKeyString();

    public async Task<MessagePage> Messages(string? cursor, int limit)
    {
        var chain = await Chain();
        var (depth, after) = Parse(cursor, chain.Length);
        var items = ImmutableArray.CreateBuilder<MessageView>();
        for (; depth < chain.Length; (depth, after) = (depth + 1, 0))
        {
            var (journal, last) = chain[depth];
            while (await Read(journal, after) is { Count: > 0 } lines)
            {
                foreach (var line in lines)
                {
                    if (line.Seq > last)
                        break;
                    if (Message(line) is { } message)
                        items.Add(message);
                    after = line.Seq;
                    if (items.Count == limit)
                        return new(items.ToImmutable(), string.Create(CultureInfo.InvariantCulture, $"{depth}-{after}"));
                }
                if (lines[^1].Seq > last)
                    break;
                after = lines[^1].Seq;
            }
        }
        return new(items.ToImmutable(), null);
    }

    public async Task<RunView?> Run(string runId)
    {
        if (!SessionIds.TryParseRun(runId, out var session, out var seq) || session != TenantKey.IdOf(Key))
            return null;
        RunView? view = null;
        for (var after = seq - 1; await Read(Key, after) is { Count: > 0 } lines; after = lines[^1].Seq)
        {
            foreach (var line in lines)
                view = RunViews.Fold(view, runId, session, line.Seq,
                    JsonSerializer.Deserialize<SessionEvent>(line.Utf8.Span, JournalJson.Options)!);
            if (view is null || view.EndedAt is not null)
                break;
        }
        return view;
    }

    public async Task<ImportResult> Import(ImmutableArray<byte[]> lines)
    {
        var hash = JournalChain.Origin;
        for (var at = 0; at < lines.Length; at++)
            if (JournalChain.Verify(lines[at], at + 1, hash) is { } next)
                hash = next;
            else
                return new(ImportStatus.Broken, at + 1);
        if (lines.IsEmpty || JsonSerializer.Deserialize<SessionEvent>(lines[0], JournalJson.Options) is not SessionCreated created
            || created.SessionId != TenantKey.IdOf(Key))
            return new(ImportStatus.NotAnExport);
        return await new SessionImport(store, index, clock, Key).Write(lines);
    }

    /// <summary>The journals that this session's messages stand in, the oldest first, each with its last line that counts.</summary>
    private async Task<ImmutableArray<(string Journal, long Last)>> Chain()
    {
        var (chain, journal, last) = (ImmutableArray.CreateBuilder<(string, long)>(), Key, long.MaxValue);
        for (var depth = 0; depth <= SessionLimits.ForkDepth; depth++)
        {
            chain.Insert(0, (journal, last));
            var first = await store.Read(journal, 0, 1, 0, CancellationToken.None);
            if (first.Count == 0 || JsonSerializer.Deserialize<SessionEvent>(first[0].Utf8.Span, JournalJson.Options)
                is not SessionCreated { ForkedFrom: { } origin })
                break;
            (journal, last) = (TenantKey.For(TenantKey.TenantOf(Key), origin.Session), origin.Seq);
        }
        return chain.ToImmutable();
    }

    private Task<IReadOnlyList<JournalLine>> Read(string journal, long after) =>
        store.Read(journal, after, PageLines, EventLines.PageBytes, CancellationToken.None);

    private static MessageView? Message(JournalLine line) =>
        JsonSerializer.Deserialize<SessionEvent>(line.Utf8.Span, JournalJson.Options) switch
        {
            MessageAccepted e => new(
                e.MessageId, e.ParentId, "user", null, e.Content, [], null, e.RunId, line.Seq, e.At, null),
            MessageCompleted e => new(
                e.MessageId, e.ParentId, "assistant", e.Agent, e.Content, e.Citations, e.Confidence, e.RunId, line.Seq, e.At, e.Finish),
            _ => null,
        };

    private static (int Depth, long After) Parse(string? cursor, int depths) => cursor?.Split('-') switch
    {
        null => (0, 0),
        [var depth, var after] when int.TryParse(depth, NumberStyles.None, CultureInfo.InvariantCulture, out var d) && d < depths
            && long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) => (d, seq),
        _ => throw new FormatException("The cursor is none of this list's."),
    };
}
