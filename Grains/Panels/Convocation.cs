using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Budgets;
using Colloquy.Kernel;
using Colloquy.Panels.Shared;
using Colloquy.Panels.Standing;
using Colloquy.Selection;
using Colloquy.Tenants;

namespace Colloquy.Panels;

/// <summary>Makes the charter of a panel: who sits where, in which version, and what each voice counts.</summary>
internal sealed class Convocation(string tenant, IGrainFactory grains)
{
    /// <summary>What a member's voice counts for its record, by name among the parts of a weight.</summary>
    public const string Track = "track";

    public const string Independence = "independence";

    public async Task<(PanelCharter? Charter, PanelResult? Refusal)> Charter(string panelId, ConvenePanel command, DateTimeOffset now)
    {
        var budget = await Of<IBudgetGrain>("budget").View();
        if (budget.Tokens is { } limit && budget.Spent + budget.Reserved >= limit)
            return Refuse(PanelStatus.OverBudget);
        var standing = command.Standing is { } id ? await Of<IStandingPanelGrain>(id).Brief(command.Question) : null;
        if (command.Standing is not null && standing is null)
            return Refuse(PanelStatus.UnknownStanding, command.Standing);
        command = command with { Protocol = command.Protocol ?? standing?.Panel.Protocol ?? PanelCards.Default };
        var shape = Protocols.Of(command.Protocol).Shape;
        var (members, unknown) = await Members(command, standing, shape);
        if (unknown is not null)
            return Refuse(PanelStatus.UnknownAgent, unknown);
        if (members.Length + command.People.Length < shape.MembersMin)
            return Refuse(PanelStatus.CannotCompose);
        if (Misfit(command, members.Length + command.People.Length, shape) is { } misfit)
            return Refuse(PanelStatus.WrongSize, misfit);
        var chair = shape.HasChair ? await Chair(command, members, standing) : null;
        if (shape.HasChair && chair is null)
            return command.Chair is { } named ? Refuse(PanelStatus.UnknownAgent, named) : Refuse(PanelStatus.CannotCompose);
        return (Charter(panelId, command, now, Seats(command, shape, members, chair, standing), standing, shape), null);
    }

    private static string? Misfit(ConvenePanel command, int members, PanelShape shape) =>
        members > shape.MembersMax ? $"There are {members} members, and the protocol has seats for {shape.MembersMax}."
        : command.Quorum > members ? $"There are {members} members, and the quorum is {command.Quorum}." : null;

    private static PanelCharter Charter(
        string panelId, ConvenePanel command, DateTimeOffset now, ImmutableArray<PanelSeat> seats, StandingBriefing? standing,
        PanelShape shape)
    {
        var members = seats.Count(seat => seat.Id != PanelIds.Chair);
        var time = command.People.IsEmpty ? PanelLimits.PanelTime : PanelLimits.PanelTimeMax;
        // Another protocol has other rules.
        var own = standing is not null && standing.Panel.Protocol == command.Protocol ? standing.Panel : null;
        return new(
            panelId, command.Author, command.Question, command.Protocol!, seats, command.Rule ?? own?.Rule,
            command.Cycles ?? own?.Cycles ?? shape.Cycles,
            Math.Min(command.Quorum ?? standing?.Panel.Quorum ?? Quorum.Default(members), members), command.Threshold ?? shape.Threshold,
            command.Options, command.Criteria.IsEmpty ? standing?.Panel.Criteria ?? [] : command.Criteria, command.Subject,
            command.SeatTokens, SeededOrder.Kept(command.Seed ?? SeededOrder.SeedOf(panelId)), command.SeatTime, command.PersonTime,
            command.Deadline?.Milliseconds() ?? now + time, standing?.Precedents ?? [], command.Standing, command.Session,
            command.Fingerprint);
    }

    private async Task<(ImmutableArray<AgentProfile> Members, string? Unknown)> Members(
        ConvenePanel command, StandingBriefing? standing, PanelShape shape)
    {
        var named = command.Agents.IsEmpty ? standing?.Panel.Agents ?? [] : command.Agents;
        if (named.IsEmpty)
            return (command.HasPeopleOnly ? [] : await Compose(command, shape), null);
        var members = await Task.WhenAll(named.Select(agent => Of<IAgentGrain>(agent).Published()));
        var missing = Array.IndexOf(members, null);
        return missing >= 0 ? ([], named[missing]) : ([.. members.OfType<AgentProfile>()], null);
    }

    private async Task<ImmutableArray<AgentProfile>> Compose(ConvenePanel command, PanelShape shape)
    {
        var selection = await Of<ISelectorGrain>("selector").Select(
            new(Kernel.Texts.First(command.Question, SelectionLimits.TextCharacters)));
        var candidates = await Task.WhenAll(selection.Scores.Select(score => Of<IAgentGrain>(score.Agent).Published()));
        return Composition.Of(
            [.. selection.Scores.Zip(candidates).Where(pair => pair.Second is not null).Select(pair => (pair.Second!, pair.First.Score))],
            Math.Clamp(Composition.Members, shape.MembersMin, shape.MembersMax) - command.People.Length);
    }

    private async Task<AgentProfile?> Chair(ConvenePanel command, ImmutableArray<AgentProfile> members, StandingBriefing? standing) =>
        command.Chair is { } named ? await Of<IAgentGrain>(named).Published()
            : members.MaxBy(member => standing?.Track.GetValueOrDefault(member.Id, 1) ?? 1);

    private static ImmutableArray<PanelSeat> Seats(
        ConvenePanel command, PanelShape shape, ImmutableArray<AgentProfile> members, AgentProfile? chair, StandingBriefing? standing)
    {
        var seats = ImmutableArray.CreateBuilder<PanelSeat>();
        foreach (var member in members)
        {
            // Errors of members on the same model go together: n of them are fewer than n voices.
            var parts = ImmutableSortedDictionary<string, double>.Empty
                .Add(Track, standing?.Track.GetValueOrDefault(member.Id, 1) ?? 1)
                .Add(Independence, Math.Round(1 / Math.Sqrt(members.Count(other => other.Model == member.Model)), 6));
            seats.Add(new(PanelIds.Seat(seats.Count + 1), member.Id, member.Version, member.Name, shape.Role(seats.Count, command.Subject),
                parts.Values.Aggregate(1.0, (product, part) => product * part), parts));
        }
        foreach (var person in command.People)
            seats.Add(new(PanelIds.Seat(seats.Count + 1), null, 0, person, shape.Role(seats.Count, command.Subject), 1,
                ImmutableSortedDictionary<string, double>.Empty));
        if (chair is not null)
            seats.Add(new(PanelIds.Chair, chair.Id, chair.Version, chair.Name, shape.ChairRole, 1,
                ImmutableSortedDictionary<string, double>.Empty));
        return seats.ToImmutable();
    }

    private TGrain Of<TGrain>(string id) where TGrain : IGrainWithStringKey => grains.GetGrain<TGrain>(TenantKey.For(tenant, id));

    private static (PanelCharter?, PanelResult?) Refuse(PanelStatus status, string? detail = null) => (null, new(status, Detail: detail));
}
