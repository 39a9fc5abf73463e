using Colloquy.Streams;
using static Colloquy.Tests.Streams.Following;

namespace Colloquy.Tests.Streams;

public sealed class FollowTests
{
    [Fact]
    public void A_stream_opens_with_its_place_and_a_sign_of_life() =>
        Assert.Equal(["opened 3 7", "hb"], new Following(after: 3, head: 7).Shown);

    [Fact]
    public void It_attaches_before_it_reads_and_reads_before_it_waits()
    {
        var viewer = new Following(head: 2);
        viewer.Attaches(head: 2);
        Assert.Equal(FollowStep.Read, viewer.Step);
        viewer.Reads(2, Line(1, "session.created"), Line(2, "message.accepted", 2));
        Assert.Equal(FollowStep.Wait, viewer.Step);
    }

    [Fact]
    public void Every_durable_event_comes_once_and_in_order()
    {
        var viewer = Live();
        viewer.HearsHeartbeat(4).Reads(4, Line(2, "message.accepted", 2), Line(3, "run.accepted", 2), Line(4, "run.started", 2));
        viewer.HearsHeartbeat(5).Reads(5, Line(4, "run.started", 2), Line(5, "retrieval.completed", 2));
        Assert.Equal(["2 message.accepted", "3 run.accepted", "4 run.started", "5 retrieval.completed"], viewer.Shown);
    }

    [Fact]
    public void A_frame_beyond_the_cursor_waits_for_the_journal()
    {
        var viewer = Live().Hears(Text(head: 4, 0, "Hello"));
        Assert.Empty(viewer.Shown);
        viewer.Reads(4, Line(2, "message.accepted", 2), Line(3, "run.accepted", 2), Line(4, "run.started", 2));
        Assert.Equal(["2 message.accepted", "3 run.accepted", "4 run.started", "delta 0 Hello"], viewer.Shown);
    }

    [Fact]
    public void Text_follows_text()
    {
        var viewer = Live().Hears(Text(1, 0, "Hello")).Hears(Text(1, 5, " you"));
        Assert.Equal(["delta 0 Hello", "delta 5  you"], viewer.Shown);
    }

    [Fact]
    public void Text_that_comes_twice_is_shown_once_and_what_overlaps_is_trimmed()
    {
        var viewer = Live().Hears(Text(1, 0, "Hello")).Hears(Text(1, 0, "Hello")).Hears(Text(1, 3, "lo you"));
        Assert.Equal(["delta 0 Hello", "delta 5  you"], viewer.Shown);
    }

    [Fact]
    public void Text_out_of_order_is_put_in_order()
    {
        var viewer = Live().Hears(Text(1, 5, " you")).Hears(Text(1, 0, "Hello"));
        Assert.Equal(["delta 0 Hello", "delta 5  you"], viewer.Shown);
        Assert.Equal(FollowStep.Wait, viewer.Step);
    }

    [Fact]
    public void Lost_text_is_asked_for_at_the_next_heartbeat_and_comes_as_a_snapshot()
    {
        var viewer = Live().Hears(Text(1, 0, "Hello")).Hears(Text(1, 9, " and")).HearsHeartbeat(1).Then();
        viewer.Attaches(1, "Hello you and");
        Assert.Equal(["snapshot 1 Hello you and"], viewer.Shown);
        Assert.Equal(FollowStep.Wait, viewer.Step);
    }

    [Fact]
    public void Text_that_a_renewal_knows_of_and_that_never_comes_is_asked_for()
    {
        var viewer = Live().Hears(Text(1, 0, "Hello"));
        viewer.Waits(2).HearsHeartbeat(1).Waits(2).HearsHeartbeat(1).Waits(1).Then().Attaches(1, "Hello you");
        Assert.Empty(viewer.Shown);
        viewer.HearsHeartbeat(1).Attaches(1, "Hello you");
        Assert.Equal(["snapshot 1 Hello you"], viewer.Shown);
    }

    [Fact]
    public void A_renewal_during_the_flow_shows_nothing_twice()
    {
        var viewer = Live().Hears(Text(1, 0, "Hello"));
        viewer.Waits(2).HearsHeartbeat(1).Waits(2).HearsHeartbeat(1).Waits(1).Then().Attaches(1, "Hello you");
        viewer.Hears(Text(1, 5, " you")).HearsHeartbeat(1);
        Assert.Equal(["delta 5  you"], viewer.Shown);
        Assert.Equal(FollowStep.Wait, viewer.Step);
    }

    [Fact]
    public void Who_comes_in_the_middle_sees_the_text_so_far_and_then_what_follows()
    {
        var viewer = new Following(after: 4, head: 4).Then().Attaches(4, "Hello").Hears(Text(4, 5, " you"));
        Assert.Equal(["snapshot 1 Hello", "delta 5  you"], viewer.Shown);
    }

    [Fact]
    public void The_text_so_far_comes_after_the_events_before_it()
    {
        var viewer = new Following(after: 1, head: 4).Then().Attaches(4, "Hello");
        Assert.Empty(viewer.Shown);
        viewer.Reads(4, Line(2, "message.accepted", 2), Line(3, "run.accepted", 2), Line(4, "run.started", 2));
        Assert.Equal(["2 message.accepted", "3 run.accepted", "4 run.started", "snapshot 1 Hello"], viewer.Shown);
    }

