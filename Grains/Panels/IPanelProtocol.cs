using System.Collections.Immutable;

namespace Colloquy.Panels;

/// <summary>
/// One way to come to an outcome: pure, total and deterministic. It says what is to happen next and what it all amounts to; that
/// rounds are answered, closed, late or deserted is the same for all and is <see cref="PanelMachine"/>'s.
/// </summary>
internal interface IPanelProtocol
{
    /// <summary>One of <see cref="PanelProtocols"/>.</summary>
    string Name { get; }

    /// <summary>Members that it needs, and whom they are.</summary>
    PanelShape Shape { get; }

    /// <summary>What follows when no round is open: at the beginning, and whenever a round has closed.</summary>
    PanelMove Next(PanelState state);

    /// <summary>What the panel has found out if it must end now. Also asked when the time is up in the middle of a round.</summary>
    /// <param name="stopped">Why it ends: one of the values of <see cref="PanelRule.Stopped"/>.</param>
    PanelFindings Conclude(PanelState state, string stopped);

    /// <summary>What a seat is told in the open round.</summary>
    SeatTask Task(PanelState state, PanelSeat seat);
}

/// <summary>What a protocol needs of a panel.</summary>
/// <param name="MembersMin">Seats without the chair.</param>
/// <param name="HasChair">Whether a seat of its own brings together or judges.</param>
/// <param name="ChairRole">That seat's role.</param>
/// <param name="Roles">The roles of the first members; the last one is that of all further members.</param>
/// <param name="Cycles">Passes, unless the caller says otherwise.</param>
/// <param name="Threshold">Unless the caller says otherwise.</param>
internal sealed record PanelShape(
    int MembersMin, int MembersMax, bool HasChair, string ChairRole, ImmutableArray<string> Roles, int Cycles, double Threshold)
{
    /// <summary>The roles where the caller gives the text that the panel is about; null for the same.</summary>
    public ImmutableArray<string>? RolesOnSubject { get; init; }

    /// <summary>The role of a member.</summary>
    /// <param name="member">Its place, from 0.</param>
    /// <param name="subject">The text that the caller gave, or null.</param>
    public string Role(int member, string? subject)
    {
        var roles = subject is not null && RolesOnSubject is { } others ? others : Roles;
        return roles[Math.Min(member, roles.Length - 1)];
    }
}

/// <summary>What a protocol wants to happen.</summary>
internal abstract record PanelMove
{
    /// <param name="Seats">Who is invited.</param>
    public sealed record Open(int Cycle, string Phase, ImmutableArray<string> Seats) : PanelMove;

    /// <param name="Stopped">One of the values of <see cref="PanelRule.Stopped"/>.</param>
    public sealed record Conclude(string Stopped) : PanelMove;
}

/// <summary>What a protocol has found out; the rest of an outcome is the same for all and is read off the state.</summary>
/// <param name="Decision">One of <see cref="PanelDecisions"/>.</param>
/// <param name="Answer">Null without a quorum.</param>
/// <param name="Prevailing">The seats whose position the answer is: every other position is minority.</param>
/// <param name="Grounds">Why this is recommended, a line each.</param>
internal sealed record PanelFindings(
    string Decision, string? Answer, PanelRule Rule, ImmutableArray<string> Prevailing, string Recommendation,
    ImmutableArray<string> Grounds)
{
    /// <summary>The positions, where they are not what seats said last: voters on given options hold what they voted for.</summary>
    public ImmutableArray<PanelEntry>? Positions { get; init; }

    /// <summary>The minority report; null for the positions outside the prevailing one.</summary>
    public ImmutableArray<MinorityOpinion>? Minority { get; init; }
}

/// <summary>What a seat has to do, and what it may see for it.</summary>
/// <param name="Entries">With the speaker's name as this seat may know it.</param>
internal sealed record SeatTask(
    string Instructions, ImmutableArray<BriefEntry> Entries, ImmutableArray<PanelOption> Options, ImmutableArray<string> Criteria,
    string? Digest)
{
    public static SeatTask Of(string instructions) => new(instructions, [], [], [], null);
}
