using Xunit;
using static Colloquy.Panels.Standing.Boards;

namespace Colloquy.Panels.Standing;

public sealed class StandingProtocolTests
{
    [Fact]
    public void It_is_created_with_the_protocol_that_is_named_or_in_parallel()
    {
        var (state, answer) = Define(new(), New("ada", "bob") with { Quorum = 2, Criteria = ["Is it sound?"] });
        Assert.Equal(StandingStatus.Done, answer.Status);
        Assert.Equal(("board", "The board", "parallel", 2, 0, Noon), (answer.Panel!.Id, answer.Panel.Name, answer.Panel.Protocol,
            answer.Panel.Quorum, answer.Panel.Precedents, answer.Panel.CreatedAt));
        Assert.Equal(["ada", "bob"], answer.Panel.Agents.AsEnumerable());
        Assert.Equal(["Is it sound?"], state.Panel!.Criteria.AsEnumerable());
    }

    [Fact]
    public void A_creation_again_changes_nothing_also_after_a_change()
    {
        var (changed, _) = Define(Board, Nothing with { Name = "Other" }, Noon.AddDays(1));
        var (same, answer) = Define(changed, New("ada", "bob", "cyd"));
        Assert.Same(changed, same);
        Assert.Equal((StandingStatus.Done, "Other"), (answer.Status, answer.Panel!.Name));
    }

    [Fact]
    public void Another_request_under_the_same_key_and_another_creation_are_refused()
    {
        Refuses(Board, New("ada", "bob") with { Fingerprint = "g" }, StandingStatus.KeyReused);
        Refuses(Board, New("ada", "bob", "cyd") with { Operation = "other" }, StandingStatus.Exists);
        Refuses(Board, New("ada", "bob", "cyd") with { Operation = null }, StandingStatus.Exists);
        var (keyless, _) = Define(new(), New("ada", "bob") with { Operation = null });
        Refuses(keyless, New("ada", "bob") with { Operation = null }, StandingStatus.Exists);
    }

    [Fact]
    public void Only_what_is_given_changes_and_only_what_is_other_is_a_change()
    {
        var (same, _) = Define(Board, Nothing with { Name = "The board", Agents = ["ada", "bob", "cyd"], Criteria = [] }, Noon.AddDays(1));
        Assert.Same(Board, same);
        var (fewer, answer) = Define(Board, Nothing with { Agents = ["cyd", "ada"] }, Noon.AddDays(1));
        Assert.Equal((StandingStatus.Done, "The board", Noon, Noon.AddDays(1)),
            (answer.Status, answer.Panel!.Name, answer.Panel.CreatedAt, answer.Panel.ChangedAt));
        Assert.Equal(["cyd", "ada"], fewer.Panel!.Agents.AsEnumerable());
        var (judging, _) = Define(Board, Nothing with { Criteria = ["Is it sound?"] });
        Assert.NotSame(Board, judging);
    }

    [Fact]
    public void What_is_not_there_is_not_changed_and_either_will_do_where_nothing_is_said()
    {
        Refuses(new(), Nothing with { Name = "Other", Agents = ["ada", "bob"] }, StandingStatus.NotFound);
        var (state, answer) = Define(new(), New("ada", "bob") with { Creates = null });
        Assert.Equal(StandingStatus.Done, answer.Status);
        Assert.Equal("Other", Define(state, Nothing with { Creates = null, Name = "Other" }).Answer.Panel!.Name);
    }

    [Fact]
    public void What_is_new_needs_a_name_and_members()
    {
        Refuses(new(), New("ada", "bob") with { Name = null }, StandingStatus.Incomplete, "name");
        Refuses(new(), New() with { Agents = null }, StandingStatus.Incomplete, "agents");
    }

    [Fact]
    public void Members_are_published_different_and_as_many_as_the_protocol_takes()
    {
        Refuses(new(), New("ada"), StandingStatus.Unfit, "agents");
        Refuses(new(), New("ada", "ada"), StandingStatus.Unfit, "agents");
        Refuses(new(), New([.. Enumerable.Range(0, PanelLimits.SeatsMax + 1).Select(n => $"a{n}")]), StandingStatus.Unfit, "agents");
        var most = New([.. Enumerable.Range(0, PanelLimits.SeatsMax).Select(n => $"a{n}")]);
        Assert.Equal(StandingStatus.Done, Define(new(), most).Answer.Status);
        var (same, answer) = StandingProtocol.Define(Board, "board", Nothing with { Agents = ["ada", "eve"] }, "eve", Noon);
        Assert.Same(Board, same);
        Assert.Equal((StandingStatus.UnknownAgent, "eve"), (answer.Status, answer.Detail));
    }

    [Fact]
    public void A_protocol_that_nobody_knows_and_a_rule_without_a_vote_are_refused()
    {
        Refuses(new(), New("ada", "bob") with { Protocol = "shouting" }, StandingStatus.Unfit, "protocol");
        Refuses(Board, Nothing with { Rule = VoteRules.Borda }, StandingStatus.Unfit, "rule");
    }

    [Fact]
    public void Another_protocol_drops_the_rule_and_the_cycles_of_the_one_before()
    {
        var voting = Board with { Panel = Board.Panel! with { Protocol = PanelProtocols.Vote, Rule = VoteRules.Borda, Cycles = 2 } };
        var (parallel, _) = Define(voting, Nothing with { Protocol = PanelProtocols.Parallel });
        Assert.Equal((PanelProtocols.Parallel, null, null), (parallel.Panel!.Protocol, parallel.Panel.Rule, parallel.Panel.Cycles));
        var (again, _) = Define(
            Board with { Panel = Board.Panel! with { Cycles = 2 } }, Nothing with { Protocol = PanelProtocols.Parallel });
        Assert.Equal(2, again.Panel!.Cycles);
    }

