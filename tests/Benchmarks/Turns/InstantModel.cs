using System.Runtime.CompilerServices;
using Colloquy.Models;
using Microsoft.Extensions.AI;

namespace Colloquy.Benchmarks.Turns;

/// <summary>A model that takes no time, so that what is measured is Colloquy.</summary>
internal sealed class InstantModel : IChatClient, IModelCatalogue
{
    private static readonly string Answer = string.Concat(Enumerable.Repeat("An answer has about as many words as this one. ", 32));

    public IReadOnlyList<string> Names => ["instant"];

    public ModelHandle Resolve(string? model) => new("instant", this, 128_000);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer)));

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        foreach (var part in Answer.Chunk(64))
            yield return new ChatResponseUpdate(ChatRole.Assistant, new string(part));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
