using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Journals;
using Colloquy.Knowledge;
using Colloquy.Knowledge.Ingest;
using Colloquy.Runs;

namespace Colloquy.Tests.Knowledge.Ingest;

public sealed class IngestProtocolTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);
    private static readonly IngestInput.Begin Begin = new(Now, 1, "run_ing_x", new("key", "lib", 100, null, "print"), Now);

    [Fact]
    public void A_run_is_accepted_advances_and_is_completed()
    {
        var (state, events) = Play(Begin, Part(0, 64, chunks: 70), Part(64, 36, chunks: 40, isLast: true));
        Assert.Equal(["IngestAccepted", "IngestStarted", "IngestProgressed", "IngestProgressed", "IngestCompleted"],
            events.Select(one => one.GetType().Name));
        Assert.Equal(("completed", 100, 110L, Now), (state.Status, state.Done, state.Chunks, state.EndedAt!.Value));
        Assert.Equal(new RunProgress(100, 100, 0, 0, 110), state.View()!.Progress);
    }

    [Fact]
    public void A_run_fails_or_is_cancelled_once()
    {
        var failed = Play(Begin, new IngestInput.Fail(Now, new("code", "Why.")), new IngestInput.Cancel(Now));
        Assert.Equal(("failed", "code", 3), (failed.State.Status, failed.State.Error!.Code, failed.Events.Count));
        var cancelled = Play(Begin, new IngestInput.Cancel(Now), new IngestInput.Fail(Now, new("code", "Why.")), Part(0, 100,
            isLast: true));
        Assert.Equal(("cancelled", "requested", 3), (cancelled.State.Status, cancelled.State.Reason, cancelled.Events.Count));
    }

    [Fact]
    public void A_repeat_changes_nothing()
    {
        var once = Play(new IngestInput.Open(Now, "lib"), Begin, Part(0, 64), Part(64, 36, isLast: true));
        var twice = Play(new IngestInput.Open(Now, "lib"), new IngestInput.Open(Now, "lib"), Begin, Begin, Part(0, 64), Part(0, 64),
            Part(64, 36, isLast: true), Part(64, 36, isLast: true));
        Assert.Equal(Json(once.State), Json(twice.State));
    }

    [Fact]
    public void What_comes_late_or_too_early_changes_nothing()
    {
        var (state, _) = Play(Begin, Part(0, 64));
        Assert.Empty(IngestProtocol.Decide(state, Part(0, 64)));
        Assert.Empty(IngestProtocol.Decide(state, Part(65, 1)));
        Assert.Empty(IngestProtocol.Decide(state, new IngestInput.Open(Now, "other")));
        Assert.Empty(IngestProtocol.Decide(IngestState.Empty, Part(0, 1)));
        Assert.Empty(IngestProtocol.Decide(IngestState.Empty, new IngestInput.Cancel(Now)));
    }

    [Fact]
    public void Replaying_the_journal_rebuilds_the_state()
    {
        var (state, events) = Play(new IngestInput.Open(Now, "lib"), Begin, Part(0, 64, failures: 2), Part(64, 36, isLast: true));
        var replayed = events.Select(one => JsonSerializer.Deserialize<IngestEvent>(
                JsonSerializer.Serialize(one, JournalJson.Options), JournalJson.Options)!)
            .Aggregate(IngestState.Empty, (folded, one) => folded.Apply(one));
        Assert.Equal(Json(state), Json(replayed));
        Assert.Equal(Json(state), Json(JsonSerializer.Deserialize<IngestState>(Json(state), JournalJson.Options)!));
    }

    [Fact]
    public void Failed_documents_are_named_up_to_a_limit_and_counted_beyond()
    {
        var (state, events) = Play(Begin, Part(0, 64, failures: 64), Part(64, 36, failures: 50, isLast: true));
        Assert.Equal(KnowledgeLimits.FailuresTold, events.OfType<DocumentFailed>().Count());
        Assert.Equal(114, state.Failed);
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(10_000, 64)]
    [InlineData(100_000, 500)]
    public void Progress_is_told_at_most_so_often(int documents, int step)
    {
        Assert.Equal(step, StagedSource.StepOf(documents));
        Assert.InRange((documents + step - 1) / step, 1, KnowledgeLimits.ProgressEvents);
    }

    private static IngestInput.Advance Part(int from, int documents, long chunks = 0, int failures = 0, bool isLast = false) => new(Now, 1,
        new(from, documents, 0, chunks, [.. Enumerable.Range(0, failures).Select(n => new FailedDocument($"d{n}", "code",
            "Why."))], null, 100, isLast));

    private static (IngestState State, IReadOnlyList<IngestEvent> Events) Play(params IngestInput[] inputs)
    {
        var (state, all) = (IngestState.Empty, new List<IngestEvent>());
        foreach (var input in inputs)
        {
            var events = IngestProtocol.Decide(state, input);
            all.AddRange(events);
            state = events.Aggregate(state, (folded, one) => folded.Apply(one));
        }
        return (state, all);
    }

    private static string Json(IngestState state) => JsonSerializer.Serialize(state, JournalJson.Options);
}
