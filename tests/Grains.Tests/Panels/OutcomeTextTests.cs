using Colloquy.Runs;
using Xunit;

namespace Colloquy.Panels;

public sealed class OutcomeTextTests
{
    private static readonly PanelOutcome _outcome = new(
        PanelDecisions.Decided, "Yes, it is.",
        new(VoteRules.Weighted)
        {
            Options = [new("A", "Yes", ["s1"], 2, 1.75, 0, 3, ["s1", "s3"]), new("B", "No", ["s2"], 1, 0.8, 0, 3, ["s2"])],
            Agreement = new(0.66, [], "m"), Threshold = 0.5,
        },
        [new("s2", "b", "Bo", SeatRoles.Member, "No, never.", "No", null, [], 1)],
        [new(["s2"], "No", "No, never.", 0.34, null, ["It can fail."], [])],
        new("Yes", []), [], null, new(Usage.None, []), [], []);

    [Fact]
    public void The_rule_is_told_with_its_numbers_and_below_it_who_does_not_agree() => Assert.Equal("""
        Decided by weighted: A (Yes) 1.75 by weight; B (No) 0.8 by weight; agreement 66 %; needed 50 %.

        Minority report:
        - Bo (s2) (34 %): No Objections: It can fail.
        """, OutcomeText.Of(_outcome));

    [Fact]
    public void That_nobody_is_of_another_mind_is_said_too() => Assert.EndsWith(
        "\n\nMinority report: none.", OutcomeText.Of(_outcome with { MinorityReport = [] }), StringComparison.Ordinal);

    [Fact]
    public void What_the_rule_could_not_decide_is_not_called_decided() => Assert.StartsWith(
        "Not decided by weighted: ", OutcomeText.Of(_outcome with { Decision = PanelDecisions.Undecided }), StringComparison.Ordinal);

    [Theory]
    [InlineData(VoteRules.Majority, "A (Yes) 2 votes; B (No) 1 vote;")]
    [InlineData(VoteRules.Borda, "A (Yes) 0 points; B (No) 0 points;")]
    [InlineData(PanelProtocols.Review, "A (Yes) 2 votes; B (No) 1 vote;")]
    public void Each_rule_is_told_by_what_it_counts(string rule, string told) =>
        Assert.Contains(told, OutcomeText.Of(_outcome with { Rule = _outcome.Rule with { Name = rule } }), StringComparison.Ordinal);

    [Fact]
    public void All_that_a_rule_has_is_told()
    {
        var rule = new PanelRule(PanelProtocols.Delphi)
        {
            Spread = [new(1, 3, 5, 4, 6, 1), new(2, 3, 10, 9.5, 12, 1)], Verdict = "minor", TieBreak = "weight",
            Criteria = [new("clarity", 4.5, 4, 5, 2)], Options = [new("accept", "accept", [], 1, 1, 0, 1, [])],
        };
        Assert.StartsWith(
            "Decided by delphi: accept 1 vote; clarity 4.5 of 5; median 10, quartiles 9.5 to 12; verdict minor; "
            + "a tie was broken by weight.",
            OutcomeText.Of(_outcome with { Rule = rule }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_dissent_is_clipped_on_one_line()
    {
        var wordy = _outcome.MinorityReport[0] with { Stance = null, Answer = "No.\n" + new string('o', 500), Objections = [] };
        var text = OutcomeText.Of(_outcome with { MinorityReport = [wordy] });
        Assert.EndsWith($"): No. {new string('o', 396)}…", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_of_sixty_characters_is_told_whole_and_a_longer_one_by_its_beginning()
    {
        var rule = _outcome.Rule with
        {
            Options = [.. new[] { 60, 61 }.Select(length => _outcome.Rule.Options[0] with { Text = $" {new string('o', length)} " })],
        };
        var (whole, clipped) = ($"A ({new string('o', 60)}) 1.75 by weight", $"A ({new string('o', 60)}…) 1.75 by weight");
        Assert.StartsWith(
            $"Decided by weighted: {whole}; {clipped}; ", OutcomeText.Of(_outcome with { Rule = rule }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_without_numbers_is_told_by_its_name_and_one_with_a_single_number_by_both()
    {
        Assert.StartsWith("Decided by parallel.\n", OutcomeText.Of(_outcome with { Rule = new("parallel") }), StringComparison.Ordinal);
        Assert.StartsWith("Decided by review: verdict minor.\n",
            OutcomeText.Of(_outcome with { Rule = new("review") { Verdict = "minor" } }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_median_without_quartiles_says_that_they_are_unknown() => Assert.StartsWith(
        "Decided by delphi: median 5, quartiles unknown to unknown.",
        OutcomeText.Of(_outcome with { Rule = new("delphi") { Spread = [new(1, 1, 5, null, null, 1)] } }), StringComparison.Ordinal);
}
