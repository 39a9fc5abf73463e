using System.Collections.Immutable;
using Colloquy.Knowledge;
using Xunit;

namespace Colloquy.Panels.Seats.Rules;

public sealed class SeatRulesTests
{
    private const string Question = "Must fatal adverse events be reported within seven days?";
    private const string Rule = "Fatal adverse events must be reported within 7 days.";
    private const string Other = "Fatal adverse events must be reported within 15 days.";

    private static SeatBrief Brief(string phase, params BriefEntry[] entries) => new(
        "pan", "run", "m", "s1", SeatRoles.Member, 2, 1, phase, Question, "", [.. entries], [], [], null, [], [], "agent", 1, null,
        DateTimeOffset.MaxValue);

    private static SeatMaterial Material(SeatBrief brief, params string[] own) => SeatMaterial.Of(
        brief, [.. own.Select((text, at) => new Passage($"own:{at + 1}", $"Own {at + 1}", "", text, 0, 1))]);

    private static (Contribution Said, string Note) Apply(SeatBrief brief, string quoted = "", params string[] own) =>
        SeatRules.Apply(brief, Material(brief, own), quoted);

    private static BriefEntry Says(string speaker, string text, string? stance = null, string phase = PanelPhases.Draft, int round = 1) =>
        new(speaker, phase, round, new(text) { Stance = stance });

    private static BriefEntry Cites(string speaker, string text, string quote) => new(
        speaker, PanelPhases.Draft, 1, new($"{text} [1]")
        {
            Citations = [new(1, $"{speaker}:doc", "Theirs", quote, 0, quote.Length, "supported")],
        });

    [Theory]
    [InlineData("Must adverse events be reported?", "Adverse events must be reported.", "Yes")]
    [InlineData("Must adverse events be reported?", "Adverse events must not be reported.", "No")]
    [InlineData("Must adverse events be reported?", "Adverse events must be reported if they are serious.",
        "Adverse events must be reported if they are serious.")]
    [InlineData("Must adverse events be reported or recorded?", "Adverse events must be reported.", "Adverse events must be reported.")]
    [InlineData("How are adverse events reported?", "Adverse events are reported in writing.", "Adverse events are reported in writing.")]
    [InlineData("Must adverse events be reported?", "Fees must be paid early.", "Fees must be paid early.")]
    public void A_stance_is_a_yes_only_where_a_sentence_says_so_without_a_condition(string question, string sentence, string stance) =>
        Assert.Equal(stance, Stances.Of(question, Statement.Of(sentence)));

    [Theory]
    [InlineData("Report within 7 days.", 7.0)]
    [InlineData("Under Article 14 of ISO 13485, about 1,250.5 units.", 1250.5)]
    [InlineData("It fell by -3 degrees.", -3.0)]
    [InlineData("See Annex 4.", null)]
    [InlineData("None is given.", null)]
    public void The_number_of_a_sentence_is_the_first_that_names_nothing(string sentence, double? number) =>
        Assert.Equal(number, Numbers.In(sentence));

    [Fact]
    public void A_position_is_what_is_quoted_and_nothing_where_there_is_nothing()
    {
        var said = Apply(Brief(PanelPhases.Draft), $"{Rule} [1]", Rule).Said;
        Assert.Equal($"{Rule} [1]", said.Text);
        Assert.NotNull(said.Stance);
        Assert.Null(said.Estimate);
        var brief = Brief(PanelPhases.Estimate) with { Question = "Within how many days must fatal events be reported?" };
        Assert.Equal(7, Apply(brief, $"{Rule} [1]", Rule).Said.Estimate);
        var nothing = Apply(Brief(PanelPhases.Draft)).Said;
        Assert.Equal((Positions.Nothing, null, 0), (nothing.Text, nothing.Stance, nothing.Confidence));
    }

    [Fact]
    public void What_the_seats_own_passages_contradict_is_objected_to_with_both_sentences()
    {
        var brief = Brief(PanelPhases.Critique, Cites("Expert A", Other, Other), Cites("Expert B", Rule, Rule));
        var said = Apply(brief, "", Rule).Said;
        var point = Assert.Single(said.Points);
        Assert.StartsWith("Expert A says", point, StringComparison.Ordinal);
        Assert.Contains(Rule, point, StringComparison.Ordinal);
        Assert.False(said.IsContent);
        Assert.True(Apply(Brief(PanelPhases.Critique, Cites("Expert B", Rule, Rule)), "", Rule).Said.IsContent);
        var bare = Apply(Brief(PanelPhases.Critique, Says("Expert C", Rule)), "", Rule).Said;
        Assert.Equal("Expert C cites no source.", Assert.Single(bare.Points));
    }

    [Fact]
    public void A_ballot_prefers_what_its_own_passages_carry()
    {
        var brief = Brief(PanelPhases.Ballot) with { Options = [new("A", Other), new("B", Rule), new("C", "Cats sleep all day long.")] };
        var said = Apply(brief, "", Rule).Said;
        Assert.Equal(("B", "B,A,C"), (said.Choice, string.Join(',', said.Ranking)));
        Assert.True(said.Confidence > 0);
        var blind = Apply(brief with { Options = [new("A", "Cats sleep."), new("B", "Dogs sleep.")] }).Said;
        Assert.Equal(("A", 0), (blind.Choice, blind.Confidence));
        var yes = brief with { Question = "Must fatal adverse events be reported?", Options = [new("A", "No"), new("B", "Yes")] };
        Assert.Equal("B", Apply(yes, "", "Fatal adverse events must be reported.").Said.Choice);
    }

