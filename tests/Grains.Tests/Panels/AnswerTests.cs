using Colloquy.Knowledge;
using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels;

public sealed class AnswerTests
{
    private static readonly string _long = new('w', PanelLimits.ShownCharacters + 1_000);

    private static Citation Numbered(int n, string document) => Quote(document) with { N = n };

    [Fact]
    public void An_answer_is_whole_and_what_others_are_shown_is_not()
    {
        var drafted = Convened(PanelProtocols.Parallel, 2).Says("s1", _long, "Yes", 1).Says("s2", _long + "!", "No", 0);
        Assert.All(Briefs.Of(drafted.State, PanelIds.Chair).Entries,
            entry => Assert.Equal(PanelLimits.ShownCharacters, entry.Said.Text.Length));

        var unsaid = drafted.Fails(PanelIds.Chair).Replays().Outcome;
        Assert.Equal(_long, unsaid.Answer);
        Assert.All(unsaid.Positions, position => Assert.Equal(PanelLimits.ShownCharacters, position.Answer.Length));
        Assert.Equal(PanelLimits.ShownCharacters, Assert.Single(unsaid.MinorityReport).Answer.Length);

        Assert.Equal(_long + "?", drafted.Says(PanelIds.Chair, _long + "?").Replays().Outcome.Answer);
    }

    [Fact]
    public void Of_a_seats_positions_only_the_last_is_kept_whole()
    {
        var spoken = Convened(PanelProtocols.Roundtable, 2).Says("s1", _long).Says("s2", _long);
        var first = spoken.State.Outstanding.Single();
        var state = spoken.Says(first, _long).Replays().State;
        Assert.Equal(
            [PanelLimits.ShownCharacters, _long.Length],
            state.Entries.Where(entry => entry.Seat == first).Select(entry => entry.Said.Text.Length));
    }

    [Fact]
    public void Citations_have_the_numbers_that_stand_in_the_answer_and_none_twice()
    {
        var drafted = Convened(PanelProtocols.Parallel, 3)
            .Says("s1", new Contribution("It is so [1].") { Stance = "Yes", Confidence = 1, Citations = [Numbered(1, "a")] })
            .Says("s2", new Contribution("So it is [1].") { Stance = "Yes", Citations = [Numbered(1, "b"), Numbered(2, "a")] })
            .Says("s3", new Contribution("It is not [1].") { Stance = "No", Citations = [Numbered(1, "c")] });

        var by = drafted.Says(PanelIds.Chair, new Contribution("Most say so [3].") { Citations = [Numbered(3, "b")] }).Outcome;
        Assert.Equal([(3, "b"), (4, "a")], by.Citations.Select(citation => (citation.N, citation.DocumentId)));

        var without = drafted.Fails(PanelIds.Chair).Outcome;
        Assert.Equal([(1, "a"), (2, "b")], without.Citations.Select(citation => (citation.N, citation.DocumentId)));
    }
}
