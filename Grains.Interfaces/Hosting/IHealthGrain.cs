using System.Collections.Immutable;

namespace Colloquy.Hosting;

/// <summary>Whether the cluster can do its work, keyed by <c>$system/health</c>.</summary>
[Alias("health")]
public interface IHealthGrain : IGrainWithStringKey
{
    /// <summary>Tries what everything depends on. An entry per dependency; a failure is an entry too.</summary>
    [Alias("check"), AlwaysInterleave]
    Task<ImmutableArray<HealthEntry>> Check();
}

/// <param name="Error">Why it is not healthy, for operators; null if it is.</param>
[GenerateSerializer, Alias("health.entry"), Immutable]
public sealed record HealthEntry(string Name, bool IsHealthy, string? Error);
