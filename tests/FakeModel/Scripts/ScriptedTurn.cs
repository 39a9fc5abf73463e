namespace Colloquy.FakeModel;

/// <summary>One answer of the model as a test wants it; whatever is left out comes from the server's defaults.</summary>
public sealed record ScriptedTurn
{
    /// <summary>What the model says, to the letter.</summary>
    public string? Text { get; init; }

    /// <summary>How long the answer made up from the user's message is, in words.</summary>
    public int? Words { get; init; }

    /// <summary>In how many pieces the text is streamed; one per word when absent. Without text and words: tok0 tok1 …</summary>
    public int? Chunks { get; init; }

    /// <summary>The wait before the first piece, on the server's clock. The headers do not wait.</summary>
    public TimeSpan? FirstDelay { get; init; }

    /// <summary>The wait before every later piece, on the server's clock.</summary>
    public TimeSpan? ChunkDelay { get; init; }

    /// <summary>The tools the model asks for, all in one answer.</summary>
    public IReadOnlyList<ScriptedToolCall> ToolCalls { get; init; } = [];

    /// <summary>What goes wrong.</summary>
    public Fault? Fault { get; init; }

    /// <summary>The usage reported in place of the counted one.</summary>
    public ScriptedUsage? Usage { get; init; }

    /// <summary>True: no usage is reported, as some servers that imitate OpenAI do.</summary>
    public bool OmitUsage { get; init; }

    /// <summary>Why the model stopped, in place of the reason that follows from the answer.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Holds every step of the answer until the test releases it. One gate is for one answer.</summary>
    public Gate? Gate { get; init; }

    public static ScriptedTurn Says(string text) => new() { Text = text };

    public static ScriptedTurn Calls(string tool, string argumentsJson = "{}") =>
        new() { ToolCalls = [new ScriptedToolCall(tool, argumentsJson)] };

    public static ScriptedTurn Fails(Fault fault) => new() { Fault = fault };

    /// <summary>A turn in the grammar of markers: <c>chunks=200 first=100 text=Hello there</c>.</summary>
    public static ScriptedTurn Parse(string marker) => MarkerReader.ReadAll(marker);

    // Length and pace may come from the defaults; words, tools and faults of one answer never leak into another.
    internal ScriptedTurn Over(ScriptedTurn defaults) => this with
    {
        Words = Words ?? (Chunks is null && Text is null ? defaults.Words : null),
        Chunks = Chunks ?? (Words is null && Text is null && ToolCalls.Count == 0 ? defaults.Chunks : null),
        FirstDelay = FirstDelay ?? defaults.FirstDelay,
        ChunkDelay = ChunkDelay ?? defaults.ChunkDelay,
    };
}

/// <summary>A tool the model asks for.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Arguments">Its arguments as JSON text, sent as it is: it may be broken on purpose.</param>
/// <param name="Id">The call's id; made from the request's number when absent.</param>
/// <param name="Fragments">In how many pieces the arguments are streamed.</param>
public sealed record ScriptedToolCall(string Name, string Arguments = "{}", string? Id = null, int Fragments = 3);

/// <summary>Token counts to report.</summary>
public sealed record ScriptedUsage(int Prompt, int Completion, int Cached = 0, int Reasoning = 0);
