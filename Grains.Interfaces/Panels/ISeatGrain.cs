using System.Collections.Immutable;

namespace Colloquy.Panels;

/// <summary>One agent's place on one panel, keyed by <c>{tenant}/{panel}.{seat}</c>: what it thinks for itself, and what it said.
/// Only the panel asks it.</summary>
[Alias("seat")]
public interface ISeatGrain : IGrainWithStringKey
{
    /// <summary>What it has noted for itself, or null if it was never asked. No other seat is shown it.</summary>
    [Alias("view"), AlwaysInterleave]
    Task<SeatView?> View();
}

/// <param name="Notes">One for each round that it answered, oldest first.</param>
/// <param name="Writing">The round that is being answered, or null.</param>
[GenerateSerializer, Alias("seat.view"), Immutable]
public sealed record SeatView(string PanelId, string Seat, string? Agent, ImmutableArray<SeatNote> Notes, int? Writing);

/// <summary>What a seat keeps for itself of a round.</summary>
/// <param name="Text">Its thoughts: what it was unsure of, what it did not say; at most 4,000 characters.</param>
/// <param name="Sources">Titles of what it read.</param>
[GenerateSerializer, Alias("seat.note"), Immutable]
public sealed record SeatNote(int Round, string Phase, string Text, ImmutableArray<string> Sources);
