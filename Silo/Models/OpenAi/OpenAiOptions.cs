namespace Colloquy.Models.OpenAi;

/// <summary>A model service that speaks OpenAI's protocol, and how much patience it gets.</summary>
public sealed record OpenAiOptions
{
    /// <summary>The key; null for servers that want none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The address below which <c>chat/completions</c> is found. Default: OpenAI's.</summary>
    public Uri BaseUrl { get; init; } = new("https://api.openai.com/v1");

    /// <summary>The model of callers that name none. Default: <c>gpt-4o-mini</c>.</summary>
    public string Model { get; init; } = "gpt-4o-mini";

    /// <summary>Tokens that question and answer may have together, 1,024 to 10,000,000. Default: 128,000.</summary>
    public int ContextTokens { get; init; } = 128_000;

    /// <summary>How long a connection may take, with its TLS, 1 s to 60 s. Default: 5 s.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stream may stay silent before its first token, in one attempt, 1 s to 1 h. Default: 60 s.</summary>
    public TimeSpan FirstToken { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a stream may stay silent once it began, 1 s to 1 h. Default: 30 s.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call may take with all its attempts, 1 s to 24 h. Default: 10 min.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a call is put at most, 1 to 10. Default: 4.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>No new attempt begins later than this after the first, 0 to 10 min. Default: 30 s.</summary>
    public TimeSpan RetryTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The bound of the first wait between attempts; each later bound is double. Default: 500 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The bound of every wait that the service did not ask for. Default: 8 s.</summary>
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Open connections to the service, 1 to 10,000; further calls wait for one. Default: 256.</summary>
    public int Connections { get; init; } = 256;

    /// <summary>Connections are replaced at this age, so that a change of DNS is noticed. Default: 2 min.</summary>
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Without the key.</summary>
    public override string ToString() => $"{nameof(OpenAiOptions)} {{ BaseUrl = {BaseUrl}, Model = {Model} }}";
}
