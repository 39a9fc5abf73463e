using Colloquy.Runs;

namespace Colloquy.Panels.Seats;

/// <summary>How the writing of an answer, which runs beside a seat's turns, speaks to the seat: as a command.</summary>
[Alias("seat.receiver")]
internal interface ISeatReceiver : IGrainWithStringKey
{
    /// <summary>Keeps what came of an attempt. Durable on return; a repeat and an attempt that was overtaken change nothing.
    /// Answers what there is to tell the panel, or null if nobody waits for it.</summary>
    [Alias("written")]
    Task<SeatAnswer?> Written(int round, int attempt, SeatOutcome outcome);
}

/// <summary>What came of an attempt.</summary>
/// <param name="Note">What the seat keeps for itself, or null.</param>
[GenerateSerializer, Alias("seat.outcome"), Immutable]
internal sealed record SeatOutcome(SeatAnswer Answer, SeatNote? Note);

/// <summary>What a seat tells its panel: either what it says, or why it says nothing.</summary>
/// <param name="Said">Null if the seat is absent.</param>
/// <param name="Absence">One of <see cref="AbsenceReasons"/>, or null if it spoke.</param>
/// <param name="Usage">What was spent, also on saying nothing.</param>
/// <param name="Model">Null if none was asked.</param>
[GenerateSerializer, Alias("seat.answer"), Immutable]
internal sealed record SeatAnswer(Contribution? Said, string? Absence, RunError? Error, Usage Usage, string? Model)
{
    public static SeatAnswer Speaks(Contribution said, Usage usage, string? model) => new(said, null, null, usage, model);

    public static SeatAnswer IsAbsent(string reason, RunError? error, Usage usage, string? model = null) =>
        new(null, reason, error, usage, model);

    public static SeatAnswer Failed(string code, string message, Usage usage, string? model = null) =>
        IsAbsent(AbsenceReasons.Failed, new(code, message), usage, model);
}
