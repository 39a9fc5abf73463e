using System.Runtime.CompilerServices;
using Colloquy.Models;
using Microsoft.Extensions.AI;
using Orleans.Embedded;

namespace Colloquy.Simulated;

/// <summary>
/// A model that does what the question says: <c>tools=2 kind=ledger</c> has it call that tool twice before it answers. It takes
/// its time by the virtual clock, mostly little and sometimes a lot; it refuses, breaks off and stalls as the weather has it.
/// </summary>
internal sealed class ScriptedModel(Simulation simulation, Sky sky) : IChatClient, IModelCatalogue
{
    private int _calls;

    public IReadOnlyList<string> Names => ["scripted"];

    public ModelHandle Resolve(string? model) => new(model ?? "scripted", this, 32_000);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Think(cancellationToken);
        Break();
        var asked = messages.Last().Text;
        var text = (options?.ResponseFormat as ChatResponseFormatJson)?.SchemaName switch
        {
            "facts" => Conversation.Read(asked, simulation),
            "selection" => Conversation.Choose(asked, simulation),
            _ => "In short.",
        };
        return new(new ChatMessage(ChatRole.Assistant, text)) { Usage = new() { InputTokenCount = 20, OutputTokenCount = 5 } };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (call, prompt) = (++_calls, messages.ToList());
        var question = prompt.FindLast(message => message.Role == ChatRole.User)!.Text;
        var made = prompt.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Count();
        var words = simulation.Random.Next(1, 7);
        await Think(cancellationToken);
        for (var at = 0; at < words; at++)
        {
            Break();
            if (simulation.Chance(0.3))
                await Think(cancellationToken);
            yield return new(ChatRole.Assistant, Words.Of(call, at, at == words - 1));
        }
        Break();
        if (Wanted(question) is { } wanted && made < wanted.Count && options?.Tools is not null)
            yield return new(ChatRole.Assistant, [new FunctionCallContent(
                $"call{call}", wanted.Tool, new Dictionary<string, object?> { ["amount"] = call })]);
        yield return new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = 10, OutputTokenCount = words })]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static (int Count, string Tool)? Wanted(string question)
    {
        var at = question.IndexOf("tools=", StringComparison.Ordinal);
        return at < 0 ? null : (question[at + 6] - '0', question[(at + 13)..].Split(' ')[0]);
    }

    private void Break()
    {
        if (simulation.Chance(sky.Now.ModelFails / 4))
            throw new ModelException(ModelErrors.StreamCut, "The answer broke off.");
    }

    private Task Think(CancellationToken cancellation)
    {
        var most = simulation.Chance(sky.Now.ModelStalls) ? TimeSpan.FromSeconds(25)
            : simulation.Chance(0.1) ? TimeSpan.FromSeconds(5) : TimeSpan.FromMilliseconds(400);
        return Task.Delay(simulation.Duration(most), simulation.Time, cancellation);
    }
}
