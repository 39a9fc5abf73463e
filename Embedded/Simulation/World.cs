namespace Orleans.Embedded;

/// <summary>The executor of a simulation.</summary>
sealed class World : Executor
{
    const int Remembered = 60;

    readonly List<Mailbox> _runnable = [];
    readonly Queue<string> _recent = [];
    readonly List<Silo> _silos;
    Thread? _thread;
    string? _escape;
    int _crashes;

    public World(int seed, SimulationOptions options)
    {
        (Options, Random) = (options, new Random(seed));
        Clock = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _silos = [.. Enumerable.Range(0, options.Silos).Select(number => new Silo($"silo{number}"))];
    }

    public SimulationOptions Options { get; set; }
    public Random Random { get; }
    public VirtualTime Clock { get; }
    public override TimeProvider Time => Clock;
    public IReadOnlyList<Silo> Silos => _silos;
    public override TaskCreationOptions ReplyOptions => TaskCreationOptions.None;
    public ulong TraceHash { get; private set; } = 14695981039346656037;
    public IEnumerable<string> Recent => _recent;
    public int Steps { get; private set; }

    public void Note(string what)
    {
        foreach (var letter in what)
            TraceHash = (TraceHash ^ letter) * 1099511628211; // FNV-1a
        TraceHash = (TraceHash ^ (ulong)Clock.GetTimestamp()) * 1099511628211;
        _recent.Enqueue($"{TimeSpan.FromTicks(Clock.GetTimestamp()):c} {what}");
        if (_recent.Count > Remembered)
            _recent.Dequeue();
    }

    public void RunUntil(Func<bool> done)
    {
        var limit = Clock.GetUtcNow() + Options.Horizon;
        var outer = SynchronizationContext.Current;
        _thread = Thread.CurrentThread;
        SynchronizationContext.SetSynchronizationContext(null); // an await prefers a test runner's context to our scheduler
        try
        {
            while (!done())
            {
                if (_escape is not null)
                    throw new SimulationEscapeException(_escape);
                if (_runnable.Count > 0)
                    RunOneOf();
                else if (!Clock.FireNext(limit) && NothingComesFromOutside())
                    throw new SimulationStuckException(
                        $"Nothing can run, and no timer is due before {limit:u}.\n{string.Join('\n', _recent)}");
            }
        }
        finally
        {
            _thread = null;
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    public override void Post(Mailbox mailbox)
    {
        if (_thread is not null && Thread.CurrentThread != _thread)
            _escape ??= $"A turn of {mailbox.Name} was queued from another thread.\n{Environment.StackTrace}";
        lock (_runnable)
            _runnable.Add(mailbox);
    }

    public override Silo Place(IReadOnlyList<Silo> silos) => silos[Random.Next(silos.Count)];

    public override void Carry(Call call, bool reply, Action<Call> arrive)
    {
        if (Chance(reply ? Options.LostReply : Options.LostRequest))
        {
            Note($"{(reply ? "reply lost" : "request lost")} {call}");
            return;
        }
        Travel();
        if (reply && Chance(Options.RepeatedReply))
            Travel();

        void Travel() => Clock.CreateTimer(_ =>
        {
            Note($"{(reply ? "reply" : "request")} {call}");
            arrive(call);
        }, null, Duration(Options.MaxHop), Timeout.InfiniteTimeSpan);
    }

    public override Guid NewId()
    {
        var bytes = new byte[16];
        Random.NextBytes(bytes);
        return new Guid(bytes);
    }

    public bool Chance(double probability) => probability > 0 && Random.NextDouble() < probability;

    public TimeSpan Duration(TimeSpan most) => TimeSpan.FromTicks(Random.NextInt64(most.Ticks + 1));

    /// <summary>Takes the silo out of service and puts a fresh one in its place.</summary>
    public Silo Replace(int silo)
    {
        var crashed = _silos[silo];
        _silos[silo] = new Silo($"silo{silo}.{++_crashes}");
        return crashed;
    }

    /// <summary>Gives work that escaped a moment to show itself: the better message.</summary>
    bool NothingComesFromOutside() => !SpinWait.SpinUntil(() => _escape is not null, TimeSpan.FromSeconds(1));

    void RunOneOf()
    {
        int at;
        Mailbox mailbox;
        lock (_runnable)
        {
            at = Random.Next(_runnable.Count);
            mailbox = _runnable[at];
        }
        Steps++;
        Note($"turn {mailbox.Name}");
        if (!mailbox.RunOne())
            lock (_runnable)
                _runnable.Remove(mailbox);
    }
}
