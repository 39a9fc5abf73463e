using Colloquy.Embeddings;
using Colloquy.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Colloquy.Selection;

/// <summary>
/// Vectors by text, each made once. What is missing is made in one batch beside the calls that want it; they wait for a moment and
/// then go on without. After a failure the provider is left alone for a while.
/// </summary>
internal sealed partial class VectorShelf(IEmbedders embedders, TimeProvider clock, ILogger logger)
{
    /// <summary>How long a call waits for vectors before it goes on by words alone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(30);

    private Dictionary<string, float[]> _vectors = new(StringComparer.Ordinal);
    private DateTimeOffset _restsUntil;
    private Task _making = Task.CompletedTask;

    public float[]? Of(string text) => _vectors.GetValueOrDefault(text);

    /// <summary>Whether all of them are here, after waiting for a moment.</summary>
    public async Task<bool> Have(IReadOnlyCollection<string> texts)
    {
        if (Missing(texts).Count == 0)
            return true;
        if (_making.IsCompleted && clock.GetUtcNow() >= _restsUntil)
            _making = Make(texts);
        using var over = new CancellationTokenSource();
        await Task.WhenAny(_making, Task.Delay(Patience, clock, over.Token));
        over.Cancel();
        return Missing(texts).Count == 0;
    }

    /// <summary>Forgets every vector but those of these texts.</summary>
    public void KeepOnly(IReadOnlySet<string> texts) => _vectors = _vectors.Where(one => texts.Contains(one.Key))
        .ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);

    /// <summary>The vector of a question, which is not kept; null if the model does not answer in time.</summary>
    public async Task<float[]?> Ask(string text)
    {
        if (clock.GetUtcNow() < _restsUntil)
            return null;
        using var patience = new CancellationTokenSource(Patience, clock);
        return (await Vectors([text], patience.Token))?[0];
    }

    private List<string> Missing(IEnumerable<string> texts) =>
        [.. texts.Where(text => !_vectors.ContainsKey(text)).Distinct(StringComparer.Ordinal)];

    private async Task Make(IReadOnlyCollection<string> texts)
    {
        var missing = Missing(texts);
        if (await Vectors(missing, CancellationToken.None) is { } vectors)
        {
            foreach (var (text, vector) in missing.Zip(vectors))
                _vectors[text] = vector;
        }
    }

    private async Task<List<float[]>?> Vectors(List<string> texts, CancellationToken cancellation)
    {
        try
        {
            var made = await embedders.Default.Client.GenerateAsync(texts, options: null, cancellation);
            return [.. made.Select(embedding => embedding.Vector.ToArray())];
        }
        catch (Exception failure) when (failure is ModelException or EmbedderMissingException or OperationCanceledException)
        {
            _restsUntil = clock.GetUtcNow() + _rest;
            LogNoVectors(failure, _rest);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The embedding model did not answer; agents are selected by words alone for {Rest}")]
    private partial void LogNoVectors(Exception failure, TimeSpan rest);
}
