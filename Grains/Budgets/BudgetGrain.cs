using Colloquy.Kernel;

namespace Colloquy.Budgets;

/// <summary>The shell around <see cref="BudgetProtocol"/>.</summary>
[GrainType("budget")]
internal sealed class BudgetGrain : Grain, IBudgetGrain
{
    private readonly Committed<BudgetState> _budget;
    private readonly TimeProvider _clock;

    public BudgetGrain([PersistentState("state", "documents")] IPersistentState<BudgetState> state, TimeProvider clock)
    {
        _budget = new Committed<BudgetState>(state, clock, this.DeactivateOnIdle);
        _clock = clock;
    }

    public Task Limit(long? tokens) => Advance(new SetLimit(_clock.GetUtcNow(), tokens));

    public async Task<Reservation> Reserve(string operation, long tokens)
    {
        var step = await Advance(new ReserveTokens(_clock.GetUtcNow(), operation, tokens));
        return new Reservation(step.IsGranted, step.State.Remaining(_clock.GetUtcNow()));
    }

    public Task Settle(string operation, long tokens) => Advance(new SettleTokens(_clock.GetUtcNow(), operation, tokens));

    public Task<BudgetView> View() => Task.FromResult(_budget.Value.ToView(_clock.GetUtcNow()));

    private Task<BudgetStep> Advance(BudgetInput input) => _budget.Change(state =>
    {
        var step = BudgetProtocol.Decide(state, input);
        return (step.State, step);
    });
}
