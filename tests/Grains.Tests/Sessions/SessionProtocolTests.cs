using System.Text;
using System.Text.Json;
using Colloquy.Journals;
using Colloquy.Runs;
using Colloquy.Sessions;

namespace Colloquy.Tests.Sessions;

public sealed class SessionProtocolTests
{
    /// <summary>Window, queue, summary and what a session is called, at six bytes for the dearest character.</summary>
    private const int StateBytesMax = 900_000;

    [Fact]
    public void A_question_is_accepted_started_and_answered()
    {
        var talk = Talk.Begun().Asks("Why?").Answers("Because.");
        Assert.Equal(
            ["SessionCreated", "MessageAccepted", "RunAccepted", "RunStarted", "MessageCompleted", "RunCompleted"],
            talk.Events.Select(one => one.GetType().Name));
        Assert.Null(talk.State.Running);
        Assert.Equal(new Exchange(talk.State.Head!, "Why?", "Because."), Assert.Single(talk.State.Window));
        Assert.Equal(talk.Events.Count, talk.State.Seq);
    }

    [Fact]
    public void A_run_keeps_the_version_of_the_agent_that_was_asked() =>
        Assert.Equal(3, Talk.Begun().Asks("Why?").All<RunStarted>().Single().AgentVersion);

    [Fact]
    public void A_failed_run_keeps_what_was_written() =>
        Assert.Equal("Beca", Talk.Begun().Asks("Why?").Ends(Finish.Failed, "Beca", new("model_stream_cut", "Broke off."))
            .All<MessageCompleted>().Single().Content);

    [Theory]
    [InlineData(Finish.Completed, typeof(RunCompleted))]
    [InlineData(Finish.Failed, typeof(RunFailed))]
    [InlineData(Finish.BudgetExhausted, typeof(RunBudgetExhausted))]
    public void What_a_writer_brings_ends_the_run(string finish, Type end)
    {
        var talk = Talk.Begun().Asks("Why?").Ends(finish, "", new("code", "Why."));
        Assert.IsType(end, talk.Events[^1]);
        Assert.False(talk.State.HasOpenWork);
    }

    [Fact]
    public void A_cancelled_run_keeps_what_was_written()
    {
        var talk = Talk.Begun().Asks("Why?");
        talk.Cancels(talk.Running, "Beca");
        var answer = talk.All<MessageCompleted>().Single();
        Assert.Equal(("Beca", Finish.Cancelled), (answer.Content, answer.Finish));
        Assert.Equal("requested", talk.All<RunCancelled>().Single().Reason);
    }

    [Fact]
    public void A_run_expires_after_its_time_and_not_before()
    {
        var talk = Talk.Begun().Asks("Why?").Waits(SessionLimits.RunTime - TimeSpan.FromSeconds(3));
        Assert.NotNull(talk.State.Running);
        talk.Waits(TimeSpan.FromSeconds(3));
        Assert.Single(talk.All<RunExpired>());
        Assert.Equal("so far", talk.All<MessageCompleted>().Single().Content);
    }

    [Fact]
    public void A_repeat_of_any_end_changes_nothing()
    {
        var talk = Talk.Begun().Asks("Why?");
        var run = talk.Running;
        talk.Answers("Because.").EndsRun(run, Finish.Completed, "Because.");
        Assert.Empty(talk.Last.Events);
        Assert.Empty(talk.Cancels(run).Last.Events);
        Assert.Empty(talk.Takes(at => new SessionInput.Create(at, Talk.Id, Talk.Command())).Last.Events);
    }

    [Fact]
    public void What_comes_late_changes_nothing()
    {
        var talk = Talk.Begun().Asks("Why?");
        var run = talk.Running;
        talk.Cancels(run).Asks("How?");
        Assert.Empty(talk.EndsRun(run, Finish.Completed, "late").Last.Events);
        Assert.Empty(talk.Takes(at => new SessionInput.Call(at, run, [new("t", "{}", "m")])).Last.Events);
        Assert.Empty(talk.Takes(at => new SessionInput.Return(at, run, [new($"{run}.t1", "x", null)])).Last.Events);
    }

