using System.Collections.Concurrent;
using System.Diagnostics;
using Colloquy.Doubles;
using Colloquy.Sessions;

namespace Colloquy.Tests.Sessions;

/// <summary>A viewer that looks at what it watches whenever it is told that something happened.</summary>
internal sealed class Watcher : ISessionViewer
{
    // An engine holds viewers weakly, and a test that waits for nothing but its viewer is held by nobody else.
    private static readonly ConcurrentDictionary<Watcher, bool> _watching = [];

    // As the API's viewers: an activation forgets one that does not come again, and knows none of the activation before it.
    private static readonly TimeSpan _renewEvery = TimeSpan.FromSeconds(5);

    private volatile TaskCompletionSource _next = new();

    /// <summary>Looks until something is seen.</summary>
    /// <param name="what">What is to be seen, as in <see cref="Patience"/>.</param>
    /// <param name="look">Attaches the viewer and looks; null if there is nothing yet.</param>
    /// <param name="other">What else is a reason to look, if anything.</param>
    /// <exception cref="TimeoutException">Nothing was seen within <see cref="Patience.Limit"/>.</exception>
    public static async Task<T> Until<T>(
        IClusterClient client, string what, Func<ISessionViewer, Task<T?>> look, Func<Task?>? other = null)
        where T : class
    {
        var watcher = new Watcher();
        _watching[watcher] = true;
        try
        {
            var reference = client.CreateObjectReference<ISessionViewer>(watcher);
            for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Patience.Limit;)
            {
                var happened = watcher.Next(); // before the look, which may miss what happens during it
                if (await look(reference).Within(what) is { } seen)
                    return seen;
                using var enough = new CancellationTokenSource();
                await Task.WhenAny(happened, other?.Invoke() ?? happened, Task.Delay(_renewEvery, enough.Token));
                await enough.CancelAsync();
            }
            throw new TimeoutException($"Nobody saw {what} within {Patience.Limit.TotalSeconds} seconds.");
        }
        finally
        {
            _watching.TryRemove(watcher, out _);
        }
    }

    public void Show(LiveFrame frame) => _next.TrySetResult();

    private Task Next() => (_next = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
