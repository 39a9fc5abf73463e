using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Colloquy.Models;
using Microsoft.Extensions.AI;

namespace Colloquy.Panels;

/// <summary>A call of a model, as a test looks at it.</summary>
internal sealed record Asked(string Model, string System, string User, ChatOptions Options, CancellationToken Cancellation)
{
    public string All => $"{System}\n{User}";
}

/// <summary>Models that each answer by a script, found by name, and remember what they were asked.</summary>
internal sealed class ScriptedModel : IChatClient, IModelCatalogue
{
    public delegate IAsyncEnumerable<string> Script(Asked asked, CancellationToken cancellation);

    private readonly ConcurrentDictionary<string, Script> _scripts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Asked> _asked = [];

    public IReadOnlyList<string> Names => ["scripted"];

    public ModelHandle Resolve(string? model) => new(model ?? "scripted", this, 32_000);

    public ScriptedModel Plays(string model, Script script)
    {
        _scripts[model] = script;
        return this;
    }

    public IReadOnlyList<Asked> Calls(string model) => [.. _asked.Where(one => one.Model == model)];

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var all = messages.ToList();
        var asked = new Asked(options?.ModelId ?? "scripted", all[0].Text, all[^1].Text, options!, cancellationToken);
        _asked.Enqueue(asked);
        await foreach (var words in _scripts[asked.Model](asked, cancellationToken))
            yield return new(ChatRole.Assistant, words);
        yield return new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = 70, OutputTokenCount = 30 })]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}

/// <summary>What models do in tests.</summary>
internal static class Scripts
{
    /// <summary>Says these words in pieces of three characters, after a time.</summary>
    public static ScriptedModel.Script Says(string text, TimeSpan after = default) =>
        (_, cancellation) => Pieces(text, after, cancellation);

    /// <summary>Says one after the other, call by call; the last one again and again.</summary>
    public static ScriptedModel.Script SaysInTurn(params string[] texts)
    {
        var next = 0;
        return (_, cancellation) => Pieces(texts[Math.Min(next++, texts.Length - 1)], default, cancellation);
    }

    /// <summary>Says these words once so many calls are under way at the same time: fewer wait for ever.</summary>
    public static ScriptedModel.Script Meets(string text, int calls)
    {
        var (met, come) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        return (_, cancellation) => Waiting(cancellation);

        async IAsyncEnumerable<string> Waiting([EnumeratorCancellation] CancellationToken cancellation)
        {
            if (Interlocked.Increment(ref come) == calls)
                met.SetResult();
            await met.Task.WaitAsync(cancellation);
            yield return text;
        }
    }

    /// <summary>Begins and never ends.</summary>
    public static ScriptedModel.Script Hangs(string beginning, TaskCompletionSource? cancelled = null) =>
        (_, cancellation) => Hanging(beginning, cancelled, cancellation);

    public static ScriptedModel.Script Fails(string code) => (_, _) => Failing(code);

    /// <summary>Words for people and figures for the panel.</summary>
    public static string Answer(string prose, string json) => $"{prose}\n\n```json\n{json}\n```\n";

    private static async IAsyncEnumerable<string> Pieces(
        string text, TimeSpan after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (after > TimeSpan.Zero)
            await Task.Delay(after, cancellation);
        for (var at = 0; at < text.Length; at += 3)
            yield return text.Substring(at, Math.Min(3, text.Length - at));
    }

    private static async IAsyncEnumerable<string> Hanging(
        string beginning, TaskCompletionSource? cancelled, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return beginning;
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        finally
        {
            cancelled?.TrySetResult();
        }
    }

    private static async IAsyncEnumerable<string> Failing(string code)
    {
        await Task.CompletedTask;
        if (code.Length > 0)
            throw new ModelException(code, "It is away.");
        yield return "";
    }
}
