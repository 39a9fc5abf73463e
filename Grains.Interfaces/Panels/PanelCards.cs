using System.Collections.Immutable;

namespace Colloquy.Panels;

/// <summary>A protocol as callers choose it.</summary>
/// <param name="MembersMin">Seats without the chair.</param>
/// <param name="HasChair">Whether a seat of its own brings together what members say, or judges it.</param>
/// <param name="Roles">Of the first members; the last one is that of all further members.</param>
/// <param name="Cycles">Passes, unless the caller says otherwise: <c>rounds</c> of a request.</param>
/// <param name="Threshold">The share that agreement or stability needs, unless the caller says otherwise.</param>
/// <param name="Rules">How it can be counted, the default first; none where there is no choice.</param>
/// <param name="TakesOptions">Whether callers may give the options.</param>
/// <param name="TakesCriteria">Whether callers may give criteria, and a text to judge by them.</param>
public sealed record PanelCard(
    string Name, string Description, int MembersMin, int MembersMax, bool HasChair, string? ChairRole,
    ImmutableArray<string> Roles, int Cycles, double Threshold, ImmutableArray<string> Rules, bool TakesOptions, bool TakesCriteria);

/// <summary>What there is to choose from. The protocols themselves say the same: a test holds both together.</summary>
public static class PanelCards
{
    /// <summary>The protocol of a panel that names none.</summary>
    public const string Default = PanelProtocols.Parallel;

    public static readonly ImmutableArray<PanelCard> All =
    [
        Of(PanelProtocols.Parallel, "Everybody answers alone and unseen; a chair brings the answers together.",
            SeatRoles.Chair, 1, 0.5),
        Of(PanelProtocols.Roundtable, "One after the other, each building on those before; a chair sums up.",
            SeatRoles.Chair, 1, 0.5),
        Of(PanelProtocols.Vote, "Everybody answers alone, then all vote on the answers, or on given options.", null, 1, 0.5) with
        {
            Rules = [VoteRules.Majority, VoteRules.Weighted, VoteRules.Borda], TakesOptions = true,
        },
        Of(PanelProtocols.Consensus, "Answers are criticised and revised until enough agree.", SeatRoles.Chair, 3, 0.8),
        Of(PanelProtocols.Delphi, "Anonymous estimates, shown the spread of the last round, until they are stable.",
            null, 3, 0.8),
        Of(PanelProtocols.Adversarial, "A proposer, a challenger, and a judge.", SeatRoles.Judge, 2, 0.5) with
        {
            MembersMax = 2, Roles = [SeatRoles.Proposer, SeatRoles.Challenger],
        },
        Of(PanelProtocols.Socratic, "A questioner who may only ask, and those who answer.", null, 3, 0.5) with
        {
            Roles = [SeatRoles.Questioner, SeatRoles.Respondent],
        },
        Of(PanelProtocols.Review, "A text, judged by criteria: accept, minor, major or reject.", null, 2, 0.5) with
        {
            Roles = [SeatRoles.Author, SeatRoles.Reviewer], TakesCriteria = true,
        },
    ];

    /// <summary>The card of this name, or null.</summary>
    public static PanelCard? Of(string name) => All.FirstOrDefault(card => card.Name == name);

    private static PanelCard Of(string name, string description, string? chair, int cycles, double threshold) => new(
        name, description, PanelLimits.SeatsMin, PanelLimits.SeatsMax, chair is not null, chair, [SeatRoles.Member], cycles,
            threshold,
        [], TakesOptions: false, TakesCriteria: false);
}
