using System.Collections.Immutable;

namespace Colloquy.Panels.Shared;

/// <summary>How seats appear to each other: as letters that stay the same throughout, in an order that the seed draws.</summary>
internal static class Anonymity
{
    private const int Salt = 1;

    /// <summary>The letter of every member, by seat.</summary>
    public static ImmutableSortedDictionary<string, string> Letters(PanelState state) =>
        SeededOrder.Shuffle(state.Charter!.Seed, Salt, state.Members.Select(seat => seat.Id))
            .Select((seat, at) => (seat, Letter: Letter(at)))
            .ToImmutableSortedDictionary(one => one.seat, one => one.Letter, StringComparer.Ordinal);

    /// <summary><c>A</c> to <c>Z</c>, then <c>AA</c>, <c>AB</c> and so on.</summary>
    public static string Letter(int at) => (at < 26 ? "" : Letter((at / 26) - 1)) + (char)('A' + (at % 26));

    /// <summary>Entries as a seat may see them: who spoke is a letter, in the order of letters, and <c>you</c> for its own.</summary>
    public static ImmutableArray<BriefEntry> Veiled(PanelState state, IEnumerable<PanelEntry> entries, string viewer)
    {
        var letters = Letters(state);
        return
        [
            .. entries.OrderBy(entry => entry.Round).ThenBy(entry =>
                letters.GetValueOrDefault(entry.Seat, ""), StringComparer.Ordinal)
                .Select(entry => new BriefEntry(
                    entry.Seat == viewer ? "you" : letters.TryGetValue(entry.Seat, out var letter) ? $"Expert {letter}"
                        : "the chair",
                    entry.Phase, entry.Round, Veiled(entry.Said))),
        ];
    }

    /// <summary>Without what only an agent has: people are not calibrated, which would tell them apart.</summary>
    private static Contribution Veiled(Contribution said) => said with { IsCalibrated = false };

    /// <summary>Entries with the names of those who spoke, in the order in which they did.</summary>
    public static ImmutableArray<BriefEntry> Named(PanelState state, IEnumerable<PanelEntry> entries, string viewer) =>
    [
        .. entries.Select(entry => new BriefEntry(
            entry.Seat == viewer ? "you" : state.Seat(entry.Seat).Name, entry.Phase, entry.Round, entry.Said)),
    ];

    /// <summary>Entries under the role of those who spoke, in the order in which they did.</summary>
    public static ImmutableArray<BriefEntry> ByRole(PanelState state, IEnumerable<PanelEntry> entries, string viewer) =>
    [
        .. entries.Select(entry => new BriefEntry(
            entry.Seat == viewer ? "you" : $"the {state.Seat(entry.Seat).Role}", entry.Phase, entry.Round, entry.Said)),
    ];
}
