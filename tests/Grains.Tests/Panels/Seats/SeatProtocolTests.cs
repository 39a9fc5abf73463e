using System.Collections.Immutable;
using Colloquy.Runs;
using Xunit;

namespace Colloquy.Panels.Seats;

public sealed class SeatProtocolTests
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SeatAnswer _said = SeatAnswer.Speaks(new("It is so."), new(7, 3), "model");
    private static readonly SeatAnswer _failed = SeatAnswer.Failed("model_unreachable", "It is away.", Usage.None);

    private static SeatBrief Brief(int round = 1) => new(
        "pan", "run", "message", "s1", SeatRoles.Member, round, 1, PanelPhases.Draft, "Is it so?", "Answer.", [], [], [], null, [], [],
        "agent", 1, null, _noon.AddMinutes(1));

    private static SeatStep Ask(SeatState state, int round = 1, int? writing = null, double seconds = 0) =>
        SeatProtocol.Decide(state, new SeatInput.Ask(_noon.AddSeconds(seconds), Brief(round), writing));

    private static SeatStep Write(SeatState state, int attempt, SeatAnswer answer, int round = 1) => SeatProtocol.Decide(
        state, new SeatInput.Write(round, attempt, new(answer, new(round, PanelPhases.Draft, "Is it?", []))));

    private static SeatState Asked(int round = 1) => Ask(new(), round).State;

    [Fact]
    public void An_attempt_is_counted_before_it_begins()
    {
        var step = Ask(new());
        Assert.Equal(1, step.Begin);
        Assert.Equal(1, step.State.Asked!.Attempts);
        Assert.Null(step.Tell);
    }

    [Fact]
    public void A_question_asked_again_while_it_is_being_answered_changes_nothing()
    {
        var asked = Asked();
        var again = Ask(asked, writing: 1);
        Assert.Same(asked, again.State);
        Assert.Null(again.Begin);
        Assert.Null(again.Tell);
    }

    [Fact]
    public void What_was_answered_is_answered_again_and_costs_nothing()
    {
        var written = Write(Asked(), 1, _said);
        Assert.Same(_said, written.Tell);
        var again = Ask(written.State);
        Assert.Same(written.State, again.State);
        Assert.Same(_said, again.Tell);
        Assert.Null(again.Begin);
        Assert.Same(_said, Write(written.State, 1, _failed).Tell);
    }

    [Fact]
    public void After_a_crash_the_next_attempt_begins()
    {
        var step = Ask(Asked());
        Assert.Equal(2, step.Begin);
    }

    [Fact]
    public void Attempts_come_to_an_end()
    {
        var state = new SeatState();
        for (var attempt = 1; attempt <= SeatLimits.Attempts; attempt++)
        {
            var step = Ask(state);
            Assert.Equal(attempt, step.Begin);
            state = step.State;
        }
        var last = Ask(state);
        Assert.Null(last.Begin);
        Assert.Equal("attempts_exhausted", last.Tell!.Error!.Code);
        Assert.Equal(AbsenceReasons.Failed, last.Tell.Absence);
        Assert.Same(last.Tell, Ask(last.State).Tell);
    }

    [Fact]
    public void Words_that_are_paid_for_are_taken_from_any_attempt_but_a_failure_only_from_the_last()
    {
        var second = Ask(Asked()).State;
        Assert.Same(second, Write(second, 1, _failed).State);
        Assert.Same(_said, Write(second, 1, _said).Tell);
        Assert.Same(_failed, Write(second, 2, _failed).Tell);
    }

    [Fact]
    public void What_comes_for_an_earlier_round_changes_nothing()
    {
        var later = Asked(round: 3);
        Assert.Same(later, Ask(later, round: 2).State);
        Assert.Null(Ask(later, round: 2).Begin);
        Assert.Same(later, Write(later, 1, _said, round: 2).State);
        Assert.Null(Write(later, 1, _said, round: 2).Tell);
    }

    [Fact]
    public void Who_was_erased_remembers_nothing_of_what_was_being_written()
    {
        var empty = new SeatState();
        Assert.Same(empty, Write(empty, 1, _said).State);
    }

    [Fact]
    public void Nothing_begins_when_the_time_is_up()
    {
        var late = Ask(new(), seconds: 60);
        Assert.Null(late.Begin);
        Assert.Null(late.State.Asked);
        Assert.Equal(1, Ask(new(), seconds: 59.9).Begin);
    }

    [Fact]
    public void Notes_are_kept_of_the_last_rounds_and_answers_of_the_last_one()
    {
        var state = new SeatState();
        for (var round = 1; round <= SeatLimits.Notes + 3; round++)
            state = Write(Ask(state, round).State, 1, _said, round).State;
        Assert.Equal(SeatLimits.Notes, state.Notes.Length);
        Assert.Equal(4, state.Notes[0].Round);
        Assert.Equal(SeatLimits.Notes + 3, state.Asked!.Round);
    }
}
