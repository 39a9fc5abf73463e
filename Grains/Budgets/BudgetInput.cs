using System.Collections.Immutable;

namespace Colloquy.Budgets;

/// <summary>Everything that can reach a budget.</summary>
internal abstract record BudgetInput(DateTimeOffset At);

internal sealed record SetLimit(DateTimeOffset At, long? Tokens) : BudgetInput(At);

internal sealed record ReserveTokens(DateTimeOffset At, string Operation, long Tokens) : BudgetInput(At);

internal sealed record SettleTokens(DateTimeOffset At, string Operation, long Tokens) : BudgetInput(At);

/// <summary>What an input did to a budget. The grain keeps the state that follows, not the events.</summary>
internal abstract record BudgetEvent;

internal sealed record LimitSet(long? Tokens) : BudgetEvent;

internal sealed record TokensReserved(string Operation, long Tokens, DateTimeOffset ExpiresAt) : BudgetEvent;

internal sealed record ReservationExpired(string Operation) : BudgetEvent;

internal sealed record TokensSettled(string Operation, long Tokens) : BudgetEvent;

/// <summary>The outcome of an input: the state after its events, and whether a reservation was granted.</summary>
internal sealed record BudgetStep(BudgetState State, ImmutableArray<BudgetEvent> Events, bool IsGranted)
{
    public static BudgetStep From(BudgetState state) => new(state, [], IsGranted: false);

    public BudgetStep Then(BudgetEvent happened) =>
        this with { State = State.Apply(happened), Events = Events.Add(happened) };
}
