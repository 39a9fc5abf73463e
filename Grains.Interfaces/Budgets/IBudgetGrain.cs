namespace Colloquy.Budgets;

/// <summary>What one scope may spend, keyed by <c>{tenant}/budget</c>. Reserve before spending, settle after.</summary>
[Alias("budget")]
public interface IBudgetGrain : IGrainWithStringKey
{
    /// <summary>Sets the limit. Null lifts it. Durable on return.</summary>
    [Alias("limit")]
    Task Limit(long? tokens);

    /// <summary>Sets tokens aside for an operation, for 15 minutes. A repeat of the operation is granted what it has. No grant
    /// takes the sum of what is spent and reserved above the limit. Without a limit everything is granted and nothing is
    /// written.</summary>
    [Alias("reserve")]
    Task<Reservation> Reserve(string operation, long tokens);

    /// <summary>Replaces a reservation by what was really spent, and counts that even if it is more than was reserved or comes
    /// after the reservation expired. A repeat changes nothing. Without a limit nothing is written.</summary>
    [Alias("settle")]
    Task Settle(string operation, long tokens);

    [Alias("view"), AlwaysInterleave]
    Task<BudgetView> View();
}

[GenerateSerializer, Alias("budget.reservation"), Immutable]
public readonly record struct Reservation([property: Id(0)] bool IsGranted, [property: Id(1)] long Remaining);

[GenerateSerializer, Alias("budget.view"), Immutable]
public sealed record BudgetView(long? Tokens, long Spent, long Reserved);
