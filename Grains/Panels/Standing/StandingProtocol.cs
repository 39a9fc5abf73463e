using System.Collections.Immutable;
using Colloquy.Kernel;

namespace Colloquy.Panels.Standing;

/// <summary>
/// What may happen to a standing panel, as pure functions. Messages may come twice, and an old one after a newer one: neither changes
/// anything. An unchanged state is the same object.
/// </summary>
internal static class StandingProtocol
{
    /// <param name="unknown">The first of the command's agents that is not published, or null.</param>
    public static (StandingState Next, StandingResult Answer) Define(
        StandingState state, string id, DefineStanding command, string? unknown, DateTimeOffset at)
    {
        if (Standing(state, id, command) is { } settled)
            return (state, settled);
        if (state.Panel is null && (command.Name is null || command.Agents is null))
            return (state, new(StandingStatus.Incomplete, Detail: command.Name is null ? "name" : "agents"));
        var next = state.Panel is { } panel ? Changed(panel, command) : Created(command, at);
        if (Unfit(next) is { } field)
            return (state, new(StandingStatus.Unfit, Detail: field));
        if (unknown is not null)
            return (state, new(StandingStatus.UnknownAgent, Detail: unknown));
        if (state.Panel?.IsAs(next) is not true)
            state = state with { Panel = next with { ChangedAt = at } };
        return (state, new(StandingStatus.Done, View(state, id)));
    }

    /// <summary>Everything goes: what is created under the id after this begins anew.</summary>
    public static (StandingState Next, bool Answer) Remove(StandingState state) =>
        state.Panel is null ? (state, false) : (new(), true);

    /// <summary>Keeps an outcome. One that comes again after it gave way is the oldest, and gives way at once.</summary>
    public static StandingState Record(StandingState state, Precedent precedent)
    {
        // What ended before this panel began is of another one, which had the id before.
        if (state.Panel is null || precedent.At < state.Panel.CreatedAt
            || state.Precedents.Any(one => one.PanelId == precedent.PanelId))
            return state;
        var at = state.Precedents.Count(one => one.At <= precedent.At);
        if (at == 0 && state.Precedents.Length >= StandingLimits.Precedents)
            return state;
        var kept = state.Precedents.Insert(at, precedent with
        {
            Question = Texts.First(precedent.Question, StandingLimits.PrecedentCharacters),
            Answer = Texts.First(precedent.Answer, StandingLimits.PrecedentCharacters),
        });
        return state with { Precedents = kept.Length > StandingLimits.Precedents ? kept.RemoveAt(0) : kept };
    }

    /// <summary>Takes a word about a member, in place of an earlier one under the same key.</summary>
    public static StandingState Rate(StandingState state, StandingRating rating)
    {
        var known = state.Ratings.FirstOrDefault(one => one.Key == rating.Key);
        // Whoever left can still have a word taken back, but no new one spoken of them.
        if (known is null ? state.Panel?.Agents.Contains(rating.Agent) is not true : rating.Revision <= known.Revision)
            return state;
        var ratings = (known is null ? state.Ratings : state.Ratings.Remove(known)).Add(rating);
        return state with { Ratings = ratings.Length > StandingLimits.Ratings ? ratings.RemoveAt(0) : ratings };
    }

    public static StandingView? View(StandingState state, string id) => state.Panel is { } panel
        ? new(id, panel.Name, panel.Agents, panel.Protocol, panel.Rule, panel.Cycles, panel.Quorum, panel.Criteria,
            state.Precedents.Length, panel.Author, panel.CreatedAt, panel.ChangedAt)
        : null;

    /// <summary>What is answered for the mere fact that the panel is there, or is not; null if the command is to be looked at.</summary>
    private static StandingResult? Standing(StandingState state, string id, DefineStanding command) =>
        (state.Panel, command.Creates) switch
    {
        (null, false) => new(StandingStatus.NotFound),
        ({ Operation: { } earlier } panel, true) when earlier == command.Operation => panel.Fingerprint == command.Fingerprint
            ? new(StandingStatus.Done, View(state, id)) : new(StandingStatus.KeyReused),
        ({ }, true) => new(StandingStatus.Exists),
        _ => null,
    };

    private static StandingDefinition Created(DefineStanding command, DateTimeOffset at) => new(
        command.Name!, command.Agents!.Value, command.Protocol ?? PanelProtocols.Parallel, command.Rule, command.Cycles,
        command.Quorum, command.Criteria ?? [], command.Author, at, at, command.Operation, command.Fingerprint);

    private static StandingDefinition Changed(StandingDefinition panel, DefineStanding command)
    {
        var isSame = command.Protocol is null || command.Protocol == panel.Protocol;
        return panel with
        {
            Name = command.Name ?? panel.Name,
            Agents = command.Agents ?? panel.Agents,
            Protocol = command.Protocol ?? panel.Protocol,
            Rule = command.Rule ?? (isSame ? panel.Rule : null),
            Cycles = command.Cycles ?? (isSame ? panel.Cycles : null),
            Quorum = command.Quorum ?? panel.Quorum,
            Criteria = command.Criteria ?? panel.Criteria,
        };
    }

    /// <summary>The first field that the protocol cannot do with, or null.</summary>
    private static string? Unfit(StandingDefinition panel)
    {
        if (!Protocols.Names.Contains(panel.Protocol))
            return "protocol";
        var shape = Protocols.Of(panel.Protocol).Shape;
        if (panel.Agents.Length < shape.MembersMin || panel.Agents.Length > shape.MembersMax
            || panel.Agents.Distinct(StringComparer.Ordinal).Count() < panel.Agents.Length)
            return "agents";
        return panel.Rule is null
            || (panel.Protocol == PanelProtocols.Vote && panel.Rule is VoteRules.Majority or VoteRules.Weighted or VoteRules.Borda)
            ? null : "rule";
    }
}
