using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Colloquy.Panels;

/// <summary>
/// Panels whose seats say anything, fall silent, speak twice, late and uninvited, while the clock strikes and people interfere. A
/// seed gives the same panel again.
/// </summary>
internal static class WildPanel
{
    private static readonly string[] _texts =
    [
        "", "It is so, since water boils.", "Is it so? Why is it?", "It is not so, since ice melts.", "Why? \n- And then what?",
        "So be it.",
    ];

    private static readonly string?[] _stances = [null, null, "Yes", "No", "It depends"];

    private static readonly string?[] _choices =
        [null, "", "accept", "Minor", " major.", "reject", "proposer", "the challenger", "neither", "A", "maybe", "accept or reject"];

    private static readonly string[] _criteria = ["clarity", "Evidence", "correctness", "completeness", "beauty"];

    private static readonly string[] _reasons =
        [AbsenceReasons.Failed, AbsenceReasons.Deadline, AbsenceReasons.Budget, AbsenceReasons.Declined];

    /// <summary>What a seat is told in the open round.</summary>
    public static SeatTask Told(this PanelTable table, string seat) =>
        Protocols.Of(table.State.Charter!.Protocol).Task(table.State, table.State.Seat(seat));

    /// <summary>What a seat sees of others in the open round: who, and what.</summary>
    public static IEnumerable<(string Speaker, string Text)> Sees(this PanelTable table, string seat) =>
        table.Told(seat).Entries.Select(entry => (entry.Speaker, entry.Said.Text));

    public static IEnumerable<RoundOpened> Rounds(this PanelTable table) => table.Log.OfType<RoundOpened>();

    /// <summary>The rounds as <c>phase cycle: seats</c>.</summary>
    public static IEnumerable<string> Course(this PanelTable table) =>
        table.Rounds().Select(round => $"{round.Phase} {round.Cycle}: {string.Join(' ', round.Deadlines.Keys)}");

    /// <summary>Holds a property against seeds.</summary>
    public static void Always(Action<int> property, int times = 300) =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), property).Check(Config.QuickThrowOnFailure.WithMaxTest(times));

    /// <summary>Plays a panel to its end, and shows it after every input.</summary>
    public static PanelTable Play(int seed, PanelTable table, Action<PanelTable> each)
    {
        var random = new Random(seed);
        each(table);
        for (var step = 0; table.State.IsRunning; step++)
        {
            Assert.True(step < 2_000, $"The panel of seed {seed} never ends.");
            var next = Step(random, table);
            Assert.Equal(next.Log.Take(table.Log.Length), table.Log);
            table = next;
            each(table);
        }
        AssertEnded(table);
        return table;
    }

    public static Contribution Anything(Random random) => new(Any(random, _texts))
    {
        Stance = Any(random, _stances),
        Confidence = random.Next(3) == 0 ? null : random.Next(11) / 10.0,
        Choice = Any(random, _choices),
        Points = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Any(random, _texts))],
        Scores = _criteria.Where(_ => random.Next(4) > 0).ToImmutableSortedDictionary(name => name, _ => random.Next(-1, 8)),
        Citations = random.Next(3) == 0 ? [PanelTable.Quote($"doc_{random.Next(3)}")] : [],
        IsContent = random.Next(6) switch { 0 => true, 1 => false, _ => null },
    };

    private static T Any<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private static PanelTable Step(Random random, PanelTable table)
    {
        var invited = table.State.Outstanding.ToArray();
        switch (random.Next(100))
        {
            case < 62:
                return table.Says(Any(random, invited), Anything(random));
            case < 78:
                return table.Fails(Any(random, invited), Any(random, _reasons));
            case < 84:
                var settled = table.State.Charter!.Seats.Select(seat => seat.Id).Except(invited).ToArray();
                return settled.Length == 0 ? table : Unmoved(table, table.Says(Any(random, settled), Anything(random)));
            case < 90:
                return Unmoved(table, table.Input(new PanelInput.Say(
                    table.Now, table.State.Round!.Number - 1, Any(random, invited), Anything(random), new(1, 1), "model")));
            case < 97:
                return table.Later(TimeSpan.FromSeconds(random.Next(50))).Ticks();
            case < 98:
                return table.Input(new PanelInput.Steer(table.Now, "key", "Mind the children."));
            case < 99:
                return table.Later(TimeSpan.FromHours(2)).Ticks();
            default:
                return random.Next(4) > 0 ? table : table.Input(new PanelInput.Cancel(table.Now, "requested"));
        }
    }

    private static PanelTable Unmoved(PanelTable before, PanelTable after)
    {
        Assert.Equal(before.Log.Length, after.Log.Length);
        return after;
    }

    private static void AssertEnded(PanelTable table)
    {
        table.HasEndedOnce(table.State.Status).Replays();
        var isCancelled = table.State.Status == "cancelled";
        Assert.Equal(isCancelled ? 0 : 1, table.Log.Count(@event => @event is PanelConcluded));
        Assert.All(table.Rounds(), round => Assert.NotEmpty(round.Deadlines));
        Assert.All(table.Rounds(), round => Assert.InRange(round.Cycle, 1, table.State.Charter!.Cycles));
        if (isCancelled)
            return;
        var outcome = table.Outcome;
        Assert.Equal(outcome.Decision == PanelDecisions.NoQuorum, outcome.Answer is null);
        Assert.Equal(outcome.Decision == PanelDecisions.NoQuorum, table.State.Status != "completed");
        Assert.Equal(table.Log.OfType<SeatAbsent>().Select(absent => (absent.Seat, absent.Round)),
            outcome.Absent.Select(absent => (absent.Seat, absent.Round)));
        Assert.All(outcome.MinorityReport, minority => Assert.InRange(minority.Share, 0, 1));
        Assert.NotEmpty(outcome.Recommendation.Grounds);
        Assert.NotEmpty(outcome.Rule.Stopped);
        Assert.Equal(table.Log.OfType<SeatSpoke>().Count(), outcome.Cost.Seats.Sum(seat => seat.Answers));
        var late = table.Ticks().Input(new PanelInput.Cancel(table.Now, "requested"));
        Assert.Equal(table.Log.Length, late.Log.Length);
    }
}
