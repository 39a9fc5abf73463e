using Colloquy.Panels.Shared;
using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels.Roundtable;

public sealed class RoundtableProtocolTests
{
    private static readonly string[] Members = ["s1", "s2", "s3"];

    private static PanelTable Table(int cycles = 1, int members = 3) => Convened(PanelProtocols.Roundtable, members, cycles: cycles);

    private static PanelTable Drafted(int cycles = 1) => Table(cycles)
        .Says("s1", "It is so, since water boils.", "Yes", 0.9)
        .Says("s2", "It is not so, since ice melts.", "No", 0.7)
        .Says("s3", "Nobody can know such a thing.", "Unknown", 0.6);

    private static PanelTable Spoken(PanelTable table, Func<string, Contribution> say)
    {
        while (table.Phase == PanelPhases.Speak)
            table = table.Says(table.State.Outstanding.Single(), say(table.State.Outstanding.Single()));
        return table;
    }

    [Fact]
    public void It_wants_two_to_twelve_members_and_a_chair_and_goes_round_once()
    {
        var shape = Protocols.Of(PanelProtocols.Roundtable).Shape;
        Assert.Equal((2, 12, true, SeatRoles.Chair, 1, 0.5),
            (shape.MembersMin, shape.MembersMax, shape.HasChair, shape.ChairRole, shape.Cycles, shape.Threshold));
        Assert.Equal([SeatRoles.Member, SeatRoles.Member], [shape.Role(0, null), shape.Role(11, "A text.")]);
    }

    [Fact]
    public void All_draft_then_one_speaks_after_the_other_then_the_chair()
    {
        var order = RoundtableRule.Order(7, 1, Members);
        var table = Drafted();
        foreach (var seat in order)
        {
            Assert.Equal([seat], table.State.Outstanding);
            table = table.Says(seat, $"{seat} builds on it: it is so, since water boils.", "Yes", 0.8);
        }
        Assert.Equal(["chair"], table.State.Outstanding);
        var ended = table.Says("chair", "All hold that it is so.").HasEndedOnce("completed").Replays();
        Assert.Equal(["draft 1: s1 s2 s3", .. order.Select(seat => $"speak 1: {seat}"), "synthesize 1: chair"], ended.Course());
        Assert.Equal(PanelDecisions.Decided, ended.Outcome.Decision);
        Assert.Equal("All hold that it is so.", ended.Outcome.Answer);
        Assert.Equal((PanelProtocols.Roundtable, PanelStops.Decided, 1),
            (ended.Outcome.Rule.Name, ended.Outcome.Rule.Stopped, ended.Outcome.Rule.Cycles));
        Assert.Equal(1, ended.Outcome.Rule.Agreement!.Share);
        Assert.Equal(
            [
                "3 of 3 positions say the same, 100 % by weight.",
                "2 of 3 left their draft behind; agreement was 37 % before and 100 % after they had heard each other.",
                "The answer is the chair's synthesis of all that was said; the chair has no vote.",
                "No position that prevails cites a source.",
            ], ended.Outcome.Recommendation.Grounds.ToArray());
        Assert.Equal("All hold that it is so.", ended.Outcome.Recommendation.Text);
        Assert.Empty(ended.Outcome.MinorityReport);
    }

