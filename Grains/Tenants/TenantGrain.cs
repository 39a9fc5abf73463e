using Colloquy.Kernel;

namespace Colloquy.Tenants;

/// <summary>One organisation: its name and plan.</summary>
[GrainType("tenant")]
internal sealed class TenantGrain : Grain, ITenantGrain
{
    private readonly Committed<TenantState> _tenant;
    private readonly TimeProvider _clock;

    public TenantGrain([PersistentState("state", "documents")] IPersistentState<TenantState> state, TimeProvider clock)
    {
        _tenant = new Committed<TenantState>(state, clock, this.DeactivateOnIdle);
        _clock = clock;
    }

    public Task<TenantResult> Create(CreateTenant command)
    {
        if (command.Id != TenantKey.TenantOf(this.GetPrimaryKeyString()))
            throw new ArgumentException($"'{command.Id}' is not the tenant of {this.GetPrimaryKeyString()}.", nameof(command));
        return _tenant.Change(state =>
        {
            var next = state.Command is null ? new TenantState { Command = command, CreatedAt = _clock.GetUtcNow() } : state;
            return (next, new TenantResult(next.Command == command ? TenantStatus.Created : TenantStatus.Exists, next.ToView()!));
        });
    }

    public Task<TenantView?> View() => Task.FromResult(_tenant.Value.ToView());
}
