using Colloquy.Budgets;

namespace Colloquy.Simulated;

/// <summary>
/// Keeps the books of what callers of a budget were granted and what they settled, beside the budget itself: never more than
/// was really promised, so what exceeds the limit here exceeds it in the world.
/// </summary>
internal sealed class BudgetBook(TimeProvider time) : IIncomingGrainCallFilter
{
    private readonly SortedDictionary<string, (long Tokens, DateTimeOffset Until)> _granted = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _settled = new(StringComparer.Ordinal);

    public long Limit { get; set; } = long.MaxValue;

    /// <summary>What went wrong first.</summary>
    public string? Broken { get; private set; }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var isBudget = context.InterfaceMethod.DeclaringType == typeof(IBudgetGrain);
        if (isBudget && context.MethodName == nameof(IBudgetGrain.Settle))
            Settle((string)context.Request.GetArgument(0)!, (long)context.Request.GetArgument(1)!);
        await context.Invoke();
        if (isBudget && context.Result is Reservation { IsGranted: true })
            Grant((string)context.Request.GetArgument(0)!, (long)context.Request.GetArgument(1)!);
    }

    // What was asked to be settled may have been: the less of both is certain.
    private void Settle(string operation, long tokens) =>
        _settled[operation] = Math.Min(tokens, _settled.GetValueOrDefault(operation, long.MaxValue));

    private void Grant(string operation, long tokens)
    {
        if (!_granted.TryAdd(operation, (tokens, time.GetUtcNow() + BudgetProtocol.ReservedFor)))
            return;
        var promised = _granted.Sum(grant => grant.Value.Until <= time.GetUtcNow() ? 0
            : Math.Min(grant.Value.Tokens, _settled.GetValueOrDefault(grant.Key, long.MaxValue)));
        if (promised > Limit)
            Broken ??= $"{promised} tokens are promised, and {Limit} is the limit (with {operation})";
    }
}
