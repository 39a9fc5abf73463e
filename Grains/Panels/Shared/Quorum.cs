namespace Colloquy.Panels.Shared;

/// <summary>Whether enough were there.</summary>
internal static class Quorum
{
    /// <summary>More than half.</summary>
    public static int Default(int members) => (members / 2) + 1;

    /// <summary>Whether so many members hold a position as the charter asks for.</summary>
    public static bool IsMet(PanelState state) =>
        state.Positions.Keys.Count(seat => seat != PanelIds.Chair) >= Needed(state, state.Members.Count());

    /// <summary>Whether so many seats answered a round as the charter asks for, or all where fewer were invited.</summary>
    public static bool IsMet(PanelState state, PanelMoment round) =>
        round.Answered >= Needed(state, round.Invited);

    /// <summary>How many of so many it takes: at least one, since nobody decides nothing.</summary>
    public static int Needed(PanelState state, int invited) => Math.Max(1, Math.Min(state.Charter!.Quorum, invited));
}
