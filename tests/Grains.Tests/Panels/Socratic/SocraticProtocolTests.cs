using Colloquy.Panels.Shared;
using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels.Socratic;

public sealed class SocraticProtocolTests
{
    private static PanelTable Table(int cycles = 3, int members = 2) => Convened(PanelProtocols.Socratic, members, cycles: cycles);

    private static PanelTable Claimed(int cycles = 3) => Table(cycles)
        .Says("s2", new("Water boils at 100 degrees.") { Stance = "Yes", Confidence = 0.9, Points = ["A guess"] });

    private static readonly Contribution Content = new("I am content.") { IsContent = true };

    private static Contribution Answer(string text, params string[] assumptions) => new(text) { Points = [.. assumptions] };

    private static PanelTable Questioned(int cycles = 3) => Claimed(cycles)
        .Says("s1", new("You forget the pressure. At what pressure?") { Stance = "No", Citations = [Quote("doc")] })
        .Says("s2", new("At sea level, water boils at 100 degrees.")
        {
            Stance = "Yes, at sea level", Confidence = 0.8, Points = ["Sea level", "Pure water", "Sea level"],
        });

    [Fact]
    public void It_wants_a_questioner_and_respondents_without_a_chair_and_asks_thrice()
    {
        var shape = Protocols.Of(PanelProtocols.Socratic).Shape;
        Assert.Equal((2, 12, false, 3, 0.5), (shape.MembersMin, shape.MembersMax, shape.HasChair, shape.Cycles, shape.Threshold));
        Assert.Equal([SeatRoles.Questioner, SeatRoles.Respondent, SeatRoles.Respondent],
            [shape.Role(0, "A text."), shape.Role(1, null), shape.Role(2, null)]);
    }

    [Fact]
    public void A_claim_is_questioned_until_no_question_is_open()
    {
        var ended = Questioned().Says("s1", Content).HasEndedOnce("completed").Replays();
        Assert.Equal(["draft 1: s2", "question 1: s1", "answer 1: s2", "question 2: s1"], ended.Course());
        var outcome = ended.Outcome;
        Assert.Equal((PanelDecisions.Decided, "At sea level, water boils at 100 degrees."), (outcome.Decision, outcome.Answer));
        Assert.Equal((PanelProtocols.Socratic, PanelStops.NoOpenQuestion, 2),
            (outcome.Rule.Name, outcome.Rule.Stopped, outcome.Rule.Cycles));
        Assert.Equal(["Sea level", "Pure water"], outcome.Rule.Assumptions.ToArray());
        Assert.Equal("Yes, at sea level", outcome.Recommendation.Text);
        Assert.Equal(["The claim was put 1 question and none is open.", "No position that prevails cites a source."],
            outcome.Recommendation.Grounds.ToArray());
        Assert.Empty(outcome.MinorityReport);
        Assert.Equal("s2", Assert.Single(outcome.Positions).Seat);
        Assert.Equal(1, outcome.Rule.Agreement!.Share);
    }

    [Fact]
    public void Who_says_much_and_asks_nothing_has_no_open_question()
    {
        var ended = Questioned().Says("s1", "I hold that water is wet.").HasEndedOnce("completed").Replays();
        Assert.Equal((PanelDecisions.Decided, PanelStops.NoOpenQuestion), (ended.Outcome.Decision, ended.Outcome.Rule.Stopped));
        var content = Questioned().Says("s1", new("Is it? No matter.") { IsContent = true }).HasEndedOnce("completed");
        Assert.Equal("The claim was put 1 question and none is open.", content.Outcome.Recommendation.Grounds[0]);
    }

    [Fact]
    public void A_claim_that_raises_no_question_stands()
    {
        var outcome = Claimed().Says("s1", Content).HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal((PanelDecisions.Decided, "Water boils at 100 degrees.", 1), (outcome.Decision, outcome.Answer, outcome.Rule.Cycles));
        Assert.Equal("The questioner had nothing to ask.", outcome.Recommendation.Grounds[0]);
        Assert.Empty(outcome.Rule.Assumptions);
    }

    [Fact]
    public void What_is_not_settled_when_the_cycles_are_used_up_is_said()
    {
        var outcome = Questioned(cycles: 1).HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal(1, outcome.Rule.Cycles);
        Assert.Equal((PanelDecisions.Undecided, PanelStops.Cycles), (outcome.Decision, outcome.Rule.Stopped));
        Assert.Equal("Not settled: Yes, at sea level", outcome.Recommendation.Text);
        Assert.Equal(
            [
                "The claim was put 1 question; whether the last answers settle them, the questioner was not asked again.",
                "Open: At what pressure?", "No position that prevails cites a source.",
            ], outcome.Recommendation.Grounds.ToArray());
        var doubt = Assert.Single(outcome.MinorityReport);
        Assert.Equal((null, "At what pressure?", 0.0, null), (doubt.Stance, doubt.Answer, doubt.Share, doubt.Confidence));
        Assert.Equal(["s1"], doubt.Seats.ToArray());
        Assert.Equal(["At what pressure?"], doubt.Objections.ToArray());
        Assert.Empty(doubt.Evidence);
    }