    [Fact]
    public void A_tool_call_is_an_intent_and_then_one_result()
    {
        var talk = Talk.Begun().Asks("Why?").Calls("a", "b");
        var (one, two) = (new CallResult($"{talk.Running}.t1", "1", null), new CallResult($"{talk.Running}.t2", null, new("c", "m")));
        Assert.Equal([one.CallId, two.CallId], talk.All<ToolCalled>().Select(call => call.CallId));
        Assert.Equal(2, talk.Returns(one, two).Last.Events.Length);
        Assert.Empty(talk.Returns(one, two).Last.Events);
        Assert.Empty(talk.Returns(new CallResult($"{talk.Running}.t3", "never called", null) with { CallId = "other" }).Last.Events);
    }

    [Fact]
    public void Replaying_the_journal_rebuilds_the_state()
    {
        var talk = Long();
        Assert.Equal(Talk.Json(talk.State), Talk.Json(talk.Replayed()));
    }

    [Fact]
    public void A_snapshot_and_the_events_after_it_are_as_good_as_all_events()
    {
        var talk = Long();
        var lines = talk.Lines();
        Assert.All(Enumerable.Range(0, lines.Count), at =>
        {
            var before = Talk.Json(Talk.Fold(SessionState.Empty, lines.Take(at)));
            var restored = JsonSerializer.Deserialize<SessionState>(before, JournalJson.Options)!;
            Assert.Equal(Talk.Json(talk.State), Talk.Json(Talk.Fold(restored, lines.Skip(at))));
        });
    }

    [Fact]
    public void A_busy_session_rejects_if_it_is_told_to()
    {
        var talk = Talk.Begun().Asks("Why?").Asks("How?", OnBusy.Reject);
        Assert.Equal(SendStatus.Busy, talk.Last.Refusal);
        Assert.Empty(talk.Last.Events);
    }

    [Fact]
    public void The_queue_is_bounded_and_answers_in_order()
    {
        var talk = Talk.Begun().Asks("0");
        Enumerable.Range(1, SessionLimits.Waiting).ToList().ForEach(number => talk.Asks($"{number}"));
        Assert.Null(talk.Last.Refusal);
        Assert.Equal(SendStatus.QueueFull, talk.Asks("too many").Last.Refusal);
        Enumerable.Range(0, SessionLimits.Waiting + 1).ToList().ForEach(number => talk.Answers($"to {number}"));
        Assert.Equal(Enumerable.Range(0, SessionLimits.Waiting + 1).Select(number => $"to {number}"),
            talk.All<RunStarted>().Select(run => talk.All<MessageCompleted>().Single(answer => answer.RunId == run.RunId).Content));
        Assert.False(talk.State.HasOpenWork);
    }

    [Fact]
    public void An_interruption_keeps_the_text_and_drops_what_waits()
    {
        var talk = Talk.Begun().Asks("one").Asks("two").Asks("three", OnBusy.Interrupt, "partial");
        Assert.Equal(["superseded", "interrupted"], talk.All<RunCancelled>().Select(end => end.Reason));
        Assert.Equal("three", talk.State.Running!.Question);
        Assert.Equal(SessionIds.Answer(Talk.Id, 2), talk.State.Running.ParentId);
        Assert.Equal("partial", Assert.Single(talk.State.Window).Answer);
    }

    [Fact]
    public void A_rollback_goes_on_as_if_the_question_had_not_been_asked()
    {
        var talk = Talk.Begun().Asks("zero").Answers("0");
        var head = talk.State.Head;
        talk.Asks("one").Asks("two").Asks("three", OnBusy.Rollback, "partial");
        Assert.Equal(head, talk.State.Running!.ParentId);
        Assert.Equal("zero", Assert.Single(talk.State.Window).Question);
    }

    [Fact]
    public void Cancelling_one_that_waits_leaves_the_others_in_line()
    {
        var talk = Talk.Begun().Asks("one").Asks("two").Asks("three");
        talk.Cancels(talk.State.Waiting[0].Id).Answers("1");
        Assert.Equal("three", talk.State.Running!.Question);
        HasATree(talk.Answers("3"));
    }

    [Fact]
    public void An_event_of_a_newer_version_moves_nothing()
    {
        var line = """{"type":"run.pondered","runId":"r","at":"2030-01-01T00:00:00.000Z","depth":{"of":7}}""";
        var @event = JsonSerializer.Deserialize<SessionEvent>(line, JournalJson.Options)!;
        var state = Talk.Begun().Asks("Why?").State;
        Assert.Equal(Talk.Json(state with { Seq = state.Seq + 1 }), Talk.Json(state.Apply(@event)));
    }

