using System.Collections.Immutable;

namespace Colloquy.Panels.Seats;

/// <summary>All that a seat must remember between two rounds: what it was asked last, and its notes.</summary>
[GenerateSerializer, Alias("seat.state"), Immutable]
internal sealed record SeatState
{
    /// <summary>The agent that sits here, or null before the first question.</summary>
    [Id(0)] public string? Agent { get; init; }

    /// <summary>The last round that was asked. Earlier ones are closed: the panel has what was said in them.</summary>
    [Id(1)] public AskedRound? Asked { get; init; }

    /// <summary>What it thought, oldest first; at most <see cref="SeatLimits.Notes"/>.</summary>
    [Id(2)] public ImmutableArray<SeatNote> Notes { get; init; } = [];
}

/// <param name="Attempts">How often an answer was begun, counted before a model is called.</param>
/// <param name="Answer">Kept so that a question asked again is answered in the same words, at no cost; null while there is
/// none.</param>
[GenerateSerializer, Alias("seat.asked"), Immutable]
internal sealed record AskedRound(int Round, string Phase, int Attempts, SeatAnswer? Answer);