    [Fact]
    public void Half_the_words_of_a_draft_are_not_left_behind_and_fewer_are()
    {
        string Moved(string to) => Spoken(Table(members: 2).Says("s1", "Water boils.").Says("s2", "Iron melts."),
            seat => new(seat == "s1" ? to : "Iron melts.")).Fails("chair").Outcome.Recommendation.Grounds[1];
        Assert.StartsWith("0 of 2 left", Moved("Water freezes."), StringComparison.Ordinal);
        Assert.StartsWith("1 of 2 left", Moved("Water freezes slowly."), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cycle_has_an_order_of_its_own()
    {
        var ended = Spoken(Drafted(cycles: 3), seat => new($"{seat} holds on.")).Says("chair", "So.").HasEndedOnce("completed").Replays();
        Assert.Equal(
            [.. from cycle in new[] { 1, 2, 3 } from seat in RoundtableRule.Order(7, cycle, Members) select $"speak {cycle}: {seat}"],
            ended.Course().Where(round => round.StartsWith("speak", StringComparison.Ordinal)));
        Assert.Equal("synthesize 3: chair", ended.Course().Last());
        Assert.Equal(3, ended.Outcome.Rule.Cycles);
    }

    [Fact]
    public void A_draft_is_written_unseen()
    {
        var drafting = Table().Says("s1", "It is so.");
        Assert.Empty(drafting.Told("s2").Entries);
        Assert.Equal(Tasks.Draft, drafting.Told("s2").Instructions);
    }

    [Fact]
    public void Who_speaks_sees_all_that_was_said_under_names()
    {
        var order = RoundtableRule.Order(7, 1, Members);
        var second = Drafted().Says(order[0], "I go first.");
        Assert.Equal(RoundtableTasks.Speak, second.Told(order[1]).Instructions);
        string Name(string seat) => seat == order[1] ? "you" : $"Name {seat[1]}";
        Assert.Equal(
            [
                (Name("s1"), "It is so, since water boils."), (Name("s2"), "It is not so, since ice melts."),
                (Name("s3"), "Nobody can know such a thing."), (Name(order[0]), "I go first."),
            ], second.Sees(order[1]));
    }

    [Fact]
    public void The_order_of_drafts_is_that_of_seats_whoever_was_first()
    {
        var drafted = Table().Says("s3", "Three.").Says("s1", "One.").Says("s2", "Two.");
        var speaker = drafted.State.Outstanding.Single();
        Assert.Equal(["One.", "Two.", "Three."], drafted.Sees(speaker).Select(seen => seen.Text));
    }

    [Fact]
    public void The_chair_sees_drafts_and_speeches_under_names()
    {
        var table = Spoken(Drafted(), seat => new($"{seat} holds on."));
        Assert.Equal(Tasks.Synthesize, table.Told("chair").Instructions);
        Assert.Equal(6, table.Sees("chair").Count());
        Assert.Equal(["Name 1", "Name 2", "Name 3"], table.Sees("chair").Select(seen => seen.Speaker).Distinct().Order());
    }

    [Fact]
    public void An_absent_speaker_is_passed_over_and_asked_again_in_the_next_cycle()
    {
        var table = Drafted(cycles: 2).Fails(RoundtableRule.Order(7, 1, Members)[0]);
        var ended = Spoken(table, seat => new($"{seat} holds on.")).Says("chair", "So.").HasEndedOnce("completed").Replays();
        Assert.Equal(6, ended.Rounds().Count(round => round.Phase == PanelPhases.Speak));
        Assert.Equal(RoundtableRule.Order(7, 1, Members)[0], Assert.Single(ended.Outcome.Absent).Seat);
    }

    [Fact]
    public void Who_has_no_draft_does_not_speak()
    {
        var table = Table().Says("s1", "It is so.").Fails("s2").Says("s3", "It is not so.");
        var ended = Spoken(table, seat => new($"{seat} holds on.")).Says("chair", "So.").HasEndedOnce("completed").Replays();
        Assert.Equal(RoundtableRule.Order(7, 1, ["s1", "s3"]).Select(seat => $"speak 1: {seat}"), ended.Course().Skip(1).Take(2));
        Assert.Equal(4, ended.Rounds().Count());
    }

    [Fact]
    public void Too_few_drafts_end_it_without_an_answer()
    {
        var ended = Table().Fails("s1").Says("s2", "It is so.").Fails("s3").HasEndedOnce("failed").Replays();
        Assert.Equal((PanelDecisions.NoQuorum, null, PanelStops.Quorum),
            (ended.Outcome.Decision, ended.Outcome.Answer, ended.Outcome.Rule.Stopped));
        Assert.Equal(0, ended.Outcome.Rule.Cycles);
        Assert.Single(ended.Rounds());
    }

    [Fact]
    public void Without_a_word_of_the_chair_the_position_that_stands_for_most_is_the_answer()
    {
        var table = Spoken(Drafted(), seat => new($"{seat} holds it.") { Stance = seat == "s2" ? "No" : "Yes" });
        var ended = table.Fails("chair").HasEndedOnce("completed").Replays();
        Assert.Equal("s1 holds it.", ended.Outcome.Answer);
        Assert.Equal("Yes", ended.Outcome.Recommendation.Text);
        Assert.Contains("The chair said nothing: the answer is that of Name 1, who stands for most.",
            ended.Outcome.Recommendation.Grounds.ToArray());
        Assert.Equal(["s2"], Assert.Single(ended.Outcome.MinorityReport).Seats.ToArray());
    }

    [Fact]
    public void When_the_time_is_up_it_ends_with_what_was_said()
    {
        var ended = Drafted().Later(TimeSpan.FromHours(2)).Ticks().HasEndedOnce("completed").Replays();
        Assert.Equal(PanelStops.Deadline, ended.Outcome.Rule.Stopped);
        Assert.Equal("It is so, since water boils.", ended.Outcome.Answer);
        var expired = Table().Says("s1", "It is so.").Later(TimeSpan.FromHours(2)).Ticks().HasEndedOnce("expired").Replays();
        Assert.Equal((PanelStops.Deadline, 0), (expired.Outcome.Rule.Stopped, expired.Outcome.Rule.Cycles));
        Drafted().Input(new PanelInput.Cancel(Noon, "requested")).HasEndedOnce("cancelled").Replays();
        Table().Fails("s1", AbsenceReasons.Budget).Fails("s2").Fails("s3").HasEndedOnce("budget_exhausted").Replays();
    }

    [Fact]
    public void What_is_said_twice_or_late_or_out_of_turn_changes_nothing()
    {
        var order = RoundtableRule.Order(7, 1, Members);
        var table = Drafted().Says(order[0], "I go first.");
        Assert.Equal(table.Log.Length, table.Says(order[0], "Again.").Says(order[2], "Out of turn.").Fails(order[0]).Log.Length);
        var late = table.Input(new PanelInput.Say(Noon, 1, order[1], new("A late draft."), new(1, 1), "model"));
        Assert.Equal(table.Log.Length, late.Log.Length);
    }

    [Fact]
    public void An_order_holds_every_speaker_once_and_differs_between_cycles_and_seeds()
    {
        string[] speakers = ["s1", "s2", "s3", "s4", "s5"];
        WildPanel.Always(seed =>
        {
            for (var cycle = 1; cycle <= 6; cycle++)
                Assert.Equal(speakers, RoundtableRule.Order(seed, cycle, speakers).Order());
        });
        var seeds = Enumerable.Range(0, 2_000).ToArray();
        Assert.InRange(seeds.Count(seed => !RoundtableRule.Order(seed, 1, speakers).SequenceEqual(RoundtableRule.Order(seed, 2, speakers))),
            1_950, 1_999);
        Assert.All(speakers, speaker =>
            Assert.InRange(seeds.Count(seed => RoundtableRule.Order(seed, 3, speakers)[0] == speaker), 320, 480));
    }

    [Fact]
    public void Whatever_happens_only_who_drafted_speaks_and_once_a_cycle() => WildPanel.Always(seed =>
    {
        var random = new Random(seed);
        var (members, cycles) = (random.Next(2, 6), random.Next(1, 4));
        var ended = WildPanel.Play(seed, Convened(PanelProtocols.Roundtable, members, cycles, seed: seed), _ => { });
        var drafted = ended.State.In(1).Select(entry => entry.Seat).ToHashSet();
        var speeches = ended.Rounds().Where(round => round.Phase == PanelPhases.Speak).ToArray();
        Assert.All(speeches, round => Assert.Contains(Assert.Single(round.Deadlines.Keys), drafted));
        Assert.Equal(speeches.Length, speeches.Select(round => (round.Cycle, round.Deadlines.Keys.Single())).Distinct().Count());
        if (ended.Rounds().Any(round => round.Phase == PanelPhases.Synthesize))
            Assert.Equal(drafted.Count * cycles, speeches.Length);
    });
}
