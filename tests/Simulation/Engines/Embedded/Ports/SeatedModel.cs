using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Colloquy.Models;
using Colloquy.Panels;
using Microsoft.Extensions.AI;
using Orleans.Embedded;

namespace Colloquy.Simulated;

/// <summary>
/// A model that answers for seats in the form that they read, and everybody else as <see cref="ScriptedModel"/> does. It takes its
/// time and breaks off as the weather has it; it also writes nothing, too much, without figures or with broken ones, and sometimes
/// never comes to an end.
/// </summary>
internal sealed class SeatedModel(ScriptedModel others, SeatBook book, Simulation simulation, Sky sky) : IChatClient, IModelCatalogue
{
    private static readonly string[] _stances = ["Yes", "No", "It depends"];

    private int _calls;

    public IReadOnlyList<string> Names => ["scripted"];

    public ModelHandle Resolve(string? model) => new(model ?? "scripted", this, 32_000);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var prompt = messages.ToList();
        if (SeatBook.Current is not { } asking || options?.ResponseFormat is not null)
            return await others.GetResponseAsync(prompt, options, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var isQuoting = options?.ModelId == ModelNames.Extractive;
        book.Call(asking, !isQuoting, null, isQuoting ? "" : prompt[1].Text, false);
        await Think(cancellationToken);
        Break();
        var text = isQuoting ? "" : simulation.Chance(0.2) ? "I would rather not." : Figures(asking.Brief);
        return new(new ChatMessage(ChatRole.Assistant, text)) { Usage = Used(60, options) };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prompt = messages.ToList();
        if (SeatBook.Current is not { } asking)
        {
            await foreach (var update in others.GetStreamingResponseAsync(prompt, options, cancellationToken))
                yield return update;
            yield break;
        }
        cancellationToken.ThrowIfCancellationRequested();
        var kind = simulation.Random.Next(40);
        var isHuge = kind == 0 && simulation.Chance(0.3);
        var prose = kind == 1 ? "" : Prose(asking.Brief, ++_calls, isHuge);
        var rest = kind switch
        {
            2 or 3 => "",
            4 => "\n\n```json\n{\"stance\": \"Ye",
            _ => $"\n\n```json\n{Figures(asking.Brief)}\n```\n",
        };
        book.Call(asking, false, prose.Length == 0 ? null : prose.Trim(), prompt[^1].Text, isHuge);
        await Think(cancellationToken);
        if (simulation.Chance(sky.Now.ModelStalls / 4))
            await Task.Delay(Timeout.InfiniteTimeSpan, simulation.Time, cancellationToken);
        var pause = TimeSpan.FromSeconds(simulation.Chance(0.15) ? 4 : 0);
        foreach (var piece in Pieces($"{prose}{rest}"))
        {
            Break();
            if (pause > TimeSpan.Zero)
                await Task.Delay(simulation.Duration(pause), simulation.Time, cancellationToken);
            else if (simulation.Chance(0.2))
                await Think(cancellationToken);
            yield return new(ChatRole.Assistant, piece);
        }
        Break();
        if (!simulation.Chance(0.1))
            yield return new(ChatRole.Assistant, [new UsageContent(Used(prose.Length / 4, options))]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static UsageDetails Used(int tokens, ChatOptions? options) => new()
    {
        InputTokenCount = 20, OutputTokenCount = Math.Clamp(tokens, 1, options?.MaxOutputTokens ?? 1),
    };

    private string Prose(SeatBrief brief, int call, bool isHuge)
    {
        var words = Enumerable.Range(0, simulation.Random.Next(1, 9)).Select(at => Words.Of(call, at, false));
        var text = $"{SeatBook.Mark(brief.PanelId)} {string.Concat(words)}";
        if (simulation.Chance(0.05))
            text += "\n```\nx = {1}\n```\nand so on";
        return isHuge ? text + new string('y', simulation.Random.Next(200_000)) : text;
    }

    private IEnumerable<string> Pieces(string text)
    {
        var most = Math.Max(24, text.Length / 6);
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(simulation.Random.Next(1, most), text.Length - at);
            yield return text.Substring(at, length);
            at += length;
        }
    }

    /// <summary>Figures of every kind: those that the round does not ask for are not read.</summary>
    private string Figures(SeatBrief brief)
    {
        var random = simulation.Random;
        var labels = brief.Options.Select(option => option.Label).ToImmutableArray();
        return JsonSerializer.Serialize(new
        {
            stance = _stances[random.Next(3)],
            estimate = random.Next(6) == 0 ? (double?)null : random.Next(5) * 10,
            choice = labels.IsEmpty || random.Next(12) == 0 ? "none of these" : labels[random.Next(labels.Length)],
            ranking = labels.OrderBy(_ => random.Next()),
            scores = brief.Criteria.ToImmutableSortedDictionary(one => one, _ => random.Next(0, 7)),
            points = Enumerable.Range(0, random.Next(3)).Select(at => $"{SeatBook.Mark(brief.PanelId)} point {at}?"),
            content = random.Next(3) == 0,
            confidence = random.Next(11) / 10.0,
            notes = $"{SeatBook.Mark(brief.PanelId)} unsure",
        });
    }

    private void Break()
    {
        if (simulation.Chance(sky.Now.ModelFails / 6))
            throw new ModelException(ModelErrors.StreamCut, "The answer broke off.");
    }

    private Task Think(CancellationToken cancellation)
    {
        var most = simulation.Chance(sky.Now.ModelStalls) ? TimeSpan.FromSeconds(25) : TimeSpan.FromMilliseconds(600);
        return Task.Delay(simulation.Duration(most), simulation.Time, cancellation);
    }
}
