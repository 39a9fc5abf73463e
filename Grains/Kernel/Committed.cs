namespace Colloquy.Kernel;

/// <summary>
/// A grain's document as last made durable. Calls that interleave with a write see the value before it, never its outcome
/// early; and no read of the document runs beside a write.
/// </summary>
internal sealed class Committed<TState>(IPersistentState<TState> storage, TimeProvider clock, Action deactivate)
    where TState : class
{
    private long _confirmedAt = clock.GetTimestamp();
    private TState? _before;
    private Task? _underWay;
    private Batch? _gathering;

    public TState Value => _before ?? storage.State;

    /// <summary>Decides upon the committed value and makes the outcome durable, unless it is the same object. Waits for a read
    /// that is under way, so that what it finds is not overwritten unseen.</summary>
    public async Task<TAnswer> Change<TAnswer>(Func<TState, (TState Next, TAnswer Answer)> decide)
    {
        while (_underWay is { } reading)
            await reading;
        var (next, answer) = decide(Value);
        if (!ReferenceEquals(next, Value))
            await Write(next);
        return answer;
    }

    /// <summary>As <see cref="Change"/>, for calls that interleave: those that come while a write is under way are decided one after the
    /// other, each on what the one before leaves, and made durable by one write.</summary>
    public async Task<TAnswer> Share<TAnswer>(Func<TState, (TState Next, TAnswer Answer)> decide)
    {
        var answer = default(TAnswer)!;
        var (batch, isFirst) = (_gathering ??= new(), _gathering.Count == 0);
        batch.Add(state =>
        {
            (var next, answer) = decide(state);
            return next;
        });
        await (isFirst ? batch.Done = Write(batch) : batch.Done);
        return answer;
    }

    private async Task Write(Batch batch)
    {
        while (_underWay is { } before)
            await before; // who comes meanwhile is of this batch
        _gathering = null;
        var next = batch.Aggregate(Value, (state, decide) => decide(state));
        if (!ReferenceEquals(next, Value))
            await Write(next);
    }

    /// <summary>
    /// Replaces the value. Durable on return. After an exception nobody knows what is stored, so the activation ends and the next
    /// one reads it; until then the old value stays in sight, and nothing more is written.
    /// </summary>
    public Task Write(TState next)
    {
        if (_underWay is not null)
            throw new InvalidOperationException("The document is being read or written, or a write of it has failed.");
        _before = storage.State;
        storage.State = next;
        return Begin(storage.WriteStateAsync);
    }

    /// <summary>Reads the document again unless it was read or written in the time before this call, so that what another
    /// activation wrote is seen. Calls that come meanwhile share the read.</summary>
    public async Task Confirm(TimeSpan age)
    {
        var now = clock.GetTimestamp();
        while (clock.GetElapsedTime(_confirmedAt, now) > age)
        {
            if (_underWay is null)
                _before = storage.State;
            await (_underWay ?? Begin(storage.ReadStateAsync));
        }
    }

    private Task Begin(Func<Task> operation)
    {
        var run = _underWay = Run(operation);
        if (run.IsCompletedSuccessfully)
            _underWay = null; // it ended before the field was set
        return run;
    }

    private async Task Run(Func<Task> operation)
    {
        // What is stored is known to be ours at some moment after this one, so the age counts from here.
        var began = clock.GetTimestamp();
        try
        {
            await operation();
        }
        catch
        {
            deactivate();
            throw; // _before and _underWay stay: memory may be ahead of storage
        }

        (_before, _underWay, _confirmedAt) = (null, null, began);
    }

    /// <summary>Decisions that are made durable together.</summary>
    private sealed class Batch : List<Func<TState, TState>>
    {
        public Task Done { get; set; } = Task.CompletedTask;
    }
}