    [Fact]
    public void A_stretch_of_a_journal_can_be_folded_from_anywhere()
    {
        var lines = Long().Lines();
        Assert.All(Enumerable.Range(0, lines.Count), at =>
            Assert.Equal(lines.Count - at, Talk.Fold(SessionState.Empty with { Id = Talk.Id }, lines.Skip(at)).Seq));
    }

    [Fact]
    public void A_text_is_clipped_between_characters()
    {
        var clipped = SessionState.Clip(string.Concat(Enumerable.Repeat("a😀", 5_000)));
        Assert.Equal(clipped, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clipped)));
        Assert.InRange(clipped.Length, SessionLimits.ExchangeCharacters - 2, SessionLimits.ExchangeCharacters + 3);
    }

    [Fact]
    public void A_history_that_a_client_brings_is_clipped_and_bounded()
    {
        var history = Enumerable.Repeat(new Exchange("m", new string('q', 100_000), new string('a', 100_000)), 40);
        var state = new Talk().Takes(at => new SessionInput.Create(at, Talk.Id, Talk.Command([.. history]))).State;
        Assert.InRange(Talk.Json(state).Length, 1, 100_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void In_two_thousand_random_turns_nothing_is_lost_and_the_state_stays_small(int seed)
    {
        var (talk, random, largest) = (Talk.Begun(), new Random(seed), 0);
        for (var turn = 0; turn < 2_000; turn++)
        {
            RandomTurn(talk, random);
            if (turn % 50 == 0)
                largest = Math.Max(largest, Encoding.UTF8.GetByteCount(Talk.Json(talk.State)));
        }
        while (talk.State.HasOpenWork)
            talk.Answers("end");
        Assert.InRange(largest, 1, StateBytesMax);
        HasATree(talk);
        Assert.Equal(talk.All<RunAccepted>().Select(run => run.AnswerId).Order(),
            talk.All<MessageCompleted>().Select(one => one.MessageId).Order());
        Assert.Equal(Talk.Json(talk.State), Talk.Json(talk.Replayed()));
    }

    private static void RandomTurn(Talk talk, Random random)
    {
        var text = new string((char)random.Next('a', 0x3000), random.Next(10) == 0 ? random.Next(40_000) : random.Next(200));
        _ = random.Next(8) switch
        {
            < 3 => talk.Asks(text, (OnBusy)random.Next(4), text),
            3 when talk.State.Running is { } run => talk.Cancels(run.Id, text),
            4 when !talk.State.Waiting.IsEmpty => talk.Cancels(talk.State.Waiting[random.Next(talk.State.Waiting.Length)].Id),
            5 when talk.State.Running is not null => talk.Calls("tool"),
            _ when talk.State.Running is not null => talk.Answers(text, random.Next(4) > 0 || talk.State.Window.IsEmpty ? null
                : new(talk.State.Window[0].MessageId, "In short.")),
            _ => talk,
        };
    }

    /// <summary>Every message but the first follows one that is there.</summary>
    private static void HasATree(Talk talk)
    {
        var ids = talk.All<MessageAccepted>().Select(one => one.MessageId)
            .Concat(talk.All<MessageCompleted>().Select(one => one.MessageId)).ToHashSet(StringComparer.Ordinal);
        Assert.All(talk.All<MessageAccepted>(), one => Assert.True(one.ParentId is null || ids.Contains(one.ParentId)));
        Assert.All(talk.All<MessageCompleted>(), one => Assert.Contains(one.ParentId, ids));
    }

    /// <summary>A talk in which everything happens.</summary>
    private static Talk Long()
    {
        var talk = Talk.Begun().Asks("one 😀").Asks("two").Calls("a");
        talk.Returns(new CallResult($"{talk.Running}.t1", "x", null)).Answers("1");
        talk.Ends(Finish.Failed, "tw", new RunError("c", "m")).Asks("three", OnBusy.Interrupt).Asks("four", OnBusy.Rollback);
        return talk.Answers("4", new(talk.State.Window[0].MessageId, "Short.")).Asks("five").Waits(SessionLimits.RunTime)
            .Takes(at => new SessionInput.Change(at, new("New", null, null))).Asks("six").Asks("seven");
    }
}
