using System.Text.Json;

namespace Colloquy.FakeModel;

/// <summary>How a request ended.</summary>
public enum RequestOutcome
{
    /// <summary>The answer is still under way.</summary>
    Running,

    /// <summary>The answer was sent whole.</summary>
    Completed,

    /// <summary>A scripted fault struck.</summary>
    Faulted,

    /// <summary>The request itself was wrong and was answered so.</summary>
    Refused,

    /// <summary>The caller hung up before the end.</summary>
    CallerLeft,
}

/// <summary>A message as the model was sent it; the text of several parts is joined.</summary>
public sealed record SentMessage(string Role, string Text, JsonElement Json);

/// <summary>A request as the model saw it, and what became of it.</summary>
public sealed class RecordedRequest
{
    private readonly TaskCompletionSource<RequestOutcome> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _chunks;

    public required int Number { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The body as JSON; undefined when it is none.</summary>
    public required JsonElement Json { get; init; }

    public required IReadOnlyList<SentMessage> Messages { get; init; }

    /// <summary>The words of the last user message, or the inputs of an embedding request.</summary>
    public required string LastUser { get; init; }

    /// <summary>How often the model has answered since the last user message: 0 first, 1 after its first tools.</summary>
    public required int Step { get; init; }

    public bool IsChat => Path.EndsWith("/chat/completions", StringComparison.Ordinal);

    public bool IsEmbeddings => Path.EndsWith("/embeddings", StringComparison.Ordinal);

    public string Model => Json.Text("model") ?? "";

    public bool Streamed => Json.Is("stream");

    /// <summary>1 for the first request with this path, last user message and step, 2 for its first retry.</summary>
    public int Attempt { get; internal set; }

    /// <summary>The chunks of content and tool calls written so far.</summary>
    public int Chunks => Volatile.Read(ref _chunks);

    public RequestOutcome Outcome { get; private set; }

    /// <summary>The fault that struck, if any.</summary>
    public FaultKind? Fault { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Completes with the request, also when the caller hangs up: await this rather than look again.</summary>
    public Task<RequestOutcome> Ended => _ended.Task;

    public bool CallerLeft => Outcome is RequestOutcome.CallerLeft;

    /// <summary>As <see cref="Ended"/>, but says so if it does not happen.</summary>
    public async Task<RequestOutcome> WhenEnded()
    {
        await Patience.For(left => Ended.WaitAsync(left), $"request {Number} to end", () => $"{Chunks} chunks were written");
        return await Ended;
    }

    internal void CountChunk() => Interlocked.Increment(ref _chunks);

    internal void End(RequestOutcome outcome, FaultKind? fault, DateTimeOffset at) =>
        (Outcome, Fault, EndedAt) = (outcome, fault, at);

    internal void Announce() => _ended.TrySetResult(Outcome);
}

/// <summary>Counts since the start or the last reset.</summary>
public sealed record FakeModelStats
{
    public int Requests { get; init; }

    public int Completed { get; init; }

    /// <summary>The caller hung up mid-answer.</summary>
    public int Aborted { get; init; }

    public int Faulted { get; init; }

    public int Refused { get; init; }

    public int Active { get; init; }

    public int MaxActive { get; init; }

    public int Chats { get; init; }

    public int Embeddings { get; init; }

    /// <summary>How many messages the last chat request carried.</summary>
    public int LastMessages { get; init; }
}
