using Orleans.Concurrency;

namespace Colloquy.Conformance;

/// <summary>Requests that begin, wait for the test at a gate, and end.</summary>
[Alias("conformance.worker")]
public interface IWorker : IGrainWithStringKey
{
    [Alias("work")]
    Task<string> Work(string name);

    [Alias("peek"), AlwaysInterleave]
    Task<string> Peek(string name);

    [Alias("read"), ReadOnly]
    Task<string> Read(string name);

    [Alias("forget"), OneWay]
    Task Forget(string name);

    [Alias("hurry"), ResponseTimeout("00:00:00.400")]
    Task<string> Hurry(string name);

    [Alias("cancellable")]
    Task<string> Cancellable(string name, CancellationToken cancellation = default);

    [Alias("callMyself")]
    Task<string> CallMyself();

    [Alias("ask")]
    Task<string> Ask(string other, string name, CancellationToken cancellation = default);

    [Alias("workThenAsk")]
    Task<string> WorkThenAsk(string name, string other);

    [Alias("leave")]
    Task Leave(string name);
}

/// <summary>The same, with every request between the turns of every other.</summary>
[Alias("conformance.reentrantWorker")]
public interface IReentrantWorker : IGrainWithStringKey
{
    [Alias("work")]
    Task<string> Work(string name);
}

[GrainType("conformance-worker")]
public sealed class WorkerGrain : Grain, IWorker
{
    Stage Stage => Stage.Of(this.GetPrimaryKeyString());

    public Task<string> Work(string name) => Perform(name);
    public Task<string> Peek(string name) => Perform(name);
    public Task<string> Read(string name) => Perform(name);
    public Task<string> Hurry(string name) => Perform(name);

    public async Task Forget(string name)
    {
        await Perform(name);
        throw new InvalidOperationException("Nobody hears this.");
    }

    public async Task<string> Cancellable(string name, CancellationToken cancellation)
    {
        Stage.Say($"{name} began");
        try
        {
            await Stage.Gate(name).WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            Stage.Say($"{name} was cancelled");
            throw;
        }
        return name;
    }

    public async Task<string> CallMyself()
    {
        try
        {
            return await this.AsReference<IWorker>().Hurry("self");
        }
        catch (TimeoutException)
        {
            return "timed out";
        }
    }

    public Task<string> Ask(string other, string name, CancellationToken cancellation) =>
        GrainFactory.GetGrain<IWorker>(other).Cancellable(name, cancellation);

    public async Task<string> WorkThenAsk(string name, string other)
    {
        await Perform(name);
        return await GrainFactory.GetGrain<IWorker>(other).Work(name);
    }

    public async Task Leave(string name)
    {
        DeactivateOnIdle();
        await Perform(name);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Stage.Say("activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Stage.Say($"deactivated: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    async Task<string> Perform(string name)
    {
        Stage.Say($"{name} began");
        await Stage.Gate(name);
        Stage.Say($"{name} ended");
        return name;
    }
}

[Reentrant, GrainType("conformance-reentrant-worker")]
public sealed class ReentrantWorkerGrain : Grain, IReentrantWorker
{
    public async Task<string> Work(string name)
    {
        var stage = Stage.Of(this.GetPrimaryKeyString());
        stage.Say($"{name} began");
        await stage.Gate(name);
        stage.Say($"{name} ended");
        return name;
    }
}
