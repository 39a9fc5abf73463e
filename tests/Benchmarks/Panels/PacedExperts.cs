using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Colloquy.Models;
using Microsoft.Extensions.AI;

namespace Colloquy.Benchmarks.Panels;

/// <summary>A model that takes its time and says what a seat is asked for: prose first, then every figure that there is. Experts of
/// odd and even numbers differ until they have heard each other.</summary>
/// <param name="pace">From a request to the end of its answer.</param>
internal sealed partial class PacedExperts(TimeSpan pace) : IChatClient, IModelCatalogue
{
    private const int Pieces = 6;
    private static readonly string Prose = string.Concat(Enumerable.Repeat("A contribution has about as many words as this one. ", 16));
    private readonly ConcurrentBag<TimeSpan> _took = [];

    public IReadOnlyList<string> Names => ["paced"];

    /// <summary>How many answers were written.</summary>
    public int Calls => _took.Count;

    /// <summary>What the slowest took: the clock's part is in it, and the machine's.</summary>
    public TimeSpan Slowest => _took.Max();

    public ModelHandle Resolve(string? model) => new("paced", this, 128_000);

    public void Forget() => _took.Clear();

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (began, all) = (Stopwatch.GetTimestamp(), messages.ToList());
        var answer = Answer(all[0].Text, all[^1].Text);
        foreach (var (piece, at) in answer.Chunk((answer.Length / Pieces) + 1).Select((piece, at) => (piece, at)))
        {
            var left = (pace * (at + 1) / Pieces) - Stopwatch.GetElapsedTime(began);
            if (left > TimeSpan.Zero)
                await Task.Delay(left, cancellationToken);
            yield return new(ChatRole.Assistant, new string(piece));
        }
        _took.Add(Stopwatch.GetElapsedTime(began));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static string Answer(string persona, string asked)
    {
        var hasHeard = asked.Contains("Material of the panel, as JSON", StringComparison.Ordinal);
        var number = int.Parse(Number().Match(persona).Value, CultureInfo.InvariantCulture);
        var labels = Labels().Match(asked) is { Success: true } named ? named.Groups[1].Value.Split(", ") : ["A"];
        var stance = hasHeard || number % 2 == 1 ? "Yes, with an alarm" : "No, not without a nurse";
        return $$"""
            {{Prose}}

            ```json
            {"stance":"{{stance}}","estimate":{{(hasHeard ? 20 : 10 * number)}},"choice":"{{labels[0]}}",
            "ranking":["{{string.Join("\",\"", labels)}}"],"points":["What does it rest on?"],"content":false,"confidence":0.8,"notes":""}
            ```
            """;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex("\"one of: ([^\"]*)\"")]
    private static partial Regex Labels();
}
