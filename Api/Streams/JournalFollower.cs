using System.Runtime.CompilerServices;
using Colloquy.Hosting;
using Colloquy.Runs;
using Colloquy.Sessions;
using Colloquy.Tenants;

namespace Colloquy.Streams;

/// <summary>What a viewer wants to see.</summary>
/// <param name="After">The last durable event that the viewer has: the stream begins behind it.</param>
/// <param name="Head">The journal's end as far as it is known; 0 if it is not.</param>
/// <param name="Journal">A session's id, or that of anything else with a journal: see <see cref="WatchedGrains"/>.</param>
/// <param name="Run">The only run that is wanted, or null for the whole journal. A run's stream ends with the run.</param>
internal sealed record FollowTarget(string Tenant, string Journal, string? Run, long After, long Head);

/// <summary>
/// Follows one journal for one viewer: durable events exactly once and in order, live text in between, through every loss,
/// crash and move of the grain. The shell around <see cref="Follow"/>.
/// </summary>
/// <remarks>
/// It is drawn from, never pushed: while a reader is slow nothing is read, and of what the grain pushes only a bounded rest is
/// kept. It runs in the simulation as it runs in a host, so it awaits plainly and takes its time from the provider.
/// </remarks>
internal sealed partial class JournalFollower(
    IGrainFactory grains, TimeProvider time, ILogger<JournalFollower> logger, FollowTarget target) : ISessionViewer
{
    /// <summary>Pushed frames that wait for the reader: more, and the text is asked for anew.</summary>
    public const int FramesMax = 256;

    private const int PageLines = 100;

    /// <summary>A live grain answers in milliseconds: who is silent for longer is asked again, wherever it lives by
    /// then.</summary>
    private static readonly TimeSpan CallMost = TimeSpan.FromSeconds(2);

    /// <summary>What the grain said before it let go is still on its way, and the engine complains of frames that nobody
    /// takes.</summary>
    private static readonly TimeSpan FramesUnderWay = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Signal _news = new(time);
    private readonly List<LiveFrame> _frames = [];
    private bool _isOverflown;

    private IWatched Watched => grains.Watched(TenantKey.For(target.Tenant, target.Journal));

    /// <inheritdoc/>
    public void Show(LiveFrame frame)
    {
        lock (_lock)
        {
            if (frame.MessageId is null && _frames is [.., { MessageId: null }])
            {
                _frames[^1] = frame; // of two heartbeats the later says it all
            }
            else if (_frames.Count < FramesMax)
            {
                _frames.Add(frame);
            }
            else
            {
                _frames.Clear();
                _isOverflown = true;
                _frames.Add(frame with { RunId = null, MessageId = null, Text = "" });
            }
        }
        _news.Set();
    }

    /// <summary>What to show, in batches as they come. Ends with the run, with the session, or when the viewer leaves.</summary>
    public async IAsyncEnumerable<IReadOnlyList<StreamItem>> Batches([EnumeratorCancellation] CancellationToken left)
    {
        // Grains hold an observer weakly: this method's own frame keeps it alive for as long as somebody draws.
        var viewer = grains.CreateObjectReference<ISessionViewer>(this);
        var follow = new Follow(target.After, target.Head, target.Run, time);
        await using var leaving = left.UnsafeRegister(static follower => ((JournalFollower)follower!)._news.Set(), this);
        try
        {
            while (!left.IsCancellationRequested)
            {
                TakeFrames(follow);
                if (follow.Take() is { Count: > 0 } items)
                    yield return items;
                var (step, most) = follow.Next();
                if (step is FollowStep.End)
                    yield break;
                if (step is FollowStep.Wait)
                    await _news.Wait(most);
                else
                    await Ask(follow, step, viewer);
            }
        }
        finally
        {
            _ = Leave(viewer); // nobody waits for a farewell
        }
    }

    private void TakeFrames(Follow follow)
    {
        LiveFrame[] frames;
        bool isOverflown;
        lock (_lock)
        {
            (frames, isOverflown, _isOverflown) = ([.. _frames], _isOverflown, false);
            _frames.Clear();
        }
        if (isOverflown)
            follow.Overflowed();
        foreach (var frame in frames)
            follow.Shown(frame);
    }

    private async Task Ask(Follow follow, FollowStep step, ISessionViewer viewer)
    {
        try
        {
            if (step is FollowStep.Attach)
                follow.Attached(await Watched.Attach(viewer).Within(CallMost, time));
            else
                follow.Read(await Watched.Read(follow.Cursor, PageLines).Within(CallMost, time));
        }
        catch (Exception failure) // whatever it is, the viewer is still there: ask again, a little later
        {
            LogAskingAgain(failure, step, target.Journal);
            follow.Failed();
        }
    }

    private async Task Leave(ISessionViewer viewer)
    {
        try
        {
            await Detached(viewer).Within(CallMost, time);
        }
        catch (Exception failure) // the grain forgets a viewer that does not renew itself
        {
            LogNotDetached(failure, target.Journal);
        }
        await new Signal(time).Wait(FramesUnderWay);
        try
        {
            grains.DeleteObjectReference<ISessionViewer>(viewer);
        }
        catch (Exception failure) // the process is ending, and the reference with it
        {
            LogNotDetached(failure, target.Journal);
        }
    }

    private async Task<bool> Detached(ISessionViewer viewer)
    {
        await Watched.Detach(viewer);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Step} of {Journal} failed; it is tried again")]
    private partial void LogAskingAgain(Exception failure, FollowStep step, string journal);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A viewer of {Journal} left without saying so")]
    private partial void LogNotDetached(Exception failure, string journal);
}
