namespace Colloquy.Sessions;

/// <summary>What a session may hold and how long things may take, each with its reason.</summary>
public static class SessionLimits
{
    /// <summary>UTF-8 bytes of a message: more than any model reads at once in one question.</summary>
    public const int ContentBytes = 256 * 1024;

    /// <summary>Characters of an answer: a model that never ends is cut off.</summary>
    public const int AnswerCharacters = 512 * 1024;

    /// <summary>Runs that may wait behind the running one.</summary>
    public const int Waiting = 16;

    /// <summary>Estimated tokens of exchanges that a prompt repeats word by word; older ones are told by the summary.</summary>
    public const int WindowTokens = 6_000;

    /// <summary>Exchanges in the window. It bounds state, snapshot and fork.</summary>
    public const int WindowExchanges = 24;

    /// <summary>Characters that the window keeps of one question or answer.</summary>
    public const int ExchangeCharacters = 8_000;

    /// <summary>Characters of the rolling summary.</summary>
    public const int SummaryCharacters = 4_000;

    /// <summary>Tokens of what a prompt is told of earlier conversations.</summary>
    public const int MemoryTokens = 600;

    /// <summary>Passages that a prompt is given.</summary>
    public const int Passages = 6;

    /// <summary>Rounds of tool calls in one run: a model that only calls tools is made to answer.</summary>
    public const int ToolRounds = 8;

    /// <summary>Characters of a tool's result.</summary>
    public const int ToolResultCharacters = 64 * 1024;

    /// <summary>Activations that may try one run. A run that kills its silo must not kill them all.</summary>
    public const int Attempts = 10;

    /// <summary>How many sessions a chain of forks may reach through.</summary>
    public const int ForkDepth = 16;

    /// <summary>The longest that a run may take, waiting not counted.</summary>
    public static readonly TimeSpan RunTime = TimeSpan.FromMinutes(10);

    /// <summary>How long open work belongs to its activation without a sign of life. Together with the sweep it bounds how long
    /// a run rests after a crash.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    /// <summary>How often the lease is renewed.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1.5);

    /// <summary>How often viewers hear where the session stands.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    /// <summary>How long a viewer is kept that does not renew itself.</summary>
    public static readonly TimeSpan ViewerLife = TimeSpan.FromSeconds(15);

    /// <summary>Text is gathered for this long before it is sent on, but for the first.</summary>
    public static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(40);

    /// <summary>How long an idempotency key is remembered.</summary>
    public static readonly TimeSpan OperationLife = TimeSpan.FromHours(24);
}