    [Fact]
    public void Questions_that_are_not_answered_stay_open_and_the_next_cycle_asks_again()
    {
        var table = Claimed(cycles: 2).Says("s1", "Why? How?").Fails("s2");
        Assert.Equal("question 2: s1", table.Course().Last());
        var outcome = table.Says("s1", "Why? When?").Fails("s2").HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal(PanelDecisions.Undecided, outcome.Decision);
        Assert.Equal("The claim was put 4 questions; the last were not answered.", outcome.Recommendation.Grounds[0]);
        Assert.Equal(["Why?", "When?"], Assert.Single(outcome.MinorityReport).Objections.ToArray());
        Assert.Equal("Why?\nWhen?", outcome.MinorityReport[0].Answer);
        Assert.Equal("Water boils at 100 degrees.", outcome.Answer);
    }

    [Fact]
    public void An_absent_questioner_costs_the_cycle()
    {
        var table = Claimed(cycles: 2).Fails("s1");
        Assert.Equal(["question 1: s1", "question 2: s1"], table.Course().Skip(1));
        var outcome = table.Fails("s1").HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal((PanelDecisions.Undecided, PanelStops.Cycles), (outcome.Decision, outcome.Rule.Stopped));
        Assert.Equal("The questioner asked nothing: the claim is unexamined.", outcome.Recommendation.Grounds[0]);
        Assert.Empty(outcome.MinorityReport);
        var answered = Questioned(cycles: 2).Fails("s1").HasEndedOnce("completed").Outcome;
        Assert.Contains("Open: At what pressure?", answered.Recommendation.Grounds);
    }

    [Fact]
    public void Without_a_claim_there_is_nothing_to_ask()
    {
        var ended = Table().Fails("s2").HasEndedOnce("failed").Replays();
        Assert.Equal((PanelDecisions.NoQuorum, null, PanelStops.Quorum),
            (ended.Outcome.Decision, ended.Outcome.Answer, ended.Outcome.Rule.Stopped));
        Assert.Equal(["0 of 1 respondents made a claim; 1 are needed."], ended.Outcome.Recommendation.Grounds.ToArray());
        Assert.Single(ended.Rounds());
    }

    [Fact]
    public void Respondents_count_for_the_quorum_and_the_questioner_does_not()
    {
        var few = Table(members: 5).Says("s2", "So.").Says("s3", "So.").Fails("s4").Fails("s5").HasEndedOnce("failed").Replays();
        Assert.Equal(["2 of 4 respondents made a claim; 3 are needed."], few.Outcome.Recommendation.Grounds.ToArray());
        var enough = Table(members: 5).Says("s2", "So.").Says("s3", "So.").Says("s4", "So.").Fails("s5").Says("s1", "Why?");
        Assert.Equal("answer 1: s2 s3 s4", enough.Course().Last());
    }

    [Fact]
    public void Of_several_respondents_the_largest_group_answers_and_the_others_dissent()
    {
        var outcome = Table(cycles: 1, members: 4)
            .Says("s2", "Water boils.", "Yes").Says("s3", "Ice melts.", "No").Says("s4", "Steam rises.", "Yes")
            .Says("s1", "Why?")
            .Says("s2", Answer("It boils by heat.", "Heat") with { Stance = "Yes" })
            .Says("s3", Answer("It melts.", "Cold") with { Stance = "No", Citations = [Quote("ice")] })
            .Says("s4", Answer("It boils by fire.", "Fire", "Heat") with { Stance = "Yes", Citations = [Quote("fire")] })
            .HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal("It boils by heat.", outcome.Answer);
        Assert.Equal(["Heat", "Fire"], outcome.Rule.Assumptions.ToArray());
        Assert.Equal(["s3", "s1"], outcome.MinorityReport.Select(minority => minority.Seats.Single()));
        Assert.Equal("Title of fire", Assert.Single(outcome.Citations).Title);
    }

    [Fact]
    public void When_the_time_is_up_the_claim_is_undecided()
    {
        var ended = Questioned().Later(TimeSpan.FromHours(2)).Ticks().HasEndedOnce("completed").Replays();
        Assert.Equal((PanelDecisions.Undecided, PanelStops.Deadline), (ended.Outcome.Decision, ended.Outcome.Rule.Stopped));
        Table().Later(TimeSpan.FromHours(2)).Ticks().HasEndedOnce("expired").Replays();
        Table().Fails("s2", AbsenceReasons.Budget).HasEndedOnce("budget_exhausted").Replays();
        Claimed().Input(new PanelInput.Cancel(Noon, "requested")).HasEndedOnce("cancelled").Replays();
    }

