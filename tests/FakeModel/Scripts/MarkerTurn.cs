using System.Globalization;

namespace Colloquy.FakeModel;

/// <summary>What the keys of a marker mean. A key nobody knows is refused: a typing error must not pass for a script.</summary>
internal static class MarkerTurn
{
    public static readonly string[] Keys =
    [
        "text", "words", "chunks", "first", "delay", "tool", "finish", "prompt", "completion", "usage",
        "fault", "after", "times", "for", "retry", "retry-date", "retry-ms",
    ];

    public static ScriptedTurn From(IEnumerable<MarkerPair> pairs) =>
        // The fault comes first, for after=5 may stand before fault=cut.
        pairs.OrderBy(pair => pair.Key is "fault" ? 0 : 1).Aggregate(new ScriptedTurn(), With);

    private static ScriptedTurn With(ScriptedTurn turn, MarkerPair pair) => pair.Key switch
    {
        "text" => turn with { Text = pair.Value },
        "words" => turn with { Words = Number(pair) },
        "chunks" => turn with { Chunks = Number(pair) },
        "first" => turn with { FirstDelay = Milliseconds(pair) },
        "delay" => turn with { ChunkDelay = Milliseconds(pair) },
        "tool" => turn with { ToolCalls = [.. turn.ToolCalls, new ScriptedToolCall(pair.Value, pair.Json ?? "{}")] },
        "finish" => turn with { FinishReason = pair.Value },
        "prompt" => turn with { Usage = (turn.Usage ?? new ScriptedUsage(0, 0)) with { Prompt = Number(pair) } },
        "completion" => turn with { Usage = (turn.Usage ?? new ScriptedUsage(0, 0)) with { Completion = Number(pair) } },
        "usage" when pair.Value is "none" => turn with { OmitUsage = true },
        "fault" => turn with { Fault = Fault.Named(pair.Value) },
        _ => turn with { Fault = With(turn.Fault ?? throw Unknown(pair, "without a fault"), pair) },
    };

    private static Fault With(Fault fault, MarkerPair pair) => pair.Key switch
    {
        "after" => fault with { After = Number(pair) },
        "times" => fault with { Times = Number(pair) },
        "for" => fault with { For = Milliseconds(pair) },
        "retry" => Retry(fault, TimeSpan.FromSeconds(Number(pair)), RetryAfterForm.Seconds),
        "retry-date" => Retry(fault, TimeSpan.FromSeconds(Number(pair)), RetryAfterForm.Date),
        "retry-ms" => Retry(fault, Milliseconds(pair), RetryAfterForm.Milliseconds),
        _ => throw Unknown(pair, "at all"),
    };

    private static Fault Retry(Fault fault, TimeSpan after, RetryAfterForm form) =>
        fault with { RetryAfter = after, RetryAfterForm = form };

    private static TimeSpan Milliseconds(MarkerPair pair) => TimeSpan.FromMilliseconds(Number(pair));

    private static int Number(MarkerPair pair) =>
        int.TryParse(pair.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"[[fake]] wants a number for {pair.Key}, not '{pair.Value}'.");

    private static FormatException Unknown(MarkerPair pair, string how) =>
        new($"[[fake]] does not know '{pair.Key}={pair.Value}' {how}.");
}
