using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;

namespace Orleans.Embedded;

/// <summary>Where turns run and how messages travel: the thread pool, or a simulation.</summary>
abstract class Executor
{
    public abstract TimeProvider Time { get; }

    /// <summary>Has <see cref="Mailbox.RunOne"/> called until it answers false.</summary>
    public abstract void Post(Mailbox mailbox);

    public abstract Silo Place(IReadOnlyList<Silo> silos);

    /// <summary>Brings a request to its target, or a reply to its caller. May delay, repeat or lose it.</summary>
    public virtual void Carry(Call call, bool reply, Action<Call> arrive) => arrive(call);

    /// <summary>
    /// A reply is set by the callee's turn, in which the caller's code must not run. In a simulation no turn is running then, and
    /// anything but inline continuations would go to the real thread pool (Task.WhenAll over replies does).
    /// </summary>
    public virtual TaskCreationOptions ReplyOptions => TaskCreationOptions.RunContinuationsAsynchronously;

    public virtual Guid NewId() => Guid.NewGuid();
}

/// <summary>The executor of a host: messages arrive at once, and in order.</summary>
class ThreadPoolExecutor(TimeProvider time) : Executor
{
    public override TimeProvider Time => time;
    public override void Post(Mailbox mailbox) => ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: true);
    public override Silo Place(IReadOnlyList<Silo> silos) => silos[0];
}

/// <summary>Messages overtake each other, as they do between silos: tests that count on an order fail here too.</summary>
sealed class ShufflingExecutor(TimeProvider time) : ThreadPoolExecutor(time)
{
    static readonly TimeSpan LongestHop = TimeSpan.FromMilliseconds(3);

    public override void Carry(Call call, bool reply, Action<Call> arrive)
    {
        if (Random.Shared.Next(2) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(arrive, call, preferLocal: false);
            return;
        }
        ITimer? hop = null;
        using (ExecutionContext.SuppressFlow())
            hop = TimeProvider.System.CreateTimer(Travel, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        hop.Change(Random.Shared.NextDouble() * LongestHop, Timeout.InfiniteTimeSpan);

        void Travel(object? _)
        {
            hop!.Dispose();
            arrive(call);
        }
    }
}

/// <summary>What only this engine has.</summary>
public static class EmbeddedTestingExtensions
{
    /// <summary>Lets messages overtake each other by a few milliseconds: for tests, since no order is promised.</summary>
    public static ISiloBuilder ShuffleMessages(this ISiloBuilder builder) => builder.ConfigureServices(
        services => services.Replace(ServiceDescriptor.Singleton<Executor, ShufflingExecutor>()));
}
