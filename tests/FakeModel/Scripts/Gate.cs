namespace Colloquy.FakeModel;

/// <summary>
/// Holds an answer in the server and lets it out step by step, so that a test needs no sleeps.
/// A streamed answer of n chunks has n + 1 steps, the last being its end; a whole answer has one; a fault is a step.
/// </summary>
public sealed class Gate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();
    private int _allowed;
    private int _passed;
    private bool _isHeld;
    private bool _isOpen;
    private bool _hasEnded;

    /// <summary>Lets the next steps out. True once the server has written them; false when the answer ended before.</summary>
    public async Task<bool> Release(int steps = 1)
    {
        var target = 0;
        Change(() => target = _allowed += steps);
        await Until(() => _passed >= target || _hasEnded, $"the model to write step {target}");
        return _passed >= target;
    }

    /// <summary>Lets everything out from now on.</summary>
    public void Open() => Change(() => _isOpen = true);

    /// <summary>Completes when the server has written all that was released and stands at the gate.</summary>
    public Task Held() => Until(() => _isHeld && _passed >= _allowed, "the model to stand at the gate");

    /// <summary>How many steps the server has written.</summary>
    public int Passed => Volatile.Read(ref _passed);

    internal async Task Enter(CancellationToken left)
    {
        Change(() => _isHeld = true);
        await Condition(() => _isOpen || _allowed > _passed, left);
        Change(() => _isHeld = false);
    }

    internal void Leave() => Change(() => _passed++);

    internal void End() => Change(() => (_hasEnded, _isHeld) = (true, false));

    private Task Until(Func<bool> condition, string what) =>
        Patience.For(left => Condition(condition, left), what, () => $"{_passed} of {_allowed} released steps were written");

    private async Task Condition(Func<bool> condition, CancellationToken left)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (condition())
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(left);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