    [Fact]
    public void Whose_sentences_rest_on_their_sources_prevails()
    {
        ImmutableArray<BriefOption> options = [new("proposer", ""), new("challenger", ""), new("neither", "")];
        var brief = Brief(
            PanelPhases.Judge, Cites("the proposer", Rule, Rule), Says("the challenger", "That is wrong and nobody does it."));
        Assert.Equal("proposer", Apply(brief with { Options = options }).Said.Choice);
        var even = Brief(PanelPhases.Judge, Cites("the proposer", Rule, Rule), Cites("the challenger", Other, Other)) with
        {
            Options = options,
        };
        Assert.Equal("neither", Apply(even).Said.Choice);
    }

    [Fact]
    public void What_is_left_out_is_asked_for_once()
    {
        var claim = Says("Expert A", "Events must be reported.");
        var said = Apply(Brief(PanelPhases.Question, claim)).Said;
        Assert.All(said.Points, point => Assert.EndsWith("?", point, StringComparison.Ordinal));
        Assert.Contains("What does Expert A say about fatal?", said.Points);
        var asked = said.Points;
        var entries = new List<BriefEntry> { claim };
        for (var round = 2; said.IsContent is false; round++)
        {
            Assert.True(round < 9, "questions never end");
            entries.Add(new("the questioner", PanelPhases.Question, round, said));
            said = Apply(Brief(PanelPhases.Question, [.. entries])).Said;
            Assert.Empty(said.Points.Intersect(asked));
            asked = asked.AddRange(said.Points);
        }
    }

    [Fact]
    public void A_review_counts_and_a_contradiction_is_at_best_major()
    {
        ImmutableArray<BriefOption> options = [new("accept", ""), new("minor", ""), new("major", ""), new("reject", "")];
        SeatBrief Of(BriefEntry entry) => Brief(PanelPhases.Review, entry) with
        {
            Options = options, Criteria = ["evidence", "correctness"],
        };
        var good = Apply(Of(Cites("the author", Rule, Rule)), "", "Cats sleep all day.").Said;
        Assert.Equal((5, 5), (good.Scores["evidence"], good.Scores["correctness"]));
        Assert.True(good.Choice is "accept" or "minor");
        var wrong = Apply(Of(Cites("the author", Other, Other)), "", Rule).Said;
        Assert.True(wrong.Choice is "major" or "reject");
        Assert.Equal(1, wrong.Scores["correctness"]);
        Assert.Contains("goes against", wrong.Points[0], StringComparison.Ordinal);
        Assert.Equal(1, Apply(Of(Says("the author", Rule))).Said.Scores["evidence"]);
    }

    [Fact]
    public void A_synthesis_tells_what_most_say_first_and_says_who_says_it()
    {
        var said = Apply(Brief(PanelPhases.Synthesize, Says("Expert A", "Cats sleep all day long.", "Cats"), Cites("Expert B", Rule, Rule),
            Cites("Expert C", Rule, Rule))).Said;
        Assert.True(said.Text.IndexOf("2 of 3 experts say the same (Expert B, Expert C)", StringComparison.Ordinal)
            < said.Text.IndexOf("Expert A says: Cats", StringComparison.Ordinal));
        Assert.Contains($"{Rule} [1]", said.Text, StringComparison.Ordinal);
        Assert.Equal(1, said.Text.Split("No language model").Length - 1);
    }

    [Fact]
    public void A_position_changes_only_for_what_its_own_sources_carry()
    {
        var mine = Says("you", Other, "Fatal adverse events must be reported within 15 days.");
        var theirs = Cites("Expert A", Rule, Rule) with { Said = Cites("Expert A", Rule, Rule).Said with { Stance = Rule } };
        Assert.Equal(Rule, Apply(Brief(PanelPhases.Revise, mine, theirs), "", Rule).Said.Stance);
        Assert.Equal(mine.Said.Stance, Apply(Brief(PanelPhases.Revise, mine, theirs), "", "Cats sleep all day long.").Said.Stance);
    }

    [Fact]
    public void What_others_cite_is_quoted_only_where_nothing_else_is_left()
    {
        var brief = Brief(PanelPhases.Speak, new BriefEntry("Expert A", PanelPhases.Draft, 1, new($"{Rule} [1]")
        {
            Citations = [new(1, "own:1", "Own 1", Rule, 0, Rule.Length, "supported")],
        }));
        Assert.Equal("own:2", Assert.Single(Novelty.Prefer(Material(brief, Rule, Other), PanelPhases.Speak)).DocumentId);
        Assert.Equal(2, Novelty.Prefer(Material(brief, Rule, Other), PanelPhases.Draft).Length);
        Assert.Single(Novelty.Prefer(Material(brief, Rule), PanelPhases.Speak));
    }
}