    [Fact]
    public void A_later_attempt_voids_what_was_shown()
    {
        var viewer = Live().Hears(Text(1, 0, "Hello")).Hears(Text(1, 0, "Good", attempt: 2))
            .Hears(Text(1, 4, " day", attempt: 2));
        Assert.Equal(["delta 0 Hello", "reset 2", "snapshot 2 Good", "delta 4  day"], viewer.Shown);
    }

    [Fact]
    public void Text_of_an_earlier_attempt_never_follows_a_later_one()
    {
        var viewer = Live().Hears(Text(1, 0, "Good", attempt: 2)).Hears(Text(1, 4, " morning", attempt: 1));
        Assert.Equal(["delta 0 Good"], viewer.Shown);
    }

    [Fact]
    public void A_later_attempt_in_its_middle_is_reset_first_and_then_asked_for()
    {
        var viewer = Live().Hears(Text(1, 0, "Hello")).Hears(Text(1, 4, " day", attempt: 2)).HearsHeartbeat(1);
        viewer.Attaches(1, "Good day", attempt: 2);
        Assert.Equal(["delta 0 Hello", "reset 2", "snapshot 2 Good day"], viewer.Shown);
    }

    [Fact]
    public void Late_text_of_a_completed_message_is_ignored()
    {
        var viewer = Live().Hears(Text(1, 0, "Hello")).HearsHeartbeat(3)
            .Reads(3, Line(2, "message.completed", 2), Line(3, "run.completed", 2)).Then();
        viewer.Hears(Text(1, 5, " you")).HearsHeartbeat(3);
        Assert.Empty(viewer.Shown);
        Assert.Equal(FollowStep.Wait, viewer.Step);
    }

    [Fact]
    public void Silence_makes_it_attach_again_and_the_viewer_sees_nothing_of_it()
    {
        var viewer = Live().Hears(Text(1, 0, "Hello")).Then().Waits(2.6);
        viewer.Attaches(1, "Hello");
        Assert.Empty(viewer.Shown);
        Assert.Equal(FollowStep.Wait, viewer.Step);
    }

    [Fact]
    public void What_was_missed_in_a_silence_comes_as_a_snapshot()
    {
        var viewer = Live().Hears(Text(1, 0, "Hello")).Then().Waits(2.6).Attaches(1, "Hello you");
        Assert.Equal(["snapshot 1 Hello you"], viewer.Shown);
    }

    [Fact]
    public void A_failed_call_is_made_again_after_a_pause_that_grows_to_a_second()
    {
        var viewer = new Following();
        foreach (var _ in Enumerable.Range(0, 20))
            viewer.Fails();
        Assert.Equal(FollowStep.Wait, viewer.Step);
        Assert.Equal(FollowStep.Attach, viewer.Waits(1.01).Step);
    }

    [Fact]
    public void An_answer_from_somebody_who_is_behind_is_not_asked_for_again_at_once()
    {
        var viewer = Live().HearsHeartbeat(3).Reads(1);
        Assert.Equal(FollowStep.Wait, viewer.Step);
        Assert.Equal(FollowStep.Read, viewer.Waits(0.06).Step);
    }

    [Fact]
    public void A_slow_reader_loses_live_text_and_gets_a_snapshot()
    {
        var viewer = Live().Hears(Text(1, 0, "Hello")).Then().Overflows().Attaches(1, "Hello you and others");
        Assert.Equal(["snapshot 1 Hello you and others"], viewer.Shown);
    }

    [Fact]
    public void More_frames_than_may_wait_become_a_snapshot()
    {
        var viewer = Live();
        foreach (var at in Enumerable.Range(1, LiveText.HeldMax + 1))
            viewer.Hears(Text(1, at * 2, "x"));
        Assert.Equal(FollowStep.Attach, viewer.Step);
    }

    [Fact]
    public void What_retention_removed_is_announced()
    {
        var viewer = new Following(head: 9).Then().Attaches(9).Reads(9, Line(8, "run.started", 2), Line(9, "run.completed", 2));
        Assert.Equal(["gap 0 8", "8 run.started", "9 run.completed"], viewer.Shown);
    }

    [Fact]
    public void A_heartbeat_is_shown_every_ten_seconds()
    {
        var viewer = Live();
        Assert.DoesNotContain("hb", viewer.Waits(9.9).Shown);
        Assert.Contains("hb", viewer.Waits(0.2).Shown);
    }

    [Fact]
    public void It_ends_when_the_session_is_gone() => Assert.Equal(FollowStep.End, new Following().IsGone().Step);

    [Fact]
    public void A_runs_stream_has_its_events_only_and_ends_with_its_end()
    {
        var viewer = new Following(head: 9, run: Run(4)).Then().Attaches(9).Reads(9,
            Line(4, "message.accepted", 4), Line(5, "run.accepted", 4), Line(6, "run.completed", 2), Line(7, "run.started", 4),
            Line(8, "run.cancelled", 4), Line(9, "message.accepted", 9));
        Assert.Equal(["4 message.accepted", "5 run.accepted", "7 run.started", "8 run.cancelled"], viewer.Shown);
        Assert.Equal(FollowStep.End, viewer.Step);
    }

    [Fact]
    public void A_runs_stream_shows_no_text_of_another_run()
    {
        var viewer = new Following(after: 5, head: 5, run: Run(4)).Then().Attaches(5, "Other", run: 2);
        viewer.Hears(Text(5, 0, "Other", run: 2)).Hears(Text(5, 0, "Own", run: 4));
        Assert.Equal(["delta 0 Own"], viewer.Shown);
    }

    private static Following Live() => new Following(after: 1, head: 1).Then().Attaches(1);
}
