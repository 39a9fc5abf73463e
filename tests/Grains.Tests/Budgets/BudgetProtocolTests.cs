using System.Collections.Immutable;
using Colloquy.Budgets;

namespace Colloquy.Tests.Budgets;

public sealed class BudgetProtocolTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_reserved_and_settled_is_spent()
    {
        var budget = new Script().Limit(100).Reserve("a", 60).Settle("a", 40);
        Assert.True(budget.IsGranted("a"));
        Assert.Equal(new BudgetView(100, 40, 0), budget.State.ToView(budget.Now));
        Assert.Equal(60, budget.State.Remaining(budget.Now));
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_changes_nothing()
    {
        var budget = new Script().Limit(100).Reserve("a", 60);
        var refused = budget.Reserve("b", 41);
        Assert.False(refused.IsGranted("b"));
        Assert.Same(budget.State, refused.State);
    }

    [Fact]
    public void The_last_token_can_be_reserved() =>
        Assert.True(new Script().Limit(100).Reserve("a", 60).Reserve("b", 40).IsGranted("b"));

    [Fact]
    public void Without_a_limit_everything_is_granted_and_nothing_changes()
    {
        var budget = new Script().Reserve("a", long.MaxValue).Settle("a", 5);
        Assert.True(budget.IsGranted("a"));
        Assert.Same(BudgetState.Empty, budget.State);
        Assert.Equal(long.MaxValue, budget.State.Remaining(Noon));
    }

    [Fact]
    public void A_lifted_limit_lets_everything_pass_and_forgets_nothing_that_was_spent()
    {
        var budget = new Script().Limit(100).Reserve("a", 60).Settle("a", 60).Limit(null).Reserve("b", 1_000);
        Assert.True(budget.IsGranted("b"));
        Assert.Equal(40, budget.Limit(100).State.Remaining(Noon));
    }

    [Fact]
    public void A_repeat_changes_nothing()
    {
        var reserved = new Script().Limit(100).Limit(100).Reserve("a", 60);
        Assert.Equal(2, reserved.Log.Count);
        Assert.Same(reserved.State, reserved.Reserve("a", 60).State);
        Assert.True(reserved.Reserve("a", 60).IsGranted("a"));
        var settled = reserved.Settle("a", 50);
        Assert.Same(settled.State, settled.Settle("a", 50).State);
    }

    [Fact]
    public void A_reservation_that_comes_after_its_settlement_changes_nothing()
    {
        var settled = new Script().Limit(100).Reserve("a", 60).Settle("a", 50);
        var late = settled.Reserve("a", 60);
        Assert.Same(settled.State, late.State);
        Assert.True(late.IsGranted("a"));
    }

    [Fact]
    public void A_reservation_expires()
    {
        var budget = new Script().Limit(100).Reserve("a", 100).Wait(BudgetProtocol.ReservedFor);
        Assert.Equal(100, budget.State.Remaining(budget.Now));
        var next = budget.Reserve("b", 100);
        Assert.True(next.IsGranted("b"));
        Assert.Equal("b", Assert.Single(next.State.Open).Operation);
    }

    [Fact]
    public void A_moment_before_it_expires_a_reservation_still_counts() => Assert.False(
        new Script().Limit(100).Reserve("a", 100).Wait(BudgetProtocol.ReservedFor - TimeSpan.FromTicks(1)).Reserve("b", 1)
            .IsGranted("b"));

    [Fact]
    public void What_was_spent_after_the_reservation_expired_is_counted_all_the_same()
    {
        var budget = new Script().Limit(100).Reserve("a", 30).Wait(BudgetProtocol.ReservedFor).Settle("a", 30);
        Assert.Equal(new BudgetView(100, 30, 0), budget.State.ToView(budget.Now));
    }

    [Fact]
    public void More_than_was_reserved_is_counted_and_nothing_more_granted()
    {
        var budget = new Script().Limit(100).Reserve("a", 30).Settle("a", 130);
        Assert.Equal(130, budget.State.Spent);
        Assert.Equal(0, budget.State.Remaining(budget.Now));
        Assert.False(budget.Reserve("b", 1).IsGranted("b"));
    }

    [Fact]
    public void Replaying_the_log_rebuilds_the_state()
    {
        var budget = new Script().Limit(100).Reserve("a", 10).Reserve("b", 20).Settle("a", 5)
            .Wait(BudgetProtocol.ReservedFor).Reserve("c", 30).Limit(50);
        var replayed = budget.Log.Aggregate(BudgetState.Empty, (state, happened) => state.Apply(happened));
        Assert.Equal(budget.State.ToView(budget.Now), replayed.ToView(budget.Now));
        Assert.Equal<OpenReservation>(budget.State.Open, replayed.Open);
        Assert.Equal<string>(budget.State.Settled, replayed.Settled);
    }

    [Fact]
    public void A_sum_stops_at_the_largest_number()
    {
        var budget = new Script().Limit(long.MaxValue).Settle("a", long.MaxValue).Settle("b", 1);
        Assert.Equal(long.MaxValue, budget.State.Spent);
        Assert.Equal(0, budget.State.Remaining(Noon));
    }

    [Fact]
    public void Negative_tokens_are_a_fault()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Script().Limit(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Script().Reserve("a", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Script().Settle("a", -1));
    }

    [Fact]
    public void What_it_remembers_is_bounded()
    {
        var open = Enumerable.Range(0, BudgetProtocol.OpenMax + 1)
            .Aggregate(new Script().Limit(long.MaxValue), (budget, n) => budget.Reserve($"{n}", 1));
        Assert.Equal(BudgetProtocol.OpenMax, open.State.Open.Length);
        Assert.False(open.IsGranted($"{BudgetProtocol.OpenMax}"));

        var settled = Enumerable.Range(0, BudgetProtocol.SettledMax + 1)
            .Aggregate(new Script().Limit(long.MaxValue), (budget, n) => budget.Settle($"{n}", 1));
        Assert.Equal(BudgetProtocol.SettledMax, settled.State.Settled.Length);
        Assert.DoesNotContain("0", settled.State.Settled);
    }

    // Whoever reserves first and spends no more than that can never be surprised, whatever else happens in between.
    [Theory, MemberData(nameof(Seeds))]
    public void Spent_and_reserved_never_exceed_the_limit(int seed)
    {
        var random = new Random(seed);
        var budget = new Script().Limit(1_000);
        for (var step = 0; step < 500; step++)
        {
            var operation = $"{random.Next(60)}";
            budget = random.Next(4) switch
            {
                0 or 1 => budget.Reserve(operation, random.Next(200)),
                2 when budget.HasOpen(operation) => budget.Settle(operation, random.NextInt64(budget.Open(operation) + 1)),
                _ => budget.Wait(TimeSpan.FromMinutes(random.Next(3))),
            };
            Assert.InRange(budget.State.Spent + budget.State.Reserved(budget.Now), 0, 1_000);
        }
    }

    // Limits that fall, settlements out of nowhere and of any size: then too, no grant makes it worse.
    [Theory, MemberData(nameof(Seeds))]
    public void No_grant_takes_the_sum_above_the_limit(int seed)
    {
        var random = new Random(seed);
        var budget = new Script().Limit(1_000);
        for (var step = 0; step < 500; step++)
        {
            var operation = $"{random.Next(200)}";
            var before = budget.State;
            budget = random.Next(8) switch
            {
                <= 3 => budget.Reserve(operation, random.Next(1, 200)),
                4 or 5 => budget.Settle(operation, random.Next(50)),
                6 => budget.Limit(random.Next(10) == 0 ? null : random.Next(5_000)),
                _ => budget.Wait(TimeSpan.FromMinutes(random.Next(10))),
            };
            if (budget.Last is TokensReserved && !ReferenceEquals(before, budget.State))
                Assert.InRange(budget.State.Spent + budget.State.Reserved(budget.Now), 0, budget.State.Limit!.Value);
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];

    /// <summary>A budget and everything that has happened to it.</summary>
    private sealed record Script
    {
        public BudgetState State { get; private init; } = BudgetState.Empty;
        public DateTimeOffset Now { get; private init; } = Noon;
        public ImmutableList<BudgetEvent> Log { get; private init; } = [];
        public BudgetEvent? Last => Log.Count > 0 ? Log[^1] : null;
        private ImmutableSortedSet<string> Granted { get; init; } = [];

        public bool IsGranted(string operation) => Granted.Contains(operation);
        public bool HasOpen(string operation) => State.Open.Any(open => open.Operation == operation && open.ExpiresAt > Now);
        public long Open(string operation) => State.Open.Last(open => open.Operation == operation).Tokens;

        public Script Limit(long? tokens) => Input(new SetLimit(Now, tokens));
        public Script Settle(string operation, long tokens) => Input(new SettleTokens(Now, operation, tokens));
        public Script Wait(TimeSpan time) => this with { Now = Now + time };

        public Script Reserve(string operation, long tokens)
        {
            var input = new ReserveTokens(Now, operation, tokens);
            var isGranted = BudgetProtocol.Decide(State, input).IsGranted;
            return Input(input) with { Granted = isGranted ? Granted.Add(operation) : Granted.Remove(operation) };
        }

        private Script Input(BudgetInput input)
        {
            var step = BudgetProtocol.Decide(State, input);
            return this with { State = step.State, Log = Log.AddRange(step.Events) };
        }
    }
}
