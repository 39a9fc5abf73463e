using Colloquy.Sessions;

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
}
