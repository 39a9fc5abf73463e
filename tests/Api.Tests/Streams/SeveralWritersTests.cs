using System.Globalization;
using Colloquy.Sessions;
using Colloquy.Streams;
using static Colloquy.Tests.Streams.Following;

namespace Colloquy.Tests.Streams;

/// <summary>A panel: several texts at once, told apart by their messages.</summary>
public sealed class SeveralWritersTests
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz";

    [Fact]
    public void Words_of_several_seats_come_between_each_other_and_each_goes_its_own_way()
    {
        var viewer = Live().Hears(Words(1, "s1", 0, "Yes")).Hears(Words(1, "s2", 0, "No")).Hears(Words(1, "s1", 3, ", but"))
            .Hears(Words(1, "s2", 2, ", never"));
        Assert.Equal(["delta s1/1 0 Yes", "delta s2/1 0 No", "delta s1/1 3 , but", "delta s2/1 2 , never"], viewer.Shown);
        Assert.Equal(FollowStep.Wait, viewer.Step);
    }

    [Fact]
    public void What_one_seat_lost_holds_up_no_other_and_is_asked_for()
    {
        var viewer = Live().Hears(Words(1, "s1", 0, "Yes")).Hears(Words(1, "s2", 0, "No")).Hears(Words(1, "s1", 5, "ut"))
            .Hears(Words(1, "s2", 2, ", never")).Then().HearsHeartbeat(1);
        Assert.Equal(FollowStep.Attach, viewer.Step);
        viewer.Attaches(1, Written("s1", "Yes, but"), Written("s2", "No, never"));
        Assert.Equal(["snapshot s1/1 1 Yes, but"], viewer.Shown);
        Assert.Equal(FollowStep.Wait, viewer.Step);
    }

    [Fact]
    public void Who_comes_late_sees_all_seats_so_far()
    {
        var viewer = new Following(after: 4, head: 4).Then().Attaches(4, Written("s1", "Yes"), Written("s2", "No"),
            Written("s3", ""))
            .Hears(Words(4, "s2", 2, ", never")).Hears(Words(4, "s3", 0, "Perhaps"));
        Assert.Equal(["snapshot s1/1 1 Yes", "snapshot s2/1 1 No", "delta s2/1 2 , never", "delta s3/1 0 Perhaps"], viewer.Shown);
    }

    [Fact]
    public void An_overflow_brings_a_snapshot_of_every_seat_that_has_gone_on()
    {
        var viewer = Live().Hears(Words(1, "s1", 0, "Yes")).Hears(Words(1, "s2", 0, "No")).Then().Overflows();
        viewer.Attaches(1, Written("s1", "Yes, but"), Written("s2", "No"));
        Assert.Equal(["snapshot s1/1 1 Yes, but"], viewer.Shown);
        viewer.Hears(Words(1, "s2", 2, ", never"));
        Assert.Equal("delta s2/1 2 , never", viewer.Shown[^1]);
    }

    [Fact]
    public void A_seat_that_begins_anew_voids_its_own_text_and_no_other()
    {
        var viewer = Live().Hears(Words(1, "s1", 0, "Yes")).Hears(Words(1, "s2", 0, "No")).Then()
            .Hears(Words(1, "s1", 0, "Maybe", attempt: 2)).Hears(Words(1, "s2", 2, ", never")).Hears(Words(1, "s1", 3, "!"));
        Assert.Equal(["reset s1/1 2", "snapshot s1/1 2 Maybe", "delta s2/1 2 , never"], viewer.Shown);
    }

    [Fact]
    public void A_seat_that_has_spoken_is_heard_no_more_while_others_go_on()
    {
        var viewer = Live().Hears(Words(1, "s1", 0, "Yes")).Hears(Words(1, "s2", 0, "No")).Then().HearsHeartbeat(2)
            .Reads(2, Position(2, "s1"));
        viewer.Hears(Words(1, "s1", 3, ", but")).Hears(Words(2, "s2", 2, ", never")).HearsHeartbeat(2);
        Assert.Equal(["2 panel.position", "delta s2/1 2 , never"], viewer.Shown);
        Assert.Equal(FollowStep.Wait, viewer.Step);
    }

    [Fact]
    public void The_end_of_the_run_is_the_end_of_every_text()
    {
        var viewer = Live().Hears(Words(1, "s1", 0, "Yes")).Hears(Words(1, "s2", 0, "No")).Then().HearsHeartbeat(2)
            .Reads(2, Line(2, "run.cancelled", 2));
        viewer.Hears(Words(2, "s1", 3, ", but")).Hears(Words(2, "s2", 2, ", never")).HearsHeartbeat(2);
        Assert.Equal(["2 run.cancelled"], viewer.Shown);
        Assert.Equal(FollowStep.Wait, viewer.Step);
    }

    [Fact]
    public void What_a_renewal_knows_of_one_seat_and_never_comes_is_asked_for()
    {
        var viewer = Live().Hears(Words(1, "s1", 0, "Yes")).Hears(Words(1, "s2", 0, "No"));
        viewer.Waits(2).HearsHeartbeat(1).Waits(2).HearsHeartbeat(1).Waits(1);
        viewer.Then().Attaches(1, Written("s1", "Yes"), Written("s2", "No, never"));
        Assert.Empty(viewer.Shown);
        viewer.HearsHeartbeat(1).Attaches(1, Written("s1", "Yes"), Written("s2", "No, never"));
        Assert.Equal(["snapshot s2/1 1 No, never"], viewer.Shown);
    }

    [Fact]
    public void Texts_beyond_the_bound_are_left_to_the_journal_and_disturb_nobody()
    {
        var viewer = Live();
        foreach (var at in Enumerable.Range(0, LiveText.TextsMax + 3))
            viewer.Hears(Words(1, Name(at), 0, "x")).Hears(Words(1, Name(at), 1, "y"));
        Assert.Equal(2 * LiveText.TextsMax, viewer.Shown.Count);
        Assert.Equal(FollowStep.Wait, viewer.HearsHeartbeat(1).Step);
        viewer.Then().HearsHeartbeat(2).Reads(2, Position(2, Name(0))).Hears(Words(2, "new", 0, "z"));
        Assert.Equal("delta new/1 0 z", viewer.Shown[^1]);
    }

    /// <summary>Seats write, are begun anew and end; frames are lost, doubled and reordered. At every moment each text that is
    /// shown is
    /// the beginning of what its seat wrote in that attempt, without a hole; and once nothing more is lost, it is all of
    /// it.</summary>
    [Fact]
    public void Whatever_happens_on_the_way_every_text_ends_up_as_it_was_written()
    {
        for (var seed = 0; seed < 300; seed++)
            Play(seed);
    }

