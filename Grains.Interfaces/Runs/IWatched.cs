using Colloquy.Knowledge;
using Colloquy.Panels;
using Colloquy.Sessions;
using Colloquy.Tenants;

namespace Colloquy.Runs;

/// <summary>Something with a journal that can be watched: read by cursor, and followed live.</summary>
[Alias("watched")]
public interface IWatched : IGrainWithStringKey
{
    /// <summary>Adds a viewer, or renews it, and answers where the journal stands at this very moment.</summary>
    [Alias("attach"), AlwaysInterleave]
    Task<LivePosition> Attach(ISessionViewer viewer);

    [Alias("detach"), AlwaysInterleave]
    Task Detach(ISessionViewer viewer);

    /// <summary>Committed events after a sequence number.</summary>
    [Alias("read"), AlwaysInterleave]
    Task<EventPage> Read(long after, int limit);

    /// <summary>Resumes whatever the journal says is outstanding. Harmless at any time.</summary>
    [Alias("poke")]
    Task Poke();
}

/// <summary>Whose journal a name is: the one table of what can be watched and woken.</summary>
public static class WatchedGrains
{
    /// <summary>The grain that owns a journal.</summary>
    /// <param name="key"><c>{tenant}/{id}</c>, which is the journal's name and the grain's key alike.</param>
    /// <exception cref="ArgumentException">No grain has journals of such a name.</exception>
    public static IWatched Watched(this IGrainFactory grains, string key)
    {
        var id = TenantKey.IdOf(key);
        return id.StartsWith(RunIds.SessionPrefix, StringComparison.Ordinal) ? grains.GetGrain<ISessionGrain>(key)
            : id.StartsWith(RunIds.IngestPrefix, StringComparison.Ordinal) ? grains.GetGrain<IIngestGrain>(key)
            : id.StartsWith(RunIds.PanelPrefix, StringComparison.Ordinal) ? grains.GetGrain<IPanelGrain>(key)
            : throw new ArgumentException($"'{key}' names no journal.", nameof(key));
    }
}
