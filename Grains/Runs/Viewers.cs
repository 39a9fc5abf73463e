using Colloquy.Sessions;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Colloquy.Runs;

/// <summary>Who watches a journal. Nothing here is remembered: viewers renew themselves, and read the journal for what they
/// missed.</summary>
internal sealed class Viewers
{
    private readonly ObserverManager<ISessionViewer> _viewers;

    public Viewers(TimeProvider clock, ILogger logger) =>
        _viewers = new(SessionLimits.ViewerLife, logger) { GetDateTime = () => clock.GetUtcNow().UtcDateTime };

    public bool IsEmpty => _viewers.Count == 0;

    public void Add(ISessionViewer viewer) => _viewers.Subscribe(viewer.AsReference<ISessionViewer>(), viewer);

    public void Remove(ISessionViewer viewer) => _viewers.Unsubscribe(viewer.AsReference<ISessionViewer>());

    /// <summary>Tells everybody where the journal ends.</summary>
    public void Beat(long head)
    {
        _viewers.ClearExpired();
        Show(new(head, null, null, 0, 0, ""));
    }

    public void Show(LiveFrame frame)
    {
        if (_viewers.Count > 0)
            _viewers.Notify(viewer => viewer.Show(frame));
    }
}
