using Colloquy.Runs;

namespace Colloquy.Panels.Seats;

/// <summary>How a panel speaks to its seats.</summary>
[Alias("seat.worker")]
internal interface ISeatWorker : IGrainWithStringKey
{
    /// <summary>Asks for an answer, which comes as <see cref="IPanelReceiver.Said"/> or <see cref="IPanelReceiver.Absent"/>. A repeat
    /// while it is being written changes nothing; what was answered is answered again in the same words, at no cost.</summary>
    [Alias("ask")]
    Task Ask(SeatBrief brief);

    /// <summary>Stops writing: the panel has ended, and asks nothing more.</summary>
    [Alias("stop")]
    Task Stop();

    /// <summary>Forgets everything.</summary>
    [Alias("erase")]
    Task Erase();
}

/// <summary>How seats speak to their panel: as commands. Each may arrive twice, or when its round has closed.</summary>
[Alias("panel.receiver")]
internal interface IPanelReceiver : IGrainWithStringKey
{
    [Alias("said")]
    Task Said(int round, string seat, Contribution said, Usage usage, string? model);

    [Alias("absent")]
    Task Absent(int round, string seat, string reason, RunError? error, Usage usage);

    /// <summary>Words as they are written. Answers how many characters of this attempt the panel has, which is where the next words
    /// have to begin; -1 if nobody waits for the seat any more.</summary>
    [Alias("saying"), AlwaysInterleave]
    Task<int> Saying(SeatWords words);

    /// <summary>Ends what has taken too long.</summary>
    [Alias("tick")]
    Task Tick();

    /// <summary>What follows from the end has been done.</summary>
    [Alias("finished")]
    Task Finished(long epoch);
}

/// <param name="Attempt">Grows when a crash made the seat begin anew.</param>
/// <param name="Offset">Characters (UTF-16 units) of the attempt's text before <paramref name="Text"/>.</param>
[GenerateSerializer, Alias("seat.words"), Immutable]
internal sealed record SeatWords(int Round, string Seat, long Attempt, int Offset, string Text);
