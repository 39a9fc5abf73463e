using Colloquy.Runs;

namespace Colloquy.Sessions;

/// <summary>One conversation, keyed by <c>{tenant}/{session}</c>: a journal, the run that is being answered, and who watches.</summary>
[Alias("session")]
public interface ISessionGrain : IWatched
{
    /// <summary>Begins the session. Durable on return; a repeat answers what the first did.</summary>
    [Alias("create")]
    Task<SessionResult> Create(CreateSession command);

    /// <summary>Changes title, agent or metadata. Durable on return.</summary>
    [Alias("change")]
    Task<SessionResult> Change(ChangeSession command);

    /// <summary>Ends what is running and removes everything. False if there is nothing.</summary>
    [Alias("delete")]
    Task<bool> Delete();

    /// <summary>Accepts a message and the run that answers it. Durable on return; a repeat of the operation answers the same
    /// run.</summary>
    [Alias("send")]
    Task<SendResult> Send(SendMessage command);

    /// <summary>Ends a run that is running or waiting; the text written so far is kept. A run that has ended stays as it is.</summary>
    [Alias("cancel")]
    Task<RunView?> Cancel(string runId);

    /// <summary>The session, or null.</summary>
    [Alias("view"), AlwaysInterleave]
    Task<SessionView?> View();

    /// <summary>What the next prompt would be made of, or null.</summary>
    [Alias("context"), AlwaysInterleave]
    Task<ContextView?> Context();

    /// <summary>All that a fork at this message needs; null if there is no such message.</summary>
    [Alias("fork"), AlwaysInterleave]
    Task<ForkPoint?> ForkAt(string messageId);
}

/// <summary>Somebody who watches a session live. Frames are not durable, may be lost, and come in no particular order: whoever
/// needs every event reads the journal.</summary>
[Alias("session.viewer")]
public interface ISessionViewer : IGrainObserver
{
    [Alias("show")]
    void Show(LiveFrame frame);
}
