using System.Collections.Immutable;
using Colloquy.Runs;

namespace Colloquy.Knowledge.Ingest;

/// <summary>Everything that can reach an ingest.</summary>
internal abstract record IngestInput(DateTimeOffset Now)
{
    /// <summary>Documents are about to be handed over.</summary>
    public sealed record Open(DateTimeOffset Now, string Collection) : IngestInput(Now);

    public sealed record Begin(DateTimeOffset Now, long Epoch, string RunId, BeginIngest Command, DateTimeOffset? Since)
        : IngestInput(Now);

    /// <summary>A part has been written.</summary>
    public sealed record Advance(DateTimeOffset Now, long Epoch, IngestPart Part) : IngestInput(Now);

    public sealed record Fail(DateTimeOffset Now, RunError Error) : IngestInput(Now);

    public sealed record Cancel(DateTimeOffset Now) : IngestInput(Now);
}

/// <summary>What became of some documents of a run.</summary>
/// <param name="From">How many were done before it: tells a repeat.</param>
/// <param name="After">The last stored document of it, where stored documents are indexed anew.</param>
/// <param name="Total">Documents that there are to do, as far as is known.</param>
/// <param name="IsLast">Whether nothing is left to do.</param>
[GenerateSerializer, Alias("ingest.part"), Immutable]
internal sealed record IngestPart(
    int From, int Documents, int Skipped, long Chunks, ImmutableArray<FailedDocument> Failures, string? After, int Total,
    bool IsLast);

[GenerateSerializer, Alias("ingest.part.failure"), Immutable]
internal sealed record FailedDocument(string Document, string Code, string Message);

/// <summary>What an ingest does with an input: pure, total and deterministic. No events: nothing happens.</summary>
internal static class IngestProtocol
{
    public static ImmutableArray<IngestEvent> Decide(IngestState state, IngestInput input) => input switch
    {
        IngestInput.Open open when state.Collection is null => [new IngestOpened(open.Now, open.Collection)],
        IngestInput.Begin begin when state.RunId is null => Begun(begin),
        IngestInput.Advance advance when state.IsRunning && advance.Part.From == state.Done => Advanced(state, advance),
        IngestInput.Fail fail when state.IsRunning => [new IngestFailed(fail.Now, state.RunId!, fail.Error)],
        IngestInput.Cancel cancel when state.IsRunning => [new IngestCancelled(cancel.Now, state.RunId!, "requested")],
        _ => [],
    };

    private static ImmutableArray<IngestEvent> Begun(IngestInput.Begin begin)
    {
        var (now, command) = (begin.Now, begin.Command);
        return
        [
            new IngestAccepted(now, begin.RunId, "ingest", command.Collection, begin.Since, command.Author, command.Count,
                command.Reindexes, command.Fingerprint),
            new IngestStarted(now, begin.RunId, begin.Epoch),
        ];
    }

    private static ImmutableArray<IngestEvent> Advanced(IngestState state, IngestInput.Advance advance)
    {
        var (now, run, part) = (advance.Now, state.RunId!, advance.Part);
        var events = ImmutableArray.CreateBuilder<IngestEvent>();
        foreach (var failure in part.Failures.Take(KnowledgeLimits.FailuresTold - state.FailuresTold))
            events.Add(new DocumentFailed(now, run, failure.Document, failure.Code, failure.Message));
        if (part.Documents > 0)
            events.Add(new IngestProgressed(
                now, run, state.Done + part.Documents, Math.Max(part.Total, state.Done + part.Documents),
                    state.Skipped + part.Skipped,
                state.Failed + part.Failures.Length, state.Chunks + part.Chunks, part.After, advance.Epoch));
        if (part.IsLast)
            events.Add(new IngestCompleted(now, run));
        return events.ToImmutable();
    }
}
