using System.Diagnostics;

namespace Colloquy.Panels.Seats;

/// <summary>Everything that can reach a seat and change it.</summary>
internal abstract record SeatInput
{
    /// <summary>The panel asks, for the first time or again.</summary>
    /// <param name="Writing">The round that this activation is writing at this moment, or null.</param>
    public sealed record Ask(DateTimeOffset At, SeatBrief Brief, int? Writing) : SeatInput;

    /// <summary>An attempt has come to an end.</summary>
    public sealed record Write(int Round, int Attempt, SeatOutcome Outcome) : SeatInput;
}

/// <summary>What follows from an input.</summary>
/// <param name="Begin">The attempt to begin once the state is durable, or null.</param>
/// <param name="Tell">What to tell the panel once the state is durable, or null.</param>
internal sealed record SeatStep(SeatState State, int? Begin = null, SeatAnswer? Tell = null);

/// <summary>The life of a seat as a pure function: it answers every round at most once, however often it is asked.</summary>
/// <remarks>
/// An attempt is counted before a model is called and its outcome is kept before the panel is told. So whatever dies in between,
/// the panel asks again and is told the same, and where nobody knows what became of an attempt, the next one begins; at most
/// <see cref="SeatLimits.Attempts"/> times.
/// </remarks>
internal static class SeatProtocol
{
    public static SeatStep Decide(SeatState state, SeatInput input) => input switch
    {
        SeatInput.Ask ask => Ask(state, ask),
        SeatInput.Write write => Write(state, write),
        _ => throw new UnreachableException($"{input.GetType().Name} is not an input that a seat knows."),
    };

    private static SeatStep Ask(SeatState state, SeatInput.Ask ask)
    {
        var brief = ask.Brief;
        if (state.Asked is { } later && later.Round > brief.Round)
            return new(state); // on its way for long: that round has closed
        var asked = state.Asked is { } known && known.Round == brief.Round ? known : new(brief.Round, brief.Phase, 0, null);
        if (asked.Answer is { } answer)
            return new(state, Tell: answer);
        if (ask.Writing == brief.Round || ask.At >= brief.Deadline)
            return new(state); // it is being written; or nobody would wait for it
        if (asked.Attempts >= SeatLimits.Attempts)
        {
            var failed = SeatAnswer.Failed(
                "attempts_exhausted", $"{SeatLimits.Attempts} attempts ended without an answer.", Runs.Usage.None);
            return new(state with { Asked = asked with { Answer = failed } }, Tell: failed);
        }
        asked = asked with { Attempts = asked.Attempts + 1 };
        return new(state with { Agent = brief.Agent, Asked = asked }, Begin: asked.Attempts);
    }

    private static SeatStep Write(SeatState state, SeatInput.Write write)
    {
        if (state.Asked is not { } asked || asked.Round != write.Round)
            return new(state); // asked something else by now, or erased
        if (asked.Answer is { } first)
            return new(state, Tell: first);
        if (asked.Attempts != write.Attempt && write.Outcome.Answer.Said is null)
            return new(state); // a later attempt is under way: it may do better. But words that are paid for are taken from any
        state = state with { Asked = asked with { Answer = write.Outcome.Answer } };
        if (write.Outcome.Note is { } note)
        {
            var notes = state.Notes.RemoveAll(one => one.Round == note.Round).Add(note);
            state = state with { Notes = notes.RemoveRange(0, Math.Max(0, notes.Length - SeatLimits.Notes)) };
        }
        return new(state, Tell: write.Outcome.Answer);
    }
}
