namespace Orleans.Embedded;

/// <summary>How rough a simulated world is. Probabilities are per message or per write.</summary>
public sealed record SimulationOptions
{
    /// <summary>How many silos there are at any time.</summary>
    public int Silos { get; init; } = 2;
    /// <summary>The longest that a message travels, or a storage thinks.</summary>
    public TimeSpan MaxHop { get; init; } = TimeSpan.FromMilliseconds(5);
    /// <summary>A request never arrives: its caller times out, and nothing was done.</summary>
    public double LostRequest { get; init; }
    /// <summary>A reply never arrives: its caller times out, and everything was done.</summary>
    public double LostReply { get; init; }
    /// <summary>A reply arrives twice.</summary>
    public double RepeatedReply { get; init; }
    /// <summary>A grain storage refuses a write.</summary>
    public double FailedWriteNotApplied { get; init; }
    /// <summary>A grain storage writes, and says that it did not.</summary>
    public double FailedWriteApplied { get; init; }
    /// <summary>The longest that the directory goes on pointing at a silo that crashed.</summary>
    public TimeSpan MaxDetection { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>The virtual time after which a scenario counts as hanging.</summary>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The same world with nothing going wrong.</summary>
    public SimulationOptions Calm => this with
    {
        LostRequest = 0, LostReply = 0, RepeatedReply = 0, FailedWriteNotApplied = 0, FailedWriteApplied = 0,
    };

    /// <summary>
    /// A world of its own for each seed: every fault is either absent or more or less frequent. Many different worlds find more
    /// than one in which everything happens, because one fault can hide another.
    /// </summary>
    public static SimulationOptions Swarm(int seed)
    {
        var random = new Random(seed);
        return new()
        {
            Silos = random.Next(1, 4),
            MaxHop = TimeSpan.FromMilliseconds(random.Next(2) == 0 ? 5 : 500),
            LostRequest = Some(0.05), LostReply = Some(0.05), RepeatedReply = Some(0.1),
            FailedWriteNotApplied = Some(0.1), FailedWriteApplied = Some(0.1),
            MaxDetection = TimeSpan.FromSeconds(random.Next(1, 30)),
        };

        double Some(double most) => random.Next(2) == 0 ? 0 : random.NextDouble() * most;
    }
}

/// <summary>The scenario can never end, or ran into its horizon.</summary>
public sealed class SimulationStuckException(string message) : Exception(message);

/// <summary>Something left the simulation's thread: Task.Run, a real timer, real IO, or ConfigureAwait(false).</summary>
public sealed class SimulationEscapeException(string message) : Exception(message);