    [Fact]
    public void What_is_said_twice_or_late_or_out_of_turn_changes_nothing()
    {
        var table = Claimed();
        Assert.Equal(table.Log.Length, table.Says("s2", "Another claim.").Fails("s2").Log.Length);
        var late = table.Input(new PanelInput.Say(Noon, 1, "s2", new("A late claim."), new(1, 1), "model"));
        Assert.Equal(table.Log.Length, late.Log.Length);
    }

    [Fact]
    public void A_claim_is_made_unseen()
    {
        var table = Table(members: 3).Says("s2", "So.");
        Assert.Equal(SocraticTasks.Claim, table.Told("s3").Instructions);
        Assert.Empty(table.Told("s3").Entries);
    }

    [Fact]
    public void The_questioner_sees_every_claim_under_a_letter_and_of_its_own_words_the_questions()
    {
        var table = Table(members: 3).Says("s2", "Two.").Says("s3", "Three.").Says("s1", "Wrong. Why?").Says("s2", "By heat.")
            .Says("s3", "By fire.");
        var letters = Anonymity.Letters(table.State);
        (string Speaker, string Text)[] Both(string two, string three) =>
            [.. new[] { ($"Expert {letters["s2"]}", two), ($"Expert {letters["s3"]}", three) }.Order()];
        Assert.Equal([.. Both("Two.", "Three."), ("you", "Why?"), .. Both("By heat.", "By fire.")], table.Sees("s1"));
        Assert.Equal(SocraticTasks.Ask, table.Told("s1").Instructions);
    }

    [Fact]
    public void A_respondent_sees_its_own_words_and_the_questions_and_nothing_else_of_anybody()
    {
        var table = Table(members: 3).Says("s2", "Two.").Says("s3", "Three.")
            .Says("s1", new("Wrong. Why?")
            {
                Stance = "No", Confidence = 1, Points = ["Surely not.", "Who says so?"], Citations = [Quote("doc")],
            });
        Assert.Equal([("you", "Two."), ("the questioner", "Why?\nWho says so?")], table.Sees("s2"));
        Assert.Equal([("you", "Three."), ("the questioner", "Why?\nWho says so?")], table.Sees("s3"));
        var shown = table.Told("s2").Entries[1].Said;
        Assert.Equal((null, null, 0), (shown.Stance, shown.Confidence, shown.Citations.Length));
        Assert.Equal(["Why?", "Who says so?"], shown.Points.ToArray());
        Assert.Equal($"To the questioner you are Expert {Anonymity.Letters(table.State)["s2"]}. {SocraticTasks.Answer}",
            table.Told("s2").Instructions);
    }

    [Fact]
    public void Whatever_happens_only_who_claimed_is_questioned_and_only_questions_are_put() => WildPanel.Always(seed =>
    {
        var random = new Random(seed);
        var (members, cycles) = (random.Next(2, 6), random.Next(1, 5));
        var ended = WildPanel.Play(seed, Convened(PanelProtocols.Socratic, members, cycles, seed: seed), table =>
        {
            if (table.Phase != PanelPhases.Answer)
                return;
            foreach (var seat in table.State.Outstanding)
            {
                var put = table.Told(seat).Entries.Where(entry => entry.Speaker == "the questioner").ToArray();
                Assert.NotEmpty(put[^1].Said.Text);
                Assert.All(put.SelectMany(entry => entry.Said.Points), question =>
                    Assert.EndsWith("?", question, StringComparison.Ordinal));
                Assert.DoesNotContain(table.Told(seat).Entries, entry => entry.Speaker.StartsWith("Expert", StringComparison.Ordinal));
            }
        });
        var claimed = ended.State.In(1).Select(entry => entry.Seat).Order().ToArray();
        var rounds = ended.Rounds().ToArray();
        Assert.All(rounds.Where(round => round.Phase == PanelPhases.Answer), round => Assert.Equal(claimed, round.Deadlines.Keys));
        Assert.All(rounds.Where(round => round.Phase == PanelPhases.Question), round => Assert.Equal(["s1"], round.Deadlines.Keys));
        Assert.Equal(rounds.Length, rounds.Select(round => (round.Cycle, round.Phase)).Distinct().Count());
        if (ended.State.Outcome is not { } outcome)
            return;
        var isQuorate = claimed.Length >= Math.Min((members / 2) + 1, members - 1);
        var last = ended.State.Entries.LastOrDefault(entry => entry.Phase == PanelPhases.Question);
        var isSettled = last is not null && (last.Said.IsContent == true || Questions.Of(last.Said).IsEmpty);
        Assert.Equal(!isQuorate ? PanelDecisions.NoQuorum : isSettled ? PanelDecisions.Decided : PanelDecisions.Undecided,
            outcome.Decision);
        Assert.DoesNotContain(outcome.Positions, position => position.Seat == "s1");
    });
}
