using System.Collections.Immutable;
using Colloquy.Runs;

namespace Colloquy.Panels;

/// <summary>Everything that can reach a panel. Time and what was said arrive here.</summary>
internal abstract record PanelInput(DateTimeOffset At)
{
    public sealed record Convene(DateTimeOffset At, long Epoch, string RunId, PanelCharter Charter) : PanelInput(At);

    /// <summary>A seat answers a round.</summary>
    /// <param name="Model">Null for a person.</param>
    public sealed record Say(DateTimeOffset At, int Round, string Seat, Contribution Said, Usage Usage, string? Model)
        : PanelInput(At);

    /// <summary>A seat will not answer a round.</summary>
    /// <param name="Reason">One of <see cref="AbsenceReasons"/>.</param>
    public sealed record Fail(DateTimeOffset At, int Round, string Seat, string Reason, RunError? Error, Usage Usage)
        : PanelInput(At);

    /// <summary>The clock: rounds and panels have an end.</summary>
    public sealed record Tick(DateTimeOffset At) : PanelInput(At);

    public sealed record Steer(DateTimeOffset At, string Author, string Text) : PanelInput(At);

    public sealed record Cancel(DateTimeOffset At, string Reason) : PanelInput(At);
}

/// <summary>What follows from an input: events to commit, or nothing.</summary>
internal sealed record PanelStep(PanelState State, ImmutableArray<PanelEvent> Events)
{
    public static PanelStep From(PanelState state) => new(state, []);

    public PanelStep Then(PanelEvent @event) => new(State.Apply(@event), Events.Add(@event));
}
