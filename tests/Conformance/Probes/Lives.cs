namespace Colloquy.Conformance;

[Alias("conformance.plain")]
public interface IPlain : IGrainWithStringKey
{
    [Alias("activation")]
    Task<Guid> Activation();

    [Alias("leave")]
    Task Leave();

    [Alias("stay")]
    Task<Guid> Stay(TimeSpan span);

    [Alias("tick")]
    Task Tick(TimeSpan period, bool keepAlive);
}

/// <summary>Says when it comes and goes, and knows itself from its next activation.</summary>
public sealed class PlainGrain : Grain, IPlain
{
    readonly Guid _activation = Guid.NewGuid();

    Stage Stage => Stage.Of(this.GetPrimaryKeyString());

    public Task<Guid> Activation() => Task.FromResult(_activation);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<Guid> Stay(TimeSpan span)
    {
        DelayDeactivation(span);
        return Task.FromResult(_activation);
    }

    public Task Tick(TimeSpan period, bool keepAlive)
    {
        this.RegisterGrainTimer(() => Task.CompletedTask, new() { DueTime = period, Period = period, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Stage.Say("activated");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Stage.Say($"deactivated: {reason.ReasonCode}");
    }
}

[Alias("conformance.broken")]
public interface IBroken : IGrainWithStringKey
{
    [Alias("hello")]
    Task Hello();
}

/// <summary>Comes to life at the second attempt.</summary>
[GrainType("conformance-broken")]
public sealed class BrokenGrain : Grain, IBroken
{
    public Task Hello() => Task.CompletedTask;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var stage = Stage.Of(this.GetPrimaryKeyString());
        stage.Say("attempt");
        return stage.Count("attempt") == 1 ? throw new InvalidOperationException("Not today.") : Task.CompletedTask;
    }
}

[Alias("conformance.restless")]
public interface IRestless : IGrainWithStringKey
{
    [Alias("hello")]
    Task Hello();
}

/// <summary>Leaves whenever it comes.</summary>
[GrainType("conformance-restless")]
public sealed class RestlessGrain : Grain, IRestless
{
    public Task Hello() => Task.CompletedTask;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Stage.Of(this.GetPrimaryKeyString()).Say("activated");
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
