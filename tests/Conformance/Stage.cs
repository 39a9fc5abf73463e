using System.Collections.Concurrent;

namespace Colloquy.Conformance;

/// <summary>
/// What grains tell a test, and what a test lets them do. All silos of a test cluster live in the test's process, so one static
/// place serves both engines, and nobody has to sleep or to poll.
/// </summary>
sealed class Stage
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    static readonly ConcurrentDictionary<string, Stage> Stages = [];

    readonly Lock _lock = new();
    readonly List<string> _said = [];
    readonly Dictionary<string, TaskCompletionSource> _gates = [];
    TaskCompletionSource _changed = NewSource();

    /// <summary>The stage of one grain, by its key.</summary>
    public static Stage Of(string key) => Stages.GetOrAdd(key, _ => new Stage());

    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_lock) return [.. _said];
        }
    }

    public int Count(string line) => Said.Count(said => said == line);

    public void Say(string line)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _said.Add(line);
            (changed, _changed) = (_changed, NewSource());
        }
        changed.SetResult();
    }

    /// <summary>Ends when the line was said so many times.</summary>
    public async Task Until(string line, int times = 1)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_said.Count(said => said == line) >= times) return;
                changed = _changed.Task;
            }
            try { await changed.WaitAsync(patience.Token); }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"'{line}' was to be said {times} times; what was said: {string.Join(", ", Said)}.");
            }
        }
    }

    /// <summary>Ends when the test opens the gate.</summary>
    public Task Gate(string name) => GateOf(name).Task.WaitAsync(Patience);

    public void Open(string name) => GateOf(name).TrySetResult();

    TaskCompletionSource GateOf(string name)
    {
        lock (_lock)
            return _gates.TryGetValue(name, out var gate) ? gate : _gates[name] = NewSource();
    }

    static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
