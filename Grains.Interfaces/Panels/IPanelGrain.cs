using Colloquy.Runs;

namespace Colloquy.Panels;

/// <summary>Several experts on one question, keyed by <c>{tenant}/{panel}</c>: a journal, and a seat grain for every agent.</summary>
[Alias("panel")]
public interface IPanelGrain : IWatched
{
    /// <summary>Convenes the panel. Durable on return; a repeat answers what the first did.</summary>
    [Alias("convene")]
    Task<PanelResult> Convene(ConvenePanel command);

    /// <summary>Takes a person's answer for a seat. Durable on return; a repeat and what comes late change nothing.</summary>
    [Alias("answer")]
    Task<PanelResult> Answer(PersonAnswer answer);

    /// <summary>Says something that every round from the next on is told. Durable on return.</summary>
    /// <param name="operation">The caller's idempotency key.</param>
    [Alias("steer")]
    Task<PanelResult> Steer(string author, string text, string operation);

    /// <summary>Ends a panel that has not ended. One that has stays as it is.</summary>
    [Alias("cancel")]
    Task<RunView?> Cancel();

    /// <summary>The panel, or null.</summary>
    [Alias("view"), AlwaysInterleave]
    Task<PanelView?> View();

    /// <summary>The panel's run, or null.</summary>
    [Alias("run"), AlwaysInterleave]
    Task<RunView?> Run();

    /// <summary>Waits for the end, for at most <see cref="PanelLimits.AwaitMost"/>, and answers what there is by then.</summary>
    [Alias("await"), AlwaysInterleave]
    Task<PanelView?> Await();

    /// <summary>Ends what is running and removes everything, with the seats' notes. False if there is nothing.</summary>
    [Alias("delete")]
    Task<bool> Delete();
}

/// <summary>The panels of a tenant, keyed by <c>{tenant}/panels</c>: the latest ones, newest first.</summary>
[Alias("panels")]
public interface IPanelListGrain : IGrainWithStringKey
{
    /// <summary>How many are listed. Older ones are found by their id.</summary>
    const int Listed = 500;

    /// <summary>Adds a panel, or changes its line. Durable on return; many are written together.</summary>
    [Alias("put"), AlwaysInterleave]
    Task Put(PanelSummary summary);

    [Alias("remove")]
    Task Remove(string panelId);

    /// <param name="cursor">Where to go on, or null.</param>
    /// <exception cref="FormatException">The cursor is none of this list's.</exception>
    [Alias("list"), AlwaysInterleave]
    Task<PanelPage> List(string? cursor, int limit);
}
