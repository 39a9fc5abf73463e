using Colloquy.Sessions;
using Orleans.Embedded;

namespace Colloquy.Simulated;

/// <summary>The way from a session's grain to one viewer, on which frames are lost.</summary>
internal class ViewerLink(IGrainFactory inner, Simulation simulation, Sky sky) : IGrainFactory
{
    private ISessionViewer? _link; // the engine holds observers weakly

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => inner.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable =>
        inner.GetGrain<TGrainInterface>(grainId);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => inner.GetGrain(grainInterfaceType, grainPrimaryKey);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        _link = new Link((ISessionViewer)obj, simulation, sky, Change);
        return inner.CreateObjectReference<TGrainObserverInterface>(_link);
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => inner.DeleteObjectReference<TGrainObserverInterface>(obj);

    /// <summary>What arrives of a frame.</summary>
    protected virtual LiveFrame Change(LiveFrame frame) => frame;

    private sealed class Link(
        ISessionViewer viewer, Simulation simulation, Sky sky, Func<LiveFrame, LiveFrame> change) : ISessionViewer
    {
        public void Show(LiveFrame frame)
        {
            if (!simulation.Chance(sky.Now.FrameLost))
                viewer.Show(change(frame));
        }
    }
}
