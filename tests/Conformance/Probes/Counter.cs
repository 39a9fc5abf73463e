using System.Runtime.CompilerServices;

namespace Colloquy.Conformance;

/// <summary>Gives its numbers one by one, as the test adds them.</summary>
[Alias("conformance.counter")]
public interface ICounter : IGrainWithStringKey
{
    [Alias("add")]
    Task Add(int number);

    [Alias("follow")]
    IAsyncEnumerable<int> Follow(int count, CancellationToken cancellation = default);

    [Alias("fail")]
    IAsyncEnumerable<int> FailAfter(int count, CancellationToken cancellation = default);

    [Alias("leave")]
    Task Leave();
}

[GrainType("conformance-counter")]
public sealed class CounterGrain : Grain, ICounter
{
    readonly List<int> _numbers = [];
    readonly List<TaskCompletionSource> _waiting = [];

    Stage Stage => Stage.Of(this.GetPrimaryKeyString());

    public Task Add(int number)
    {
        _numbers.Add(number);
        var waiting = _waiting.ToList();
        _waiting.Clear();
        waiting.ForEach(waiter => waiter.TrySetResult());
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<int> Follow(int count, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Stage.Say("opened");
        try
        {
            for (var i = 0; i < count; i++)
            {
                while (i >= _numbers.Count)
                    await Next(cancellation);
                yield return _numbers[i];
            }
        }
        finally
        {
            Stage.Say("closed");
        }
    }

    public async IAsyncEnumerable<int> FailAfter(int count, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var i = 0; i < count; i++)
        {
            yield return i;
            await Task.Yield();
        }
        throw new InvalidOperationException("No more.");
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Stage.Say("deactivated");
        return Task.CompletedTask;
    }

    async Task Next(CancellationToken cancellation)
    {
        var waiter = new TaskCompletionSource();
        using var registration = cancellation.UnsafeRegister(_ => waiter.TrySetCanceled(cancellation), null);
        _waiting.Add(waiter);
        Stage.Say("waiting");
        await waiter.Task;
    }
}
