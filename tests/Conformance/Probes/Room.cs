using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Utilities;

namespace Colloquy.Conformance;

[Alias("conformance.watcher")]
public interface IWatcher : IGrainObserver
{
    [Alias("said")]
    Task Said(string line);

    [Alias("mentioned")]
    void Mentioned(string line);
}

/// <summary>Tells observers and a stream what is said in it.</summary>
[Alias("conformance.room")]
public interface IRoom : IGrainWithStringKey, IWatcher
{
    [Alias("say")]
    Task<int> Say(string line);

    [Alias("mention")]
    Task Mention(string line);

    [Alias("watch")]
    Task Watch(IWatcher watcher);

    [Alias("unwatch")]
    Task Unwatch(IWatcher watcher);

    [Alias("tell"), ResponseTimeout("00:00:05")]
    Task<string> Tell(IWatcher watcher, string line);

    [Alias("watchOther")]
    Task WatchOther(string room);
}

[GrainType("conformance-room")]
public sealed class RoomGrain(TimeProvider time, ILogger<RoomGrain> log) : Grain, IRoom
{
    // ObserverManager reads the machine's clock by itself: it gets ours.
    readonly ObserverManager<IWatcher> _watchers =
        new(TimeSpan.FromMinutes(5), log) { GetDateTime = () => time.GetUtcNow().UtcDateTime };

    Stage Stage => Stage.Of(this.GetPrimaryKeyString());

    public async Task<int> Say(string line)
    {
        await _watchers.Notify(watcher => watcher.Said(line));
        return _watchers.Count;
    }

    public Task Mention(string line)
    {
        _watchers.Notify(watcher => watcher.Mentioned(line));
        return Task.CompletedTask;
    }

    public Task Watch(IWatcher watcher)
    {
        _watchers.Subscribe(watcher, watcher);
        return Task.CompletedTask;
    }

    public Task Unwatch(IWatcher watcher)
    {
        _watchers.Unsubscribe(watcher);
        return Task.CompletedTask;
    }

    public async Task<string> Tell(IWatcher watcher, string line)
    {
        var telling = watcher.Said(line);
        var first = await Task.WhenAny(telling, Task.Delay(TimeSpan.FromMilliseconds(500), time));
        return first != telling ? "no answer"
            : telling.IsCompletedSuccessfully ? "told"
            : telling.Exception!.InnerException!.Message;
    }

    public Task WatchOther(string room) =>
        GrainFactory.GetGrain<IRoom>(room).Watch(GrainFactory.CreateObjectReference<IWatcher>(new Ear(Stage)));

    public Task Said(string line) => new Ear(Stage).Said(line);
    public void Mentioned(string line) => new Ear(Stage).Mentioned(line);

    sealed class Ear(Stage stage) : IWatcher
    {
        public Task Said(string line)
        {
            stage.Say($"heard {line}");
            return Task.CompletedTask;
        }

        public void Mentioned(string line) => stage.Say($"heard of {line}");
    }
}

/// <summary>Hears a stream, and says to its stage what it heard.</summary>
[Alias("conformance.listener")]
public interface IListener : IGrainWithStringKey
{
    [Alias("listen")]
    Task Listen(string stream);

    [Alias("resume")]
    Task<int> Resume(string stream);

    [Alias("stop")]
    Task Stop(string stream);

    [Alias("publish")]
    Task Publish(string stream, string line);

    [Alias("leave")]
    Task Leave();
}

[GrainType("conformance-listener")]
public sealed class ListenerGrain : Grain, IListener, IAsyncObserver<string>
{
    Stage Stage => Stage.Of(this.GetPrimaryKeyString());

    public Task Listen(string stream) => Stream(stream).SubscribeAsync(this);

    public async Task<int> Resume(string stream)
    {
        var handles = await Stream(stream).GetAllSubscriptionHandles();
        foreach (var handle in handles)
            await handle.ResumeAsync(this);
        return handles.Count;
    }

    public async Task Stop(string stream)
    {
        foreach (var handle in await Stream(stream).GetAllSubscriptionHandles())
            await handle.UnsubscribeAsync();
    }

    public Task Publish(string stream, string line) => Stream(stream).OnNextAsync(line);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task OnNextAsync(string item, StreamSequenceToken? token = null)
    {
        Stage.Say(item);
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync() => Task.CompletedTask;
    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Stage.Say("deactivated");
        return Task.CompletedTask;
    }

    IAsyncStream<string> Stream(string name) =>
        this.GetStreamProvider("activity").GetStream<string>(StreamId.Create("rooms", name));
}
