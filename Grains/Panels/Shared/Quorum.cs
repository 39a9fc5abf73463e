namespace Colloquy.Panels.Shared;

/// <summary>Whether enough were there.</summary>
internal static class Quorum
{
    /// <summary>More than half.</summary>
    public static int Default(int members) => (members / 2) + 1;

    /// <summary>Whether so many members hold a position as the charter asks for.</summary>
    public static bool IsMet(PanelState state) =>
        state.Positions.Keys.Count(seat => seat != PanelIds.Chair) >= Math.Min(state.Charter!.Quorum, state.Members.Count());

    /// <summary>Whether so many seats answered a round as the charter asks for, or all where fewer were invited.</summary>
    public static bool IsMet(PanelState state, PanelMoment round) =>
        round.Answered >= Math.Min(state.Charter!.Quorum, round.Invited);
}
