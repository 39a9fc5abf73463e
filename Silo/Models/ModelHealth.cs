using System.Collections.Concurrent;

namespace Colloquy.Models;

/// <summary>
/// Which models lately failed again and again: three failures in a row, each within a minute of the one before, and a model is left
/// alone for half a minute. Then it is given work again, and the next failure rests it at once.
/// </summary>
internal sealed class ModelHealth(TimeProvider clock)
{
    public const int FailuresInRow = 3;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    /// <summary>Models that are remembered: a tenant may write any name into an agent.</summary>
    private const int ModelsMax = 1_000;

    private readonly ConcurrentDictionary<string, Failures> _failing = new(StringComparer.Ordinal);

    public bool IsHealthy(string model) =>
        !_failing.TryGetValue(model, out var failing) || failing.RestsUntil is not { } until || clock.GetUtcNow() >= until;

    public void Succeeded(string model) => _failing.TryRemove(model, out _);

    /// <summary>A refusal that is the request's own fault says nothing of the model.</summary>
    public void Failed(string model, string code)
    {
        if (code is ModelErrors.BadRequest or ModelErrors.ContextTooLong || (_failing.Count >= ModelsMax && !_failing.ContainsKey(model)))
            return;
        var now = clock.GetUtcNow();
        _failing.AddOrUpdate(model, _ => new Failures(1, now, null), (_, known) =>
        {
            var count = now - known.LastAt <= Window ? known.Count + 1 : 1;
            return new(count, now, count >= FailuresInRow ? now + Rest : null);
        });
    }

    private sealed record Failures(int Count, DateTimeOffset LastAt, DateTimeOffset? RestsUntil);
}
