using System.Diagnostics;

namespace Colloquy.Budgets;

/// <summary>
/// A budget as a pure function. No grant ever takes what is spent and reserved above the limit. What was really spent is
/// always counted, also when it is more than was reserved or comes after the reservation expired: a budget that forgets
/// spending is none.
/// </summary>
internal static class BudgetProtocol
{
    /// <summary>Reservations that are open at the same time: each is a line of a document that is written whole.</summary>
    public const int OpenMax = 1_000;

    /// <summary>Settled operations that are remembered. A repeat comes within minutes; one that comes after so many others is
    /// counted again, which errs towards spending less.</summary>
    public const int SettledMax = 256;

    /// <summary>How long tokens stay set aside for an operation of which nothing more is heard.</summary>
    public static readonly TimeSpan ReservedFor = TimeSpan.FromMinutes(15);

    public static BudgetStep Decide(BudgetState state, BudgetInput input)
    {
        var step = BudgetStep.From(state);
        return input switch
        {
            SetLimit { Tokens: < 0 } or ReserveTokens { Tokens: < 0 } or SettleTokens { Tokens: < 0 } =>
                throw new ArgumentOutOfRangeException(nameof(input), "Tokens are counted from zero."),
            SetLimit set => set.Tokens == state.Limit ? step : step.Then(new LimitSet(set.Tokens)),
            ReserveTokens when state.Limit is null => step with { IsGranted = true },
            SettleTokens when state.Limit is null => step,
            ReserveTokens reserve => Reserve(step, reserve),
            SettleTokens settle when state.Settled.Contains(settle.Operation) => step,
            SettleTokens settle => Expire(step, settle).Then(new TokensSettled(settle.Operation, settle.Tokens)),
            _ => throw new UnreachableException($"{input.GetType().Name} is not an input a budget knows."),
        };
    }

    /// <summary>A sum that stops at the largest number.</summary>
    public static long Sum(long one, long other) => one > long.MaxValue - other ? long.MaxValue : one + other;

    private static BudgetStep Reserve(BudgetStep step, ReserveTokens reserve)
    {
        var isRepeat = step.State.Settled.Contains(reserve.Operation)
            || step.State.Open.Any(open => open.Operation == reserve.Operation && open.ExpiresAt > reserve.At);
        if (isRepeat)
            return step with { IsGranted = true };
        var fits = reserve.Tokens <= step.State.Remaining(reserve.At)
            && step.State.Open.Count(open => open.ExpiresAt > reserve.At) < OpenMax;
        return fits
            ? Expire(step, reserve).Then(new TokensReserved(reserve.Operation, reserve.Tokens, reserve.At + ReservedFor)) with
            {
                IsGranted = true,
            }
            : step;
    }

    // With the next write, and not by one of their own: what has expired counts for nothing anyway.
    private static BudgetStep Expire(BudgetStep step, BudgetInput input) => step.State.Open
        .Where(open => open.ExpiresAt <= input.At)
        .Aggregate(step, (expiring, open) => expiring.Then(new ReservationExpired(open.Operation)));
}
