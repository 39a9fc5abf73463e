using Colloquy.Budgets;
using Orleans.Embedded;

namespace Colloquy.Simulated;

/// <summary>
/// Keeps the books of what callers of a budget were granted and what they settled, beside the budget itself: never more than
/// was really promised, so what exceeds the limit here exceeds it in the world.
/// </summary>
internal sealed class BudgetBook(Simulation simulation, Sky sky) : IIncomingGrainCallFilter
{
    private readonly SortedDictionary<string, (long Tokens, DateTimeOffset Until)> _granted = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _settled = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _most = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _wanted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _confirmed = new(StringComparer.Ordinal);

    public long Limit { get; set; } = long.MaxValue;

    /// <summary>What the budget said it has counted.</summary>
    public long Settled => _confirmed.Sum(operation => _settled[operation]);

    /// <summary>The most that may have been counted: of every operation the largest number that anybody wanted to settle.</summary>
    public long SettledMost => _most.Values.Sum();

    /// <summary>The most that may still be set aside: what was wanted, and never settled.</summary>
    public long Open => _wanted.Where(one => !_confirmed.Contains(one.Key)).Sum(one => one.Value);

    /// <summary>Operations that somebody wanted to settle.</summary>
    public IEnumerable<string> Asked => _most.Keys;

    /// <summary>What went wrong first.</summary>
    public string? Broken { get; private set; }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var isSettling = context.InterfaceMethod.Name == nameof(IBudgetGrain.Settle);
        var isReserving = context.InterfaceMethod.Name == nameof(IBudgetGrain.Reserve);
        if (context.InterfaceMethod.DeclaringType != typeof(IBudgetGrain) || !(isSettling || isReserving))
        {
            await context.Invoke();
            return;
        }
        var (operation, tokens) = ((string)context.Request.GetArgument(0)!, (long)context.Request.GetArgument(1)!);
        if (sky.Now.HasTwoBudgets && simulation.Chance(0.3))
            simulation.Duplicate(context.TargetId); // while this one serves
        if (isSettling)
            Settle(operation, tokens);
        else
            _wanted[operation] = tokens;
        await context.Invoke();
        if (isSettling)
            _confirmed.Add(operation);
        else if (context.Result is Reservation { IsGranted: true })
            Grant(operation, tokens);
    }

    // What was asked to be settled may have been: the less of both is certain.
    private void Settle(string operation, long tokens)
    {
        _settled[operation] = Math.Min(tokens, _settled.GetValueOrDefault(operation, long.MaxValue));
        _most[operation] = Math.Max(tokens, _most.GetValueOrDefault(operation));
    }

    private void Grant(string operation, long tokens)
    {
        if (!_granted.TryAdd(operation, (tokens, simulation.Time.GetUtcNow() + BudgetProtocol.ReservedFor)))
            return;
        var promised = _granted.Sum(grant => grant.Value.Until <= simulation.Time.GetUtcNow() ? 0
            : Math.Min(grant.Value.Tokens, _settled.GetValueOrDefault(grant.Key, long.MaxValue)));
        if (promised > Limit)
            Broken ??= $"{promised} tokens are promised, and {Limit} is the limit: {string.Join(", ", _granted.Select(grant =>
                $"{grant.Key} {grant.Value.Tokens}/{_settled.GetValueOrDefault(grant.Key, -1)}"))}, and then {operation}";
    }
}
