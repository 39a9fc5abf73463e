namespace Colloquy.Kernel;

/// <summary>How much a <see cref="SingleFlight{TKey,TValue}"/> keeps.</summary>
/// <param name="Entries">Values at most; 0 keeps none and only joins callers.</param>
/// <param name="Bytes">Of all values together; a value larger than this is never kept.</param>
/// <param name="Age">How old a value may become, or null: values that never go stale.</param>
internal sealed record CacheLimits(int Entries, long Bytes, TimeSpan? Age = null);

/// <summary>
/// Makes a value once for all who ask for it at the same time, and keeps it for later: the least recently used go first. What
/// failed is not kept. A caller who leaves disturbs nobody; when all have left, the making is cancelled.
/// </summary>
/// <remarks>
/// Safe from any thread and from many activations: nothing waits under the lock, a flight runs where its first caller runs, and
/// others continue on their own schedulers. One flight makes many keys (a batch), and whoever needs one of them joins it. A joined
/// batch that fails is asked for again alone, once: it may have failed for a key of somebody else.
/// </remarks>
/// <param name="bytesOf">The size of a value, with its key.</param>
internal sealed class SingleFlight<TKey, TValue>(CacheLimits limits, Func<TKey, TValue, long> bytesOf, TimeProvider clock)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Flight> _flights = [];
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _kept = [];
    private readonly LinkedList<Entry> _byUse = []; // the last used first
    private long _bytes, _hits, _joins, _misses, _evictions;

    /// <summary>The counts of now.</summary>
    public CacheCounts Counts
    {
        get
        {
            lock (_gate)
                return new(_kept.Count, _bytes, _hits, _joins, _misses, _evictions);
        }
    }

    /// <summary>The value of a key, kept, joined or made.</summary>
    public async Task<TValue> Get(TKey key, Func<CancellationToken, Task<TValue>> make, CancellationToken cancellation) =>
        (await Get([key], async (_, all) => [await make(all)], cancellation))[0];

    /// <summary>The values of keys, in their order. What is missing is made in one flight.</summary>
    /// <param name="make">Gets the missing keys, each once, and returns as many values in their order.</param>
    /// <exception cref="OperationCanceledException">This caller left.</exception>
    public async Task<IReadOnlyList<TValue>> Get(
        IReadOnlyList<TKey> keys, Func<IReadOnlyList<TKey>, CancellationToken, Task<IReadOnlyList<TValue>>> make,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var values = new Dictionary<TKey, TValue>(keys.Count);
        var orphans = await Land(Claim(keys, values, joins: true), make, values, cancellation);
        if (orphans.Count > 0)
            await Land(Claim(orphans, values, joins: false), make, values, cancellation);
        return [.. keys.Select(key => values[key])];
    }

    /// <summary>Waits for every flight of a caller and takes what it wants of each.</summary>
    /// <returns>What failed as part of somebody else's batch.</returns>
    private async Task<IReadOnlyList<TKey>> Land(
        Boarding boarding, Func<IReadOnlyList<TKey>, CancellationToken, Task<IReadOnlyList<TValue>>> make,
        Dictionary<TKey, TValue> values, CancellationToken cancellation)
    {
        List<TKey> orphans = [];
        var open = new Queue<(Flight Flight, List<TKey> Wanted)>(boarding.Flights.Select(flight => (flight.Key, flight.Value)));
        if (boarding.Own is { } own)
            _ = Fly(own, make); // whatever becomes of it is told by Landed
        try
        {
            for (; open.TryPeek(out var next); Leave(open.Dequeue().Flight))
            {
                var landed = next.Flight.Landed.Task;
                await UntilLanded(landed, cancellation);
                if (next.Flight != boarding.Own && next.Flight.Keys.Count > 1 && !landed.IsCompletedSuccessfully)
                    orphans.AddRange(next.Wanted);
                else
                    foreach (var key in next.Wanted)
                        values[key] = (await landed)[key];
            }
        }
        finally
        {
            foreach (var (flight, _) in open)
                Leave(flight);
        }
        return orphans;
    }

    /// <summary>Takes what is kept, boards what is under way, and opens a flight for the rest.</summary>
    private Boarding Claim(IReadOnlyList<TKey> keys, Dictionary<TKey, TValue> values, bool joins)
    {
        Flight? own = null;
        var flights = new Dictionary<Flight, List<TKey>>();
        lock (_gate)
        {
            foreach (var key in keys.Distinct())
            {
                if (Kept(key) is { } entry)
                {
                    _hits++;
                    values[key] = entry.Value;
                    continue;
                }

                var joined = joins ? _flights.GetValueOrDefault(key) : null;
                var flight = joined ?? (own ??= new Flight());
                if (flights.TryAdd(flight, []))
                    flight.Waiting++;
                flights[flight].Add(key);
                if (joined is not null)
                {
                    _joins++;
                    continue;
                }

                _misses++;
                own!.Keys.Add(key);
                _flights[key] = own;
            }
        }
        return new(own, flights);
    }

    private async Task Fly(Flight flight, Func<IReadOnlyList<TKey>, CancellationToken, Task<IReadOnlyList<TValue>>> make)
    {
        try
        {
            var made = await make(flight.Keys, flight.Left.Token);
            if (made.Count != flight.Keys.Count)
                throw new InvalidOperationException($"{flight.Keys.Count} keys gave {made.Count} values.");
            var values = new Dictionary<TKey, TValue>(made.Count);
            lock (_gate)
            {
                for (var at = 0; at < made.Count; at++)
                    Keep(flight.Keys[at], values[flight.Keys[at]] = made[at]);
                Close(flight);
            }
            flight.Landed.TrySetResult(values);
        }
        catch (Exception failure)
        {
            lock (_gate)
                Close(flight);
            flight.Landed.TrySetException(failure);
            _ = flight.Landed.Task.Exception; // seen, also when everybody has left
        }
    }

    private static async Task UntilLanded(Task landed, CancellationToken cancellation)
    {
        if (landed.IsCompleted)
            return;
        // Not WhenAny, which would take a grain's turn by way of the thread pool.
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = landed.ContinueWith(
            _ => over.TrySetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await using var registration = cancellation.Register(() => over.TrySetResult());
        await over.Task;
        if (!landed.IsCompleted)
            cancellation.ThrowIfCancellationRequested();
    }

    private void Leave(Flight flight)
    {
        lock (_gate)
        {
            if (--flight.Waiting > 0 || flight.Landed.Task.IsCompleted)
                return;
            Close(flight); // who comes now must not board what is being cancelled
        }
        flight.Left.Cancel();
    }

    private void Close(Flight flight)
    {
        foreach (var key in flight.Keys.Where(key => _flights.GetValueOrDefault(key) == flight))
            _flights.Remove(key);
    }

    private Entry? Kept(TKey key)
    {
        if (!_kept.TryGetValue(key, out var node))
            return null;
        _byUse.Remove(node);
        if (limits.Age is { } age && clock.GetElapsedTime(node.Value.At) > age)
        {
            Forget(node);
            return null;
        }
        _byUse.AddFirst(node);
        return node.Value;
    }

    private void Keep(TKey key, TValue value)
    {
        var size = bytesOf(key, value);
        if (size > limits.Bytes || limits.Entries == 0)
            return;
        if (_kept.TryGetValue(key, out var old))
        {
            _byUse.Remove(old);
            Forget(old);
        }
        while (_byUse.Last is { } last && (_kept.Count >= limits.Entries || _bytes + size > limits.Bytes))
        {
            _evictions++;
            _byUse.RemoveLast();
            Forget(last);
        }
        _kept[key] = _byUse.AddFirst(new Entry(key, value, size, clock.GetTimestamp()));
        _bytes += size;
    }

    private void Forget(LinkedListNode<Entry> node)
    {
        _kept.Remove(node.Value.Key);
        _bytes -= node.Value.Bytes;
    }

    private sealed record Entry(TKey Key, TValue Value, long Bytes, long At);

    private sealed class Flight
    {
        public List<TKey> Keys { get; } = [];

        /// <summary>Callers who wait for it.</summary>
        public int Waiting { get; set; }

        public CancellationTokenSource Left { get; } = new();

        /// <summary>Nothing of a caller runs inside the one that sets it; see <see cref="UntilLanded"/>.</summary>
        public TaskCompletionSource<Dictionary<TKey, TValue>> Landed { get; } = new();
    }

    /// <param name="Flights">What the caller wants of each flight, its own among them.</param>
    private sealed record Boarding(Flight? Own, Dictionary<Flight, List<TKey>> Flights);
}

/// <param name="Entries">Values kept now.</param>
/// <param name="Joins">Keys that were being made for another caller.</param>
/// <param name="Misses">Keys that were made.</param>
/// <param name="Evictions">Values that went for want of room.</param>
internal readonly record struct CacheCounts(int Entries, long Bytes, long Hits, long Joins, long Misses, long Evictions);