#pragma warning disable CA5394 // Chances of a test.
    private static void Play(int seed)
    {
        var random = new Random(seed);
        var (viewer, screen) = (Live(), new Screen());
        var written = new SortedDictionary<string, (long Attempt, string Text)>(StringComparer.Ordinal);
        var ended = new HashSet<string>(StringComparer.Ordinal);
        var late = new List<LiveFrame>();
        var head = 1L;
        for (var step = 0; step < 120; step++)
        {
            var seat = Name(random.Next(5));
            var (attempt, text) = written.GetValueOrDefault(seat, (1, ""));
            switch (random.Next(20))
            {
                case 0 when text.Length > 0 && !ended.Contains(seat):
                    written[seat] = (attempt + 1, "");
                    break;
                case 1 when text.Length > 0 && ended.Add(seat):
                    written.Remove(seat);
                    viewer.HearsHeartbeat(++head);
                    Settle(viewer, head, written);
                    viewer.Reads(head, Position(head, seat));
                    break;
                case 2:
                    viewer.HearsHeartbeat(head);
                    break;
                case 3 when late.Count > 0:
                    viewer.Hears(late[random.Next(late.Count)]);
                    break;
                case < 18 when !ended.Contains(seat):
                    var words = string.Concat(Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Alphabet[random.Next(26)]));
                    written[seat] = (attempt, text + words);
                    var frame = Words(head, seat, text.Length, words, attempt);
                    if (random.Next(10) < 2)
                        late.Add(frame);
                    else if (random.Next(10) > 0)
                        viewer.Hears(frame);
                    break;
            }
            Settle(viewer, head, written);
            screen.See(viewer);
            screen.IsBeginningOf(written, seed);
        }
        viewer.Overflows();
        Settle(viewer, head, written);
        screen.See(viewer);
        screen.Is(written, seed);
    }
#pragma warning restore CA5394

    private static void Settle(Following viewer, long head, SortedDictionary<string, (long Attempt, string Text)> written)
    {
        if (viewer.Step is FollowStep.Attach)
            viewer.Attaches(head, [.. written.Select(one => Written(one.Key, one.Value.Text, one.Value.Attempt))]);
    }

    private static string Name(int at) => string.Create(CultureInfo.InvariantCulture, $"s{at + 1}");

    private static Following Live() => new Following(after: 1, head: 1).Then().Attaches(1);

    /// <summary>What a naive viewer has on the screen: the reference.</summary>
    private sealed class Screen
    {
        private readonly SortedDictionary<string, (long Attempt, string Text)> _texts = new(StringComparer.Ordinal);

        public void See(Following viewer)
        {
            foreach (var item in viewer.Items)
                switch (item)
                {
                    case StreamItem.Durable { Line.MessageId: { } message }:
                        _texts.Remove(message);
                        break;
                    case StreamItem.Live { Event: LiveEvent.Snapshot snapshot }:
                        _texts[snapshot.MessageId] = (snapshot.Attempt, snapshot.Text);
                        break;
                    case StreamItem.Live { Event: LiveEvent.Reset reset }:
                        _texts[reset.MessageId] = (reset.Attempt, "");
                        break;
                    case StreamItem.Live { Event: LiveEvent.Delta delta }:
                        var before = _texts.GetValueOrDefault(delta.MessageId, (delta.Attempt, ""));
                        Assert.Equal((delta.Attempt, delta.Offset), (before.Item1, before.Item2.Length));
                        _texts[delta.MessageId] = (delta.Attempt, before.Item2 + delta.Text);
                        break;
                }
            viewer.Items.Clear();
        }

        public void IsBeginningOf(SortedDictionary<string, (long Attempt, string Text)> written, int seed)
        {
            foreach (var (seat, (attempt, text)) in _texts)
            {
                Assert.True(written.ContainsKey(seat), $"seed {seed}: {seat} is shown and has ended");
                Assert.True(attempt < written[seat].Attempt || written[seat].Text.StartsWith(text, StringComparison.Ordinal),
                    $"seed {seed}: {seat} shows {text} of {written[seat].Text}");
            }
        }

        public void Is(SortedDictionary<string, (long Attempt, string Text)> written, int seed)
        {
            foreach (var (seat, (attempt, text)) in written)
                if (text.Length > 0)
                    Assert.True(_texts.TryGetValue(seat, out var shown) && shown == (attempt, text),
                        $"seed {seed}: {seat} wrote {text}");
        }
    }
}
