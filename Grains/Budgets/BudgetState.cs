using System.Collections.Immutable;

namespace Colloquy.Budgets;

/// <summary>What a scope may spend, has spent, and has set aside.</summary>
[GenerateSerializer, Alias("budget.state"), Immutable]
internal sealed record BudgetState
{
    public static readonly BudgetState Empty = new();

    /// <summary>Null: no limit, and nothing is counted.</summary>
    [Id(0)] public long? Limit { get; init; }

    [Id(1)] public long Spent { get; init; }

    /// <summary>Oldest first, at most <see cref="BudgetProtocol.OpenMax"/>.</summary>
    [Id(2)] public ImmutableArray<OpenReservation> Open { get; init; } = [];

    /// <summary>The operations settled last, the latest at the end; at most <see cref="BudgetProtocol.SettledMax"/>.</summary>
    [Id(3)] public ImmutableArray<string> Settled { get; init; } = [];

    public long Reserved(DateTimeOffset now) => Open.Where(open => open.ExpiresAt > now).Sum(open => open.Tokens);

    /// <summary>What may still be reserved; everything without a limit.</summary>
    public long Remaining(DateTimeOffset now) =>
        Limit is { } limit ? Math.Max(0, limit - BudgetProtocol.Sum(Spent, Reserved(now))) : long.MaxValue;

    public BudgetView ToView(DateTimeOffset now) => new(Limit, Spent, Reserved(now));

    public BudgetState Apply(BudgetEvent happened) => happened switch
    {
        LimitSet e => this with { Limit = e.Tokens },
        TokensReserved e => this with { Open = Open.Add(new OpenReservation(e.Operation, e.Tokens, e.ExpiresAt)) },
        ReservationExpired e => this with { Open = Open.RemoveAll(open => open.Operation == e.Operation) },
        TokensSettled e => this with
        {
            Open = Open.RemoveAll(open => open.Operation == e.Operation),
            Spent = BudgetProtocol.Sum(Spent, e.Tokens),
            Settled = (Settled.Length < BudgetProtocol.SettledMax ? Settled : Settled.RemoveAt(0)).Add(e.Operation),
        },
        _ => this,
    };
}

[GenerateSerializer, Alias("budget.open"), Immutable]
internal sealed record OpenReservation(string Operation, long Tokens, DateTimeOffset ExpiresAt);