    [Fact]
    public void Removed_it_is_gone_with_all_that_it_knew_and_removed_again_nothing_happens()
    {
        var (gone, wasThere) = StandingProtocol.Remove(Board.Kept(Precedent(1)).Said(Word("k", "ada", true)));
        Assert.True(wasThere);
        Assert.Null(StandingProtocol.View(gone, "board"));
        Assert.Empty(gone.Precedents);
        Assert.Empty(gone.Ratings);
        Assert.Equal((gone, false), StandingProtocol.Remove(gone));
        Assert.Same(gone, gone.Kept(Precedent(1)));
        Assert.Same(gone, gone.Said(Word("k", "ada", true)));
    }

    [Fact]
    public void An_outcome_is_kept_once_in_the_order_of_time_and_clipped()
    {
        var state = Board.Kept(Precedent(2), Precedent(1), Precedent(3));
        Assert.Equal(["pan_1", "pan_2", "pan_3"], state.Precedents.Select(one => one.PanelId));
        Assert.Same(state, state.Kept(Precedent(2, "Is it otherwise?")));
        var longest = new string('x', StandingLimits.PrecedentCharacters + 1);
        var kept = Board.Kept(Precedent(1, longest, longest)).Precedents.Single();
        Assert.Equal((StandingLimits.PrecedentCharacters, StandingLimits.PrecedentCharacters), (kept.Question.Length, kept.Answer.Length));
    }

    [Fact]
    public void The_oldest_outcome_gives_way_and_does_not_come_back()
    {
        var full = Board.Kept([.. Enumerable.Range(1, StandingLimits.Precedents).Select(n => Precedent(n))]);
        var more = full.Kept(Precedent(1_000));
        Assert.Equal((StandingLimits.Precedents, "pan_2", "pan_1000"),
            (more.Precedents.Length, more.Precedents[0].PanelId, more.Precedents[^1].PanelId));
        Assert.Same(more, more.Kept(Precedent(1)));
    }

    [Fact]
    public void What_ended_before_the_panel_began_is_of_another_one() => Assert.Same(Board, Board.Kept(Precedent(-1)));

    [Fact]
    public void A_word_counts_once_and_is_replaced_by_what_is_said_later()
    {
        var state = Board.Said(Word("k", "ada", true, 2));
        Assert.Same(state, state.Said(Word("k", "ada", true, 2)));
        Assert.Same(state, state.Said(Word("k", "ada", false, 1)));
        Assert.Equal(
            new("ada", "devices", 0, 1, TrackRecords.Weight(0, 1)), TrackRecords.Of(state.Said(Word("k", "ada", false, 3))).Single());
        var back = state.Said(Word("k", "ada", null, 3));
        Assert.Empty(TrackRecords.Of(back));
        Assert.Same(back, back.Said(Word("k", "ada", true, 2)));
    }

    [Fact]
    public void Of_strangers_nothing_is_kept_and_of_who_left_only_what_is_taken_back()
    {
        Assert.Same(Board, Board.Said(Word("k", "eve", true)));
        var (without, _) = Define(Board.Said(Word("k", "cyd", true)), Nothing with { Agents = ["ada", "bob"] });
        Assert.Equal("cyd", TrackRecords.Of(without).Single().Agent);
        Assert.Empty(TrackRecords.Of(without.Said(Word("k", "cyd", null, 2))));
        Assert.Same(without, without.Said(Word("other", "cyd", true)));
    }

    [Fact]
    public void The_oldest_word_gives_way_and_counts_no_more()
    {
        var full = Board.Said([.. Enumerable.Range(0, StandingLimits.Ratings).Select(n => Word($"k{n}", "ada", n > 0))]);
        Assert.Equal((StandingLimits.Ratings - 1, 1), (TrackRecords.Of(full)[0].Right, TrackRecords.Of(full)[0].Wrong));
        var more = full.Said(Word("one more", "ada", true));
        Assert.Equal((StandingLimits.Ratings, StandingLimits.Ratings, 0),
            (more.Ratings.Length, TrackRecords.Of(more)[0].Right, TrackRecords.Of(more)[0].Wrong));
    }

    [Fact]
    public void A_list_holds_so_many_once_and_in_order()
    {
        var (state, _) = StandingListProtocol.Put(new(), "b");
        (state, _) = StandingListProtocol.Put(state, "a");
        Assert.Equal(["a", "b"], state.Panels.AsEnumerable());
        Assert.Equal((state, true), StandingListProtocol.Put(state, "a"));
        var full = Enumerable.Range(0, StandingLimits.Panels).Aggregate(
            new StandingListState(), (all, n) => StandingListProtocol.Put(all, $"p{n}").Next);
        Assert.Equal((full, false), StandingListProtocol.Put(full, "more"));
        Assert.True(StandingListProtocol.Put(full, "p7").Answer);
        Assert.True(StandingListProtocol.Put(StandingListProtocol.Remove(full, "p7").Next, "more").Answer);
        Assert.Equal((full, false), StandingListProtocol.Remove(full, "more"));
    }

    private static (StandingState Next, StandingResult Answer) Define(
        StandingState state, DefineStanding command, DateTimeOffset? at = null) =>
        StandingProtocol.Define(state, "board", command, null, at ?? Noon);

    private static void Refuses(StandingState state, DefineStanding command, StandingStatus status, string? detail = null)
    {
        var (same, answer) = Define(state, command);
        Assert.Same(state, same);
        Assert.Equal((status, detail), (answer.Status, answer.Detail));
        Assert.Null(answer.Panel);
    }
}
